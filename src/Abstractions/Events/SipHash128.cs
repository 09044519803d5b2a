using System.Numerics;

namespace PgCdc.Events;

/// <summary>SipHash-2-4 with 128-bit result over a message of exactly two 64-bit words. Source: Aumasson and Bernstein, reference implementation.</summary>
internal static class SipHash128
{
    private const ulong LengthOfMessage = 16UL << 56;

    public static UInt128 Hash(UInt128 key, ulong first, ulong second)
    {
        var k0 = (ulong)key;
        var k1 = (ulong)(key >> 64);
        var v0 = k0 ^ 0x736f6d6570736575UL;
        var v1 = k1 ^ 0x646f72616e646f6dUL ^ 0xeeUL;
        var v2 = k0 ^ 0x6c7967656e657261UL;
        var v3 = k1 ^ 0x7465646279746573UL;

        Compress(ref v0, ref v1, ref v2, ref v3, first);
        Compress(ref v0, ref v1, ref v2, ref v3, second);
        Compress(ref v0, ref v1, ref v2, ref v3, LengthOfMessage);

        v2 ^= 0xee;
        Finish(ref v0, ref v1, ref v2, ref v3);
        var low = v0 ^ v1 ^ v2 ^ v3;
        v1 ^= 0xdd;
        Finish(ref v0, ref v1, ref v2, ref v3);
        return new UInt128(v0 ^ v1 ^ v2 ^ v3, low);
    }

    private static void Compress(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3, ulong word)
    {
        v3 ^= word;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= word;
    }

    private static void Finish(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        for (var round = 0; round < 4; round++)
            Round(ref v0, ref v1, ref v2, ref v3);
    }

    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v0 += v1;
        v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
        v0 = BitOperations.RotateLeft(v0, 32);
        v2 += v3;
        v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
        v2 = BitOperations.RotateLeft(v2, 32);
    }
}
