using PgCdc.Events;
using PgCdc.Sources;

namespace PgCdc.Grains.Interfaces.Serialization;

/// <summary>Wire form of <see cref="DetectorCheckpoint"/>.</summary>
[GenerateSerializer, Immutable, Alias("pgcdc.detector-checkpoint")]
public struct DetectorCheckpointSurrogate
{
    /// <summary>The detector's position.</summary>
    [Id(0)]
    public string Position { get; set; }

    /// <summary>The same place in bytes of the log.</summary>
    [Id(1)]
    public ulong LogBytes { get; set; }

    /// <summary>Identity of the cluster.</summary>
    [Id(2)]
    public string? System { get; set; }

    /// <summary>Timeline.</summary>
    [Id(3)]
    public uint? Timeline { get; set; }

    /// <summary>Database.</summary>
    [Id(4)]
    public string? Database { get; set; }

    /// <summary>Replication slot.</summary>
    [Id(5)]
    public string? Slot { get; set; }
}

/// <summary>Converts <see cref="DetectorCheckpoint"/>.</summary>
[RegisterConverter]
public sealed class DetectorCheckpointConverter : IConverter<DetectorCheckpoint, DetectorCheckpointSurrogate>
{
    /// <inheritdoc/>
    public DetectorCheckpoint ConvertFromSurrogate(in DetectorCheckpointSurrogate surrogate) => new(
        new Position(surrogate.Position),
        surrogate.LogBytes,
        new SourceIdentity
        {
            System = surrogate.System,
            Timeline = surrogate.Timeline,
            Database = surrogate.Database,
            Slot = surrogate.Slot,
        });

    /// <inheritdoc/>
    public DetectorCheckpointSurrogate ConvertToSurrogate(in DetectorCheckpoint value) => new()
    {
        Position = value.Position.Value,
        LogBytes = value.LogBytes,
        System = value.Identity.System,
        Timeline = value.Identity.Timeline,
        Database = value.Identity.Database,
        Slot = value.Identity.Slot,
    };
}
