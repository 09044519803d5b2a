using PgCdc.Sources;

namespace PgCdc.Connectors.Detectors.Wal.Slots;

/// <summary>
/// Whether a persistent slot can be read without a gap, and from where. Reading always starts at the checkpoint; a slot behind it is normal,
/// since a server may go back after its own crash. A slot ahead of it has forgotten changes that nobody delivered.
/// </summary>
internal static class SlotRules
{
    /// <exception cref="Errors.DetectorException">Reading would leave a gap, or the slot or checkpoint belongs to something else.</exception>
    public static SlotDecision Decide(SlotSituation situation)
    {
        if (situation.Checkpoint is { } checkpoint)
            DemandSameSource(checkpoint, situation);

        if (situation.Facts is not { } facts)
            return DecideWithoutSlot(situation);

        DemandUsable(facts, situation.Identity);
        return situation.Checkpoint is null ? Adopt(facts, situation.Exported) : Resume(facts, Lsn.Parse(situation.Checkpoint.Position.Value));
    }

    private static SlotDecision DecideWithoutSlot(SlotSituation situation)
    {
        if (situation.Checkpoint is { } checkpoint)
            throw SlotErrors.Dropped(situation.Slot, Lsn.Parse(checkpoint.Position.Value));

        if (situation.Exported is { } exported)
            throw SlotErrors.DroppedBeforeExported(situation.Slot, exported);

        return new SlotDecision(SlotAction.Create, Lsn.None);
    }

    private static void DemandSameSource(DetectorCheckpoint checkpoint, SlotSituation situation)
    {
        var (then, now) = (checkpoint.Identity, situation.Identity);
        if (then.System != now.System)
            throw SlotErrors.OtherCheckpoint("cluster", then.System, now.System);

        if (then.Database != now.Database)
            throw SlotErrors.OtherCheckpoint("database", then.Database, now.Database);

        if (then.Slot != now.Slot)
            throw SlotErrors.OtherCheckpoint("slot", then.Slot, now.Slot);

        if (then.Timeline != now.Timeline && !IsPromoted(then, now, situation.Facts))
            throw SlotErrors.OtherTimeline(situation.Slot, then.Timeline, now.Timeline);
    }

    /// <summary>Only a slot that the old primary kept on its standbys is known to stand where our reading stood.</summary>
    private static bool IsPromoted(SourceIdentity then, SourceIdentity now, SlotFacts? facts) =>
        now.Timeline > then.Timeline && facts is { IsFailover: true };

    private static void DemandUsable(SlotFacts facts, SourceIdentity identity)
    {
        if (facts.Plugin != "pgoutput")
            throw SlotErrors.OtherPlugin(facts);

        if (facts.Database != identity.Database)
            throw SlotErrors.OtherDatabase(facts, identity.Database);

        if (facts.IsTemporary)
            throw SlotErrors.Temporary(facts);

        if (facts.InvalidationReason is not null || facts.WalStatus == "lost")
            throw SlotErrors.Invalidated(facts);
    }

    private static SlotDecision Resume(SlotFacts facts, Lsn checkpoint) =>
        facts.ConfirmedFlush > checkpoint
            ? throw SlotErrors.Ahead(facts, "checkpoint", checkpoint)
            : new SlotDecision(SlotAction.Resume, checkpoint);

    /// <summary>The lower of the exported position and the slot's: with the exported one behind, that is a gap, so it is always the slot's.</summary>
    private static SlotDecision Adopt(SlotFacts facts, Lsn? exported) =>
        exported is { } position && facts.ConfirmedFlush > position
            ? throw SlotErrors.Ahead(facts, "exported checkpoint", position)
            : new SlotDecision(SlotAction.Adopt, facts.ConfirmedFlush);
}
