namespace PgCdc.Connectors.Detectors.Wal.Slots;

/// <summary>What to do about a persistent slot.</summary>
internal enum SlotAction
{
    /// <summary>Make it; reading starts where it is made.</summary>
    Create,

    /// <summary>Read on from the checkpoint.</summary>
    Resume,

    /// <summary>Read on from where the slot stands, since there is no checkpoint of ours.</summary>
    Adopt,
}

/// <param name="Action">What to do.</param>
/// <param name="Start">Where reading starts; none when the slot is yet to be made.</param>
internal readonly record struct SlotDecision(SlotAction Action, Lsn Start);
