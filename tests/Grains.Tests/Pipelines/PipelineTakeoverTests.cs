using PgCdc.Grains.Interfaces;
using PgCdc.Grains.Interfaces.Messages;
using Xunit;

namespace PgCdc.Grains.Tests.Pipelines;

/// <summary>Each fact has a cluster of its own, because it does not leave it whole.</summary>
public sealed class PipelineTakeoverTests : IAsyncLifetime
{
    private readonly PipelineCluster _cluster = new();
    private readonly GrainWorld _world = new();

    private IPipelineDirectoryGrain Directory => _cluster.Client.GetGrain<IPipelineDirectoryGrain>(GrainKeys.Directory);

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task SiloOfAPipeline_Killed_AnotherGoesOnFromTheCheckpoint()
    {
        Assert.Null(await Directory.CreateAsync(_world.Definition()));
        var before = await Directory.StartAsync(_world.Pipeline);
        _world.Commit(20);
        await _world.UntilDeliveredAsync();
        await Eventually.AsTrue(async () => (await _cluster.Pipeline(_world.Pipeline).GetStatusAsync()).Checkpoint is not (null or "0"), "a checkpoint");
        await _cluster.KillHomeAsync(_world);
        _world.Commit(20);
        await Eventually.AsTrue(IsCompleteAsync, "delivery by another silo");

        var after = await _cluster.Pipeline(_world.Pipeline).GetStatusAsync();
        Assert.True(after.Epoch > before!.Epoch);
        Assert.NotEqual("0", _world.Detectors.Last().Starts[0].Checkpoint?.Position.Value);
        Assert.Null(_world.Sink.Violation);
        await Directory.StopAsync(_world.Pipeline);
        await _cluster.UntilAsync(_world.Pipeline, PipelineCondition.Stopped);
    }

    [Fact]
    public async Task Directory_CreateStartStopRemove_KeepsTheList()
    {
        Assert.Null(await Directory.CreateAsync(_world.Definition()));
        Assert.NotNull(await Directory.CreateAsync(_world.Definition()));
        Assert.Null(await Directory.StartAsync("unknown"));
        await Directory.StartAsync(_world.Pipeline);
        Assert.NotNull(await Directory.RemoveAsync(_world.Pipeline));
        await Directory.StopAsync(_world.Pipeline);
        await _cluster.UntilAsync(_world.Pipeline, PipelineCondition.Stopped);
        Assert.Equal([_world.Pipeline], await Directory.ListAsync());

        Assert.Null(await Directory.RemoveAsync(_world.Pipeline));
        Assert.Empty(await Directory.ListAsync());
    }

    /// <summary>Asking the directory brings it back where it died with the silo; right after a death calls may fail.</summary>
    private async Task<bool> IsCompleteAsync()
    {
        try
        {
            await Directory.ListAsync();
        }
        catch (Exception error) when (error is OrleansException or TimeoutException)
        {
            return false;
        }

        return _world.Sink.Durable == _world.Log.Events.Count;
    }
}
