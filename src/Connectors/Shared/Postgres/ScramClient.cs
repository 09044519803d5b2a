using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>One SCRAM-SHA-256 exchange (RFC 5802, RFC 7677). The user name is empty: the server takes that of the startup message.</summary>
internal sealed class ScramClient(string password, string header, ReadOnlyMemory<byte> bindingData, string nonce, string user = "")
{
    /// <summary>A server may ask for many rounds, but not for hours of work.</summary>
    private const int MaxIterations = 10_000_000;

    private readonly string _firstBare = $"n={user},r={nonce}";
    private byte[]? _serverSignature;

    public static string NewNonce() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));

    public string First() => header + _firstBare;

    public string Final(string serverFirst)
    {
        var fields = Fields(serverFirst);
        var serverNonce = Field(fields, 'r');
        if (!serverNonce.StartsWith(nonce, StringComparison.Ordinal) || serverNonce.Length == nonce.Length)
            throw new PostgresProtocolException("SCRAM: the server's nonce does not continue ours.");
        var saltedPassword = SaltedPassword(Decode(Field(fields, 's')), Iterations(Field(fields, 'i')));
        byte[] binding = [.. Encoding.UTF8.GetBytes(header), .. bindingData.Span];
        var withoutProof = $"c={Convert.ToBase64String(binding)},r={serverNonce}";
        var authMessage = Encoding.UTF8.GetBytes($"{_firstBare},{serverFirst},{withoutProof}");

        var clientKey = HMACSHA256.HashData(saltedPassword, "Client Key"u8);
        var clientSignature = HMACSHA256.HashData(SHA256.HashData(clientKey), authMessage);
        _serverSignature = HMACSHA256.HashData(HMACSHA256.HashData(saltedPassword, "Server Key"u8), authMessage);
        return $"{withoutProof},p={Convert.ToBase64String(Xor(clientKey, clientSignature))}";
    }

    /// <summary>Only a server that knows the password can sign.</summary>
    public void Verify(string serverFinal)
    {
        var fields = Fields(serverFinal);
        if (fields.TryGetValue('e', out var error))
            throw new PostgresProtocolException($"SCRAM: the server answers '{error}'.");
        if (_serverSignature is null)
            throw new PostgresProtocolException("SCRAM: the server signs before it has seen a proof.");
        if (!CryptographicOperations.FixedTimeEquals(Decode(Field(fields, 'v')), _serverSignature))
            throw new PostgresProtocolException("SCRAM: the server's signature is wrong; it does not know the password.");
    }

    private byte[] SaltedPassword(byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(SaslPrep.Prepare(password), salt, iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);

    private static int Iterations(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations) && iterations is > 0 and <= MaxIterations
            ? iterations
            : throw new PostgresProtocolException($"SCRAM: the server asks for '{text}' iterations; at most {MaxIterations} are done.");

    private static byte[] Xor(byte[] left, byte[] right)
    {
        var result = new byte[left.Length];
        for (var index = 0; index < result.Length; index++)
            result[index] = (byte)(left[index] ^ right[index]);
        return result;
    }

    private static Dictionary<char, string> Fields(string message)
    {
        var fields = new Dictionary<char, string>();
        foreach (var part in message.Split(','))
        {
            if (part.Length < 2 || part[1] != '=')
                throw new PostgresProtocolException("SCRAM: the server's message is malformed.");
            fields[part[0]] = part[2..];
        }
        return fields;
    }

    private static string Field(Dictionary<char, string> fields, char name) =>
        fields.TryGetValue(name, out var value) ? value : throw new PostgresProtocolException($"SCRAM: the server's message lacks '{name}'.");

    private static byte[] Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length)
            ? bytes[..length]
            : throw new PostgresProtocolException("SCRAM: the server's message has a field that is not base64.");
    }
}
