using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PgCdc.Engine.State;

/// <summary>
/// Names of pipelines as names of folders: letters, digits, <c>-</c>, <c>_</c> and inner dots stay, other bytes of the UTF-8 become
/// <c>%XX</c>. Names that are too long end in <c>~</c> and a hash; they cannot be turned back.
/// </summary>
internal static class FolderName
{
    private const int Longest = 100;
    private const int Kept = 80;

    public static string Encode(string pipeline)
    {
        ArgumentException.ThrowIfNullOrEmpty(pipeline);
        var name = new StringBuilder();
        foreach (var letter in System.Text.Encoding.UTF8.GetBytes(pipeline))
        {
            if (IsPlain(letter) || (letter == '.' && name.Length > 0))
                name.Append((char)letter);
            else
                name.Append(CultureInfo.InvariantCulture, $"%{letter:X2}");
        }

        return name.Length <= Longest ? name.ToString() : name.ToString(0, Kept) + "~" + Hash(pipeline);
    }

    public static string Decode(string folder) => folder.Contains('~', StringComparison.Ordinal) ? folder : Uri.UnescapeDataString(folder);

    private static bool IsPlain(byte letter) => char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'-' or (byte)'_';

    private static string Hash(string pipeline) =>
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(pipeline)).AsSpan(0, 8));
}
