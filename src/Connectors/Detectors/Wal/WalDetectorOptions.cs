using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using PgCdc.Configuration;

namespace PgCdc.Connectors.Detectors.Wal;

/// <summary>Options of the WAL detector.</summary>
public sealed partial record WalDetectorOptions : IDurableSource, IValidatableObject
{
    /// <summary>Publication made by <c>all_tables</c> when none is named.</summary>
    private const string PublicationOfAllTables = "all";

    /// <summary>PostgreSQL's limit for names, in bytes.</summary>
    private const int MaxNameLength = 63;

    [Param("PostgreSQL to read, as a URI or key=value pairs.", Key = "database_url", Flag = "--db", Required = true)]
    public Secret DatabaseUrl { get; init; }

    [Param("Publication to read.", Flag = "--publication"), MaxLength(MaxNameLength)]
    public string Publication { get; init; } = "";

    [Param("Capture every table: makes a publication FOR ALL TABLES (\"all\" unless named) when it is missing.", Flag = "--all-tables")]
    public bool AllTables { get; init; }

    [Param("Add the transaction (xid, commit_time, seq) to events.", Flag = "--tx-metadata")]
    public bool TxMetadata { get; init; }

    [Param("Emit BEGIN and COMMIT events around each captured transaction; adds the transaction to events too.", Flag = "--tx-markers")]
    public bool TxMarkers { get; init; }

    [Param("Keep the replication slot, so that a restart loses nothing.", Flag = "--persistent-slot")]
    public bool PersistentSlot { get; init; }

    [Param("Name of the persistent slot; empty means pgcdc_<publication>.", Flag = "--slot-name")]
    public string SlotName { get; init; } = "";

    [Param("Database of the exported checkpoints; empty means the captured one.", Flag = "--checkpoint-db")]
    public Secret CheckpointDb { get; init; }

    [Param("Add schema and columns to event payloads.", Flag = "--include-schema")]
    public bool IncludeSchema { get; init; }

    [Param("Accepted for compatibility: with a persistent slot, acks always govern what is confirmed.", Flag = "--cooperative-checkpoint")]
    public bool CooperativeCheckpoint { get; init; }

    /// <inheritdoc/>
    public string? DurableName => EffectiveSlotName();

    /// <inheritdoc/>
    public bool DemandsAcks => CooperativeCheckpoint;

    /// <summary>The publication that is read.</summary>
    public string EffectivePublication() => Publication.Length == 0 && AllTables ? PublicationOfAllTables : Publication;

    /// <summary>Name of the persistent slot; it is also the key of the exported checkpoint. Null with a temporary slot.</summary>
    public string? EffectiveSlotName()
    {
        if (!PersistentSlot)
            return null;

        return SlotName.Length > 0 ? SlotName : $"pgcdc_{EffectivePublication()}";
    }

    /// <summary>Database of the exported checkpoints.</summary>
    public Secret EffectiveCheckpointDb() => CheckpointDb.IsEmpty ? DatabaseUrl : CheckpointDb;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (EffectivePublication().Length == 0)
            yield return new ValidationResult("detector.publication: no publication is named; set --publication or --all-tables");

        if (EffectiveSlotName() is { } slot && !SlotNames().IsMatch(slot))
            yield return new ValidationResult($"detector.slot_name: '{slot}' cannot name a slot, which takes 1 to 63 of a-z, 0-9 and _; set --slot-name");

        if (CooperativeCheckpoint && !PersistentSlot)
            yield return new ValidationResult("detector.cooperative_checkpoint needs detector.persistent_slot; set --persistent-slot");
    }

    [GeneratedRegex("^[a-z0-9_]{1,63}$")]
    private static partial Regex SlotNames();
}
