using PgCdc.Engine.Delivery;
using PgCdc.Errors;
using PgCdc.Events;
using PgCdc.TestKit.Pipeline;
using Xunit;

namespace PgCdc.Engine.Tests.Delivery;

public sealed class AdapterRunTests
{
    [Fact]
    public void Batches_Accepted_AreDeliveredInOrderSyncedAndAcked() => AdapterRunRig.Try(static async rig =>
    {
        rig.Start();
        rig.Accept(rig.Batches(20));
        await rig.UntilAckedAsync(20);
        await rig.Run.CloseAsync(CancellationToken.None);

        Assert.Equal(Enumerable.Range(0, 20), rig.Sink.Deliveries);
        Assert.Equal(20, rig.Reports.Received[^1].AckedBelow);
        Assert.Equal(new SourcePlace(SourceLog.Lineage, rig.Log.Events[^1].Key), rig.Run.AckedThrough);
        Assert.True(rig.Adapter.IsDisposed);
        rig.AssertReleased();
    });

    [Fact]
    public void Syncs_SlowDisk_CoverManyBatchesAndNoAckComesBefore() => AdapterRunRig.Try(static async rig =>
    {
        rig.Adapter.Syncing = _ =>
        {
            Assert.True(rig.Acked <= rig.Sink.Durable, "nothing is acked that a crash would lose");
            return rig.Simulation.DelayAsync(100);
        };
        rig.Start();
        rig.Accept(rig.Batches(50));
        await rig.UntilAckedAsync(50);

        Assert.Equal(50, rig.Adapter.Flushes);
        Assert.InRange(rig.Adapter.Syncs, 1, 3);
        await rig.Run.CloseAsync(CancellationToken.None);
    });

    [Fact]
    public void Acks_FastMode_DoNotWaitForASync() => AdapterRunRig.Try(static async rig =>
    {
        rig.Options = rig.Options with { SyncBeforeAck = false };
        rig.Start();
        rig.Accept(rig.Batches(5));
        await rig.UntilAckedAsync(5);
        await rig.Run.CloseAsync(CancellationToken.None);

        Assert.Equal(0, rig.Adapter.Syncs);
        rig.AssertReleased();
    });

    [Fact]
    public void Reports_ManyAcks_AreCoalesced() => AdapterRunRig.Try(static async rig =>
    {
        rig.Start();
        rig.Accept(rig.Batches(200));
        await rig.UntilAckedAsync(200);
        await rig.Run.CloseAsync(CancellationToken.None);

        Assert.InRange(rig.Reports.Received.Count, 1, 20);
        Assert.Equal(200, rig.Reports.Received[^1].AckedBelow);
    });

    [Fact]
    public void Sync_Fails_IncarnationIsBrokenAndAcksNothingMore() => AdapterRunRig.Try(static async rig =>
    {
        rig.Adapter.Syncing = static _ => throw new DeliveryException(ErrorCode.DiskFull, Disposition.Retry, "no space");
        rig.Start();
        var batches = rig.Batches(5);
        rig.Accept(batches[0]);
        await rig.Ended;

        Assert.Equal((AdapterCondition.Broken, "no space", 0L), Last(rig));
        Assert.Equal(DeliveryOutcome.Reopen, rig.Run.Receipt.Outcome);
        Assert.Equal(DeliveryOutcome.Reopen, rig.Run.Accept(batches[1], 1).Outcome);
        Assert.True(rig.Adapter.IsDisposed);
        rig.AssertReleased();
    });

    [Fact]
    public void Sync_FailsWhileADeliveryRecovers_IncarnationStaysBroken() => AdapterRunRig.Try(static async rig =>
    {
        var writes = 0;
        rig.Adapter.IgnoresCancellation = true;
        rig.Adapter.Writing = _ => ++writes == 2 ? throw new DeliveryException(ErrorCode.DeliveryFailed, Disposition.Retry, "busy") { RetryAfter = TimeSpan.FromSeconds(1) } : Slow(writes);
        rig.Adapter.Syncing = async _ =>
        {
            await rig.Simulation.DelayAsync(1_500);
            throw new DeliveryException(ErrorCode.DiskFull, Disposition.Retry, "no space");
        };
        rig.Start();
        rig.Accept(rig.Batches(2));
        await rig.Ended;

        Assert.Equal((AdapterCondition.Broken, "no space", 0L), Last(rig));
        Assert.False(rig.Run.IsUsable);

        // The second batch succeeds after the sync of the first has failed.
        Task Slow(int write) => write == 3 ? rig.Simulation.DelayAsync(1_000) : Task.CompletedTask;
    });

