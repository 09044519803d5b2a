using System.Diagnostics.CodeAnalysis;
using PgCdc.Errors;

namespace PgCdc.Connectors.Detectors.Wal.Decoding;

/// <summary>Errors for bytes that the protocol does not allow. Connecting again may help: the server sends the transaction once more.</summary>
internal static class WalProtocol
{
    public static void Demand([DoesNotReturnIf(false)] bool isSound, char type, Lsn walStart)
    {
        if (!isSound)
            throw Broken(type, walStart, "its length or a field is not possible");
    }

    public static DetectorException Broken(char type, Lsn walStart, string what) =>
        new(ErrorCode.SourceProtocol, $"pgoutput message '{Shown(type)}' at {walStart} is broken: {what}.", isTransient: true);

    public static DetectorException UnknownRelation(char type, Lsn walStart, uint id) =>
        Broken(type, walStart, $"the server never described table {id}");

    private static string Shown(char type) => type is > ' ' and <= '~' ? type.ToString() : $"\\x{(int)type:X2}";
}
