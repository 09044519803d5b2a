using System.Security.Cryptography;
using System.Text;

namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>The answer to AuthenticationMD5Password: <c>md5(md5(password + user) + salt)</c>.</summary>
internal static class Md5Password
{
    public static string Answer(string user, string password, ReadOnlySpan<byte> salt)
    {
        var inner = HexOfHash(Encoding.UTF8.GetBytes(password + user));
        return "md5" + HexOfHash([.. Encoding.ASCII.GetBytes(inner), .. salt]);
    }

    // The server chose MD5; nothing stronger is possible with such a stored password.
#pragma warning disable CA5351
    private static string HexOfHash(ReadOnlySpan<byte> data) => Convert.ToHexStringLower(MD5.HashData(data));
#pragma warning restore CA5351
}