    [Fact]
    public void Delivery_FailsForAWhile_IsTriedAgainWithFullJitter() => AdapterRunRig.Try(static async rig =>
    {
        var attempts = new List<TimeSpan>();
        rig.Adapter.Writing = _ =>
        {
            attempts.Add(rig.Simulation.Time.Elapsed);
            return attempts.Count <= 8 ? throw new DeliveryException(ErrorCode.DeliveryFailed, Disposition.Retry, "busy") : Task.CompletedTask;
        };
        rig.Start();
        rig.Accept(rig.Batches(1));
        await rig.UntilAckedAsync(1);
        await rig.Run.CloseAsync(CancellationToken.None);

        var waits = attempts.Zip(attempts.Skip(1), (one, next) => next - one).ToArray();
        for (var attempt = 0; attempt < waits.Length; attempt++)
            Assert.InRange(waits[attempt], FullJitter.Floor, TimeSpan.FromSeconds(Math.Min(32, 1 << attempt)));

        Assert.True(waits.Distinct().Count() > 3, "the waits are drawn");
        Assert.Contains(rig.Reports.Received, report => report is { Condition: AdapterCondition.Retrying, Problem: "busy" });
        Assert.Equal((AdapterCondition.Running, null, 1L), Last(rig));
    });

    [Fact]
    public void Delivery_SinkNamesAWait_ItIsKept() => AdapterRunRig.Try(static async rig =>
    {
        var attempts = new List<TimeSpan>();
        rig.Adapter.Writing = _ =>
        {
            attempts.Add(rig.Simulation.Time.Elapsed);
            return attempts.Count == 1
                ? throw new DeliveryException(ErrorCode.DeliveryFailed, Disposition.Retry, "busy") { RetryAfter = TimeSpan.FromSeconds(47) }
                : Task.CompletedTask;
        };
        rig.Start();
        rig.Accept(rig.Batches(1));
        await rig.UntilAckedAsync(1);

        Assert.Equal(TimeSpan.FromSeconds(47), attempts[1] - attempts[0]);
        await rig.Run.CloseAsync(CancellationToken.None);
    });

    [Theory]
    [InlineData(Disposition.Halt)]
    [InlineData(Disposition.DeadLetter)]
    public void Delivery_CannotEverWork_AdapterHalts(Disposition disposition) => AdapterRunRig.Try(async rig =>
    {
        rig.Adapter.Writing = _ => throw new DeliveryException(ErrorCode.DeliveryFailed, disposition, "no such topic");
        rig.Start();
        rig.Accept(rig.Batches(3));
        await rig.Ended;

        Assert.Equal((AdapterCondition.Halted, "no such topic", 0L), Last(rig));
        rig.AssertReleased();
    });

    [Fact]
    public void Delivery_UnknownFailure_BreaksTheIncarnation() => AdapterRunRig.Try(static async rig =>
    {
        rig.Adapter.Writing = static _ => throw new InvalidOperationException("a bug");
        rig.Start();
        rig.Accept(rig.Batches(3));
        await rig.Ended;

        Assert.Equal((AdapterCondition.Broken, "a bug", 0L), Last(rig));
        rig.AssertReleased();
    });

    [Fact]
    public void Close_WorkAccepted_IsDeliveredSyncedAndReportedFirst() => AdapterRunRig.Try(static async rig =>
    {
        rig.Adapter.Writing = _ => rig.Simulation.DelayAsync(rig.Simulation.Random.Next(3));
        rig.Start();
        rig.Accept(rig.Batches(10));
        await rig.Simulation.DelayAsync(rig.Simulation.Random.Next(20));
        await rig.Run.CloseAsync(CancellationToken.None);

        Assert.Equal(10, rig.Sink.Durable);
        Assert.Equal((AdapterCondition.Running, null, 10L), Last(rig));
        rig.AssertReleased();
    });

