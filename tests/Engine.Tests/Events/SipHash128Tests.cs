using System.Buffers.Binary;
using PgCdc.Events;
using Xunit;

namespace PgCdc.Engine.Tests.Events;

public sealed class SipHash128Tests
{
    /// <summary>The reference implementation's vector for a message of 16 bytes (vectors_sip128[16]): key 00..0f, message 00..0f.</summary>
    [Fact]
    public void Hash_OfTheReferenceMessage_IsTheReferenceVector()
    {
        byte[] bytes = [.. Enumerable.Range(0, 16).Select(value => (byte)value)];
        var hash = SipHash128.Hash(
            BinaryPrimitives.ReadUInt128LittleEndian(bytes),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(8)));
        var text = new byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(text, hash);
        Assert.Equal("6ee2a4ca67b054bbfd3315bf85230577", Convert.ToHexStringLower(text));
    }
}
