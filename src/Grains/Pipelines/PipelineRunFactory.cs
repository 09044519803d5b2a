using PgCdc.Configuration;
using PgCdc.Engine.Pipeline;
using PgCdc.Grains.Interfaces;
using PgCdc.Sources;

namespace PgCdc.Grains.Pipelines;

/// <summary>Builds the run of a pipeline grain from its state. Thread safe.</summary>
public sealed class PipelineRunFactory(ConnectorFactory connectors, RunServices services, IGrainFactory grains)
{
    /// <exception cref="Errors.ConfigurationException">Everything that is wrong with the definition.</exception>
    internal PipelineRun Create(PipelineGrainState state, IPipelineGrain grain)
    {
        var definition = state.Definition ?? throw new InvalidOperationException("A pipeline without a definition cannot run.");
        var detector = connectors.Detector(definition.Name, definition.Detector);
        var kept = detector as ICheckpointedDetector;
        var ports = definition.Adapters.Select(adapter => Port(definition, adapter)).ToArray();
        return new PipelineRun(
            Options(state, definition, kept?.CheckpointKey),
            detector,
            ports,
            kept?.CheckpointKey is null ? null : new GrainCheckpointSink(grain),
            kept?.CheckpointKey is null ? null : kept.OpenCheckpointStore(),
            services);
    }

    private static PipelineRunOptions Options(PipelineGrainState state, PipelineDefinition definition, string? checkpointKey) => new()
    {
        Pipeline = definition.Name,
        Epoch = state.Epoch,
        Detector = definition.Detector.Name,
        Mode = definition.BusMode,
        Routes = new RouteTable(version: 1, definition.Routes),
        Checkpoint = checkpointKey is null ? null : state.Checkpoint.GetValueOrDefault(definition.Detector.Name),
        ExportKey = checkpointKey,
        CreditEvents = definition.BufferSize,
        ReconnectBase = definition.BackoffBase,
        ReconnectCap = definition.BackoffCap,
    };

    private GrainAdapterPort Port(PipelineDefinition definition, ConnectorDefinition adapter)
    {
        var grain = grains.GetGrain<IAdapterGrain>(GrainKeys.Adapter(definition.Name, adapter.Name));
        return new GrainAdapterPort(adapter, definition.BusMode is BusMode.Reliable, definition.ShutdownTimeout, grain);
    }
}
