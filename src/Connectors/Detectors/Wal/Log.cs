using Microsoft.Extensions.Logging;
using PgCdc.Engine.Diagnostics;

namespace PgCdc.Connectors.Detectors.Wal;

/// <summary>Log messages of the WAL detector.</summary>
internal static partial class Log
{
    [LoggerMessage(EventIds.WalDetector + 0, LogLevel.Information, "{Detector}: slot {Slot} is made; this waits until the transactions open now have ended.")]
    public static partial void SlotBeingMade(ILogger logger, string detector, string slot);

    [LoggerMessage(EventIds.WalDetector + 1, LogLevel.Information, "{Detector}: reads slot {Slot} of publication {Publication} from {Position}.")]
    public static partial void Reading(ILogger logger, string detector, string slot, string publication, Lsn position);

    [LoggerMessage(EventIds.WalDetector + 2, LogLevel.Information, "{Detector}: slot {Slot} exists without a checkpoint of this pipeline; it is adopted at {Position}.")]
    public static partial void SlotAdopted(ILogger logger, string detector, string slot, Lsn position);

    [LoggerMessage(EventIds.WalDetector + 3, LogLevel.Warning, "{Detector}: reader of slot {Slot}, process {ProcessId} ({Application}), was ended: it is an earlier one of this pipeline.")]
    public static partial void SlotTakenOver(ILogger logger, string detector, string slot, int? processId, string? application);

    [LoggerMessage(EventIds.WalDetector + 4, LogLevel.Warning, "{Detector}: a temporary slot ended with its connection; changes between {Last} and {Position} may be lost.")]
    public static partial void GapFound(ILogger logger, string detector, Lsn last, Lsn position);

    [LoggerMessage(EventIds.WalDetector + 5, LogLevel.Information, "{Detector}: publication {Publication} FOR ALL TABLES was made.")]
    public static partial void PublicationMade(ILogger logger, string detector, string publication);
}
