using PgCdc.Configuration;
using PgCdc.Delivery;
using PgCdc.Engine.Configuration;
using PgCdc.Sources;
using PgCdc.TestKit.Pipeline;

namespace PgCdc.Grains.Tests.Pipelines;

/// <summary>No options: connectors find their <see cref="GrainWorld"/> by the pipeline's name.</summary>
internal sealed record MemoryOptions;

[Connector("memory-source", "Reads a log in memory.")]
internal sealed class MemorySourceConnector : IDetectorConnector<MemoryOptions>
{
    public IDetector Create(MemoryOptions options, ConnectorContext context)
    {
        var world = GrainWorld.Of(context.Pipeline);
        var detector = new MemoryDetector(world.Log, context.Random) { Connecting = () => world.Connecting?.Invoke() ?? Task.CompletedTask };
        world.Detectors.Enqueue(detector);
        world.Home = context.Metrics;
        return new CheckpointedMemoryDetector(detector);
    }
}

[Connector("memory-sink", "Writes into a sink in memory.")]
internal sealed class MemorySinkConnector : IAdapterConnector<MemoryOptions>
{
    public IBatchAdapter Create(MemoryOptions options, ConnectorContext context)
    {
        var world = GrainWorld.Of(context.Pipeline);
        return new MemoryAdapter(world.SinkOf(context.Name))
        {
            Opening = token => world.Opening?.Invoke(token) ?? Task.CompletedTask,
            Disposing = () => world.Disposing?.Invoke(),
        };
    }
}

/// <summary>A detector whose checkpoints are kept.</summary>
internal sealed class CheckpointedMemoryDetector(MemoryDetector detector) : ICheckpointedDetector
{
    public string? CheckpointKey => "pgcdc_test";

    public string Source => detector.Source;

    public ICheckpointStore? OpenCheckpointStore() => null;

    public Task<IDetectorSession> ConnectAsync(DetectorStart start, CancellationToken cancellationToken) => detector.ConnectAsync(start, cancellationToken);

    public ValueTask DisposeAsync() => detector.DisposeAsync();
}
