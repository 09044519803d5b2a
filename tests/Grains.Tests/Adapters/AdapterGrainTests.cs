using PgCdc.Errors;
using PgCdc.Events;
using PgCdc.Grains.Interfaces;
using PgCdc.Grains.Interfaces.Messages;
using PgCdc.Grains.Tests.Pipelines;
using PgCdc.TestKit.Pipeline;
using Xunit;

namespace PgCdc.Grains.Tests.Adapters;

public sealed class AdapterGrainTests(PipelineCluster cluster) : IClassFixture<PipelineCluster>
{
    private readonly GrainWorld _world = new();

    private IAdapterGrain Grain => cluster.Adapter(_world.Pipeline, "one");

    [Fact]
    public async Task Adapter_EachOpening_IsANewIncarnation()
    {
        var first = await OpenAsync(epoch: 10);
        var second = await OpenAsync(epoch: 10);

        Assert.Equal((DeliveryAnswer.Accepted, DeliveryAnswer.Accepted), (first.Answer, second.Answer));
        Assert.Equal(first.Incarnation + 1, second.Incarnation);
        Assert.Equal(DeliveryAnswer.Reopen, (await Grain.ProbeAsync(10, first.Incarnation)).Answer);
        Assert.Equal(DeliveryAnswer.Accepted, (await Grain.ProbeAsync(10, second.Incarnation)).Answer);
    }

    [Fact]
    public async Task Adapter_OlderEpoch_IsRefusedEverywhere()
    {
        var opened = await OpenAsync(epoch: 10);
        var batch = Batch(epoch: 9);

        Assert.Equal(DeliveryAnswer.StaleEpoch, (await OpenAsync(epoch: 9)).Answer);
        Assert.Equal(DeliveryAnswer.StaleEpoch, (await Grain.ProbeAsync(9, opened.Incarnation)).Answer);
        Assert.Equal(DeliveryAnswer.StaleEpoch, (await DeliverAsync(batch, opened.Incarnation)).Answer);
        await Grain.CloseAsync(9, TimeSpan.Zero);
        Assert.Equal(DeliveryAnswer.Accepted, (await Grain.ProbeAsync(10, opened.Incarnation)).Answer);
    }

    [Fact]
    public async Task Adapter_OlderEpochAfterDeactivation_IsStillRefused()
    {
        await OpenAsync(epoch: 10);
        await Grain.CloseAsync(10, TimeSpan.Zero);

        Assert.Equal(DeliveryAnswer.StaleEpoch, (await OpenAsync(epoch: 9)).Answer);
        Assert.Equal(DeliveryAnswer.Reopen, (await Grain.ProbeAsync(10, 1)).Answer);
    }

    [Fact]
    public async Task Batch_ReleasedAfterTheAnswer_IsDeliveredIntact()
    {
        var opened = await OpenAsync(epoch: 10);
        for (var number = 0; number < 50; number++)
        {
            var batch = Batch(epoch: 10);
            Assert.Equal(DeliveryAnswer.Accepted, (await DeliverAsync(batch, opened.Incarnation)).Answer);
            batch.Release();
        }

        await _world.UntilDeliveredAsync();
        Assert.Null(_world.Sink.Violation);
        await Eventually.AsTrue(async () => (await Grain.ProbeAsync(10, opened.Incarnation)).AckedBelow == 50, "acks");
    }

    [Fact]
    public async Task AckedPosition_AfterDeactivation_KeepsEventsFromBeingDeliveredAgain()
    {
        var opened = await OpenAsync(epoch: 10);
        var batch = Batch(epoch: 10);
        await DeliverAsync(batch, opened.Incarnation);
        await _world.UntilDeliveredAsync();
        await Grain.CloseAsync(10, TimeSpan.FromSeconds(5));

        var again = await OpenAsync(epoch: 11);
        await DeliverAsync(batch.Numbered(11, 0, 1), again.Incarnation);
        await Eventually.AsTrue(async () => (await Grain.ProbeAsync(11, again.Incarnation)).AckedBelow == 1, "an ack");
        Assert.Equal([0], _world.Sink.Deliveries);
    }

    [Fact]
    public async Task Opening_SinkAway_IsUnavailableAndWorksLater()
    {
        _world.Opening = static _ => throw new DeliveryException(ErrorCode.DeliveryFailed, Disposition.Retry, "no route to host");
        var refused = await OpenAsync(epoch: 10);
        _world.Opening = null;
        var opened = await OpenAsync(epoch: 10);

        Assert.Equal((DeliveryAnswer.Unavailable, "no route to host"), (refused.Answer, refused.Fault!.Message));
        Assert.Equal(DeliveryAnswer.Reopen, (await Grain.ProbeAsync(10, refused.Incarnation)).Answer);
        Assert.Equal(DeliveryAnswer.Accepted, opened.Answer);
    }

    [Fact]
    public async Task Opening_UnknownConnector_Halts()
    {
        var reply = await Grain.OpenAsync(Opening(10) with { Definition = GrainWorld.Adapter("one") with { Type = "memory-sank" } });

        Assert.Equal((DeliveryAnswer.Halted, ErrorCode.InvalidConfiguration), (reply.Answer, reply.Fault!.Code));
    }

    [Fact]
    public async Task Opening_StateCannotBeWritten_IsUnavailableAndWorksLater()
    {
        cluster.Storage.Fail($"adapter/{_world.Pipeline}");
        var refused = await OpenAsync(epoch: 10);
        cluster.Storage.Fail($"adapter/{_world.Pipeline}", fails: false);

        Assert.Equal((DeliveryAnswer.Unavailable, "IOException: the disk is full"), (refused.Answer, refused.Fault!.Message));
        Assert.Equal(DeliveryAnswer.Accepted, (await OpenAsync(epoch: 10)).Answer);
    }

    [Fact]
    public async Task State_WrittenByAnotherActivation_IsReadAgain()
    {
        await OpenAsync(epoch: 10);
        cluster.Storage.WriteBehindItsBack($"adapter/{_world.Pipeline}");

        Assert.Equal(DeliveryAnswer.Unavailable, (await OpenAsync(epoch: 11)).Answer);
        await Eventually.AsTrue(async () => (await OpenAsync(epoch: 11)).Answer is DeliveryAnswer.Accepted, "an opening by a new activation");
    }

    [Fact]
    public async Task Incarnation_CannotBeDisposed_TheNextOneBegins()
    {
        await OpenAsync(epoch: 10);
        _world.Disposing = static () => throw new InvalidOperationException("stuck");

        Assert.Equal(DeliveryAnswer.Accepted, (await OpenAsync(epoch: 10)).Answer);
        _world.Disposing = null;
    }

    private Task<DeliveryReply> OpenAsync(long epoch) => Grain.OpenAsync(Opening(epoch));

    private static AdapterOpening Opening(long epoch) =>
        new() { Definition = GrainWorld.Adapter("one"), Epoch = epoch, FirstSequence = 0, SyncBeforeAck = true };

    private Task<DeliveryReply> DeliverAsync(EventBatch batch, long incarnation) =>
        Grain.DeliverAsync(new BatchDelivery { Batch = batch, From = batch.FirstSequence, Incarnation = incarnation });

    /// <summary>One more transaction with one event, numbered on.</summary>
    private EventBatch Batch(long epoch)
    {
        var origin = _world.Log.End;
        _world.Commit(1);
        return new MemoryDetector(_world.Log, new Random(1)) { BatchEvents = 1 }.Next(origin).Batch!.Numbered(epoch, _world.Log.Events.Count - 1, 1);
    }
}
