using PgCdc.Configuration;

namespace PgCdc.Engine.Configuration;

/// <summary>Everything that one <c>listen</c> needs to know, checked and with all defaults filled in. Immutable.</summary>
public sealed record ListenConfiguration
{
    public required PipelineDefinition Pipeline { get; init; }

    /// <summary>Whether the source keeps a place between runs, so that checkpoints are stored.</summary>
    public required bool IsDurable { get; init; }

    /// <summary>Folder of all pipelines' state.</summary>
    public required string StateDirectory { get; init; }

    /// <summary><c>host:port</c> or <c>:port</c> of the metrics server; null when none is wanted.</summary>
    public string? MetricsAddress { get; init; }

    public LogThreshold LogLevel { get; init; }

    public LogFormat LogFormat { get; init; }

    /// <summary>Tells when to read the configuration again; null where nothing can ask for it. A reload applies routes, all else needs a restart.</summary>
    public ConfigurationReload? Reload { get; init; }
}
