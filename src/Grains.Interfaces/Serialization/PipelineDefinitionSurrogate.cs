using PgCdc.Configuration;

namespace PgCdc.Grains.Interfaces.Serialization;

/// <summary>Wire form of <see cref="PipelineDefinition"/>.</summary>
[GenerateSerializer, Immutable, Alias("pgcdc.pipeline-definition")]
public struct PipelineDefinitionSurrogate
{
    /// <summary>Name of the pipeline.</summary>
    [Id(0)]
    public string Name { get; set; }

    /// <summary>The source.</summary>
    [Id(1)]
    public ConnectorDefinition Detector { get; set; }

    /// <summary>The destinations.</summary>
    [Id(2)]
    public ConnectorDefinition[] Adapters { get; set; }

    /// <summary>Bus mode.</summary>
    [Id(3)]
    public BusMode BusMode { get; set; }

    /// <summary>Events that may wait for one adapter.</summary>
    [Id(4)]
    public int BufferSize { get; set; }

    /// <summary>Time to drain.</summary>
    [Id(5)]
    public TimeSpan ShutdownTimeout { get; set; }

    /// <summary>First wait before a reconnect.</summary>
    [Id(6)]
    public TimeSpan BackoffBase { get; set; }

    /// <summary>Longest wait before a reconnect.</summary>
    [Id(7)]
    public TimeSpan BackoffCap { get; set; }

    /// <summary>Channels per adapter.</summary>
    [Id(8)]
    public Dictionary<string, string[]> Routes { get; set; }
}

/// <summary>Converts <see cref="PipelineDefinition"/>.</summary>
[RegisterConverter]
public sealed class PipelineDefinitionConverter : IConverter<PipelineDefinition, PipelineDefinitionSurrogate>
{
    /// <inheritdoc/>
    public PipelineDefinition ConvertFromSurrogate(in PipelineDefinitionSurrogate surrogate) => new()
    {
        Name = surrogate.Name,
        Detector = surrogate.Detector,
        Adapters = surrogate.Adapters,
        BusMode = surrogate.BusMode,
        BufferSize = surrogate.BufferSize,
        ShutdownTimeout = surrogate.ShutdownTimeout,
        BackoffBase = surrogate.BackoffBase,
        BackoffCap = surrogate.BackoffCap,
        Routes = surrogate.Routes.ToDictionary(route => route.Key, route => (IReadOnlyList<string>)route.Value),
    };

    /// <inheritdoc/>
    public PipelineDefinitionSurrogate ConvertToSurrogate(in PipelineDefinition value) => new()
    {
        Name = value.Name,
        Detector = value.Detector,
        Adapters = [.. value.Adapters],
        BusMode = value.BusMode,
        BufferSize = value.BufferSize,
        ShutdownTimeout = value.ShutdownTimeout,
        BackoffBase = value.BackoffBase,
        BackoffCap = value.BackoffCap,
        Routes = value.Routes.ToDictionary(route => route.Key, route => route.Value.ToArray()),
    };
}
