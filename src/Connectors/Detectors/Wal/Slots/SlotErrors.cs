using PgCdc.Errors;

namespace PgCdc.Connectors.Detectors.Wal.Slots;

/// <summary>Why a slot is not read: the object, what was seen, what to do. None of these passes by itself.</summary>
internal static class SlotErrors
{
    private const string StartAnew = "copy the tables afresh and start with a new pipeline state";

    public static DetectorException Dropped(string slot, Lsn checkpoint) => Lost(
        $"Slot '{slot}' does not exist, but the checkpoint stands at {checkpoint}: the slot was dropped and changes since then are lost; {StartAnew}.");

    public static DetectorException DroppedBeforeExported(string slot, Lsn exported) => Lost(
        $"Slot '{slot}' does not exist, but its exported checkpoint stands at {exported}: the slot was dropped and changes since then are lost; "
        + $"copy the tables afresh and delete the row '{slot}' from pgcdc_checkpoints.");

    public static DetectorException OtherCheckpoint(string what, string? then, string? now) => Lost(
        $"The checkpoint belongs to {what} '{then}', but the source is {what} '{now}'; connect to the old one, or use another pipeline name or state folder.");

    public static DetectorException OtherTimeline(string slot, uint? then, uint? now) => Lost(
        $"The checkpoint of slot '{slot}' belongs to timeline {then}, but the server is on timeline {now}, and the slot is not a failover slot: "
        + $"changes may be missing or differ; {StartAnew}.");

    public static DetectorException OtherPlugin(SlotFacts slot) => NotReady(
        $"Slot '{slot.Name}' {(slot.Plugin is null ? "is a physical slot" : $"uses the output plug-in '{slot.Plugin}'")}, not 'pgoutput'; "
        + "set --slot-name to another name, or drop the slot.");

    public static DetectorException OtherDatabase(SlotFacts slot, string? database) => NotReady(
        $"Slot '{slot.Name}' belongs to database '{slot.Database}', not to '{database}'; set --slot-name to another name, or --db to its database.");

    public static DetectorException Temporary(SlotFacts slot) => NotReady(
        $"Slot '{slot.Name}' is a temporary slot of process {slot.ActivePid}; set --slot-name to another name.");

    public static DetectorException Invalidated(SlotFacts slot) => Lost(
        $"Slot '{slot.Name}' was invalidated by the server ({slot.InvalidationReason ?? "wal_status lost"}) and changes are lost; drop the slot, "
        + $"raise max_slot_wal_keep_size, then {StartAnew}.");

    public static DetectorException Ahead(SlotFacts slot, string what, Lsn position) => Lost(
        $"Slot '{slot.Name}' is confirmed up to {slot.ConfirmedFlush}, ahead of the {what} at {position}: it was recreated or read by somebody else, "
        + $"and the changes between are lost; {StartAnew}.");

    public static DetectorException InUse(SlotFacts slot, bool isTransient) => new(
        ErrorCode.SourceInUse,
        $"Slot '{slot.Name}' is in use by process {slot.ActivePid} ({ShownName(slot)}); stop that reader or set --slot-name.",
        isTransient);

    public static DetectorException Stale(SlotFacts slot, long epoch, long newer) => new(
        ErrorCode.StaleEpoch,
        $"Slot '{slot.Name}' is read by process {slot.ActivePid}, a run of this pipeline with epoch {newer}; this run has epoch {epoch} and stops.",
        isTransient: false);

    public static DetectorException OtherState(SlotFacts slot) => new(
        ErrorCode.SourceInUse,
        $"Slot '{slot.Name}' is read by process {slot.ActivePid} ({ShownName(slot)}), a run of this pipeline that keeps its checkpoint elsewhere; "
        + "start with the same --state-dir, or stop that run first.",
        isTransient: false);

    public static DetectorException NotReleased(SlotFacts slot, TimeSpan waited) => new(
        ErrorCode.SourceInUse,
        $"Slot '{slot.Name}' is still held by process {slot.ActivePid} ({ShownName(slot)}) {waited.TotalSeconds:0} s after it was told to end.",
        isTransient: true);

    private static string ShownName(SlotFacts slot) => string.IsNullOrEmpty(slot.ActiveApplication) ? "no application_name" : slot.ActiveApplication;

    private static DetectorException Lost(string message) => new(ErrorCode.SourcePositionLost, message, isTransient: false);

    private static DetectorException NotReady(string message) => new(ErrorCode.SourceNotReady, message, isTransient: false);
}