    [Fact]
    public void Close_DeadlineOver_GivesUpWhatIsNotDelivered() => AdapterRunRig.Try(static async rig =>
    {
        rig.Adapter.Writing = new TaskCompletionSource().Task.WaitAsync;
        rig.Start();
        rig.Accept(rig.Batches(10));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(2), rig.Simulation.Time);
        await rig.Run.CloseAsync(deadline.Token);

        Assert.Equal(TimeSpan.FromSeconds(2), rig.Simulation.Time.Elapsed);
        Assert.Equal(0, rig.Acked);
        Assert.True(rig.Adapter.IsDisposed);
        rig.AssertReleased();
    });

    [Fact]
    public void Close_AdapterCannotBeDisposed_Ends() => AdapterRunRig.Try(static async rig =>
    {
        rig.Adapter.Disposing = static () => throw new InvalidOperationException("stuck");
        rig.Start();
        rig.Accept(rig.Batches(1));
        await rig.Run.CloseAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10), rig.Simulation.Time);

        Assert.Equal(1, rig.Acked);
        await rig.Ended;
    });

    [Fact]
    public void Close_PipelineDoesNotAnswer_EndsAfterPatience() => AdapterRunRig.Try(static async rig =>
    {
        rig.Reports.Reporting = static _ => new TaskCompletionSource().Task;
        rig.Start();
        rig.Accept(rig.Batches(1));
        await rig.Run.CloseAsync(CancellationToken.None);

        Assert.InRange(rig.Simulation.Time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(6));
    });

    [Fact]
    public void Accept_BatchTakenBefore_IsRecognised() => AdapterRunRig.Try(static async rig =>
    {
        rig.Start();
        var batches = rig.Batches(3);
        rig.Accept(batches);
        rig.Accept(batches[1], batches[0]);
        await rig.UntilAckedAsync(3);
        rig.Accept(batches[2]);
        await rig.Run.CloseAsync(CancellationToken.None);

        Assert.Equal([0, 1, 2], rig.Sink.Deliveries);
        rig.AssertReleased();
    });

    [Fact]
    public void Accept_BatchBehindAGap_IsRefused() => AdapterRunRig.Try(static async rig =>
    {
        rig.Start();
        var batches = rig.Batches(3);
        rig.Accept(batches[0]);

        Assert.Equal(new DeliveryReceipt(DeliveryOutcome.Reopen, 3, 0), rig.Run.Accept(batches[2], 2) with { AckedBelow = 0 });
        await rig.Run.CloseAsync(CancellationToken.None);
        Assert.Equal(DeliveryOutcome.Reopen, rig.Run.Accept(batches[1], 1).Outcome);
        rig.AssertReleased();
    });

    [Fact]
    public void Accept_BatchReleasedByItsSender_IsRefused() => AdapterRunRig.Try(static async rig =>
    {
        rig.Start();
        var batch = rig.Batches(1)[0];
        batch.Release();

        Assert.Equal(DeliveryOutcome.Reopen, rig.Run.Accept(batch, 0).Outcome);
        await rig.Run.CloseAsync(CancellationToken.None);
        Assert.Equal(0, rig.Adapter.Flushes);
    });

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 0)]
    [InlineData(2, 3)]
    [InlineData(3, 5)]
    public void Coverage_UpToAnyEvent_LeavesOutExactlyThose(int transaction, int ordinal) => AdapterRunRig.Try(async rig =>
    {
        var batches = rig.Batches(3, rows: 5);
        var covered = new SortKey((ulong)transaction * 100, ordinal);
        rig.Options = rig.Options with { CoveredThrough = new SourcePlace(SourceLog.Lineage, covered) };
        var sink = new MemorySink(rig.Log) { MayMissEvents = true };
        rig.Start(new SyncedMemoryAdapter(sink));
        rig.Accept(batches);
        await rig.UntilAckedAsync(15);
        await rig.Run.CloseAsync(CancellationToken.None);

        Assert.Equal(rig.Log.Events.Where(change => change.Key > covered).Select(change => change.Index), sink.Deliveries);
        rig.AssertReleased();
    });

    [Fact]
    public void Coverage_OfAnotherLineage_LeavesOutNothing() => AdapterRunRig.Try(async rig =>
    {
        var batches = rig.Batches(2, rows: 3);
        rig.Options = rig.Options with { CoveredThrough = new SourcePlace("memory/0", new SortKey(ulong.MaxValue, int.MaxValue)) };
        rig.Start();
        rig.Accept(batches);
        await rig.UntilAckedAsync(6);
        await rig.Run.CloseAsync(CancellationToken.None);

        Assert.Equal(Enumerable.Range(0, 6), rig.Sink.Deliveries);
        Assert.Equal(new SourcePlace(SourceLog.Lineage, rig.Log.Events[^1].Key), rig.Run.AckedThrough);
    });

    private static (AdapterCondition Condition, string? Problem, long AckedBelow) Last(AdapterRunRig rig)
    {
        var report = rig.Reports.Received[^1];
        return (report.Condition, report.Problem, report.AckedBelow);
    }
}
