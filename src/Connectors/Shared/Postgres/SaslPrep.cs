using System.Text;

namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>
/// RFC 4013 as the server applies it to passwords: map, normalize, and fall back to the raw password when it is not allowed.
/// In globalization-invariant processes .NET does not normalize, so there a password must already be in form KC, as keyboards give it.
/// </summary>
internal static class SaslPrep
{
    public static string Prepare(string password)
    {
        if (Ascii.IsValid(password))
            return password;
        var mapped = new StringBuilder(password.Length);
        foreach (var rune in password.EnumerateRunes())
        {
            if (!IsMappedToNothing(rune))
                mapped.Append(Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.SpaceSeparator ? " " : rune.ToString());
        }
        var normalized = mapped.ToString().Normalize(NormalizationForm.FormKC);
        return normalized.Length == 0 || normalized.EnumerateRunes().Any(IsProhibited) ? password : normalized;
    }

    /// <summary>Table B.1 of RFC 3454.</summary>
    private static bool IsMappedToNothing(Rune rune) =>
        rune.Value is 0xAD or 0x34F or 0x1806 or (>= 0x180B and <= 0x180D) or (>= 0x200B and <= 0x200D) or 0x2060 or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF;

    private static bool IsProhibited(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.Control
            or System.Globalization.UnicodeCategory.Surrogate
            or System.Globalization.UnicodeCategory.PrivateUse
            or System.Globalization.UnicodeCategory.LineSeparator
            or System.Globalization.UnicodeCategory.ParagraphSeparator
            or System.Globalization.UnicodeCategory.OtherNotAssigned;
}
