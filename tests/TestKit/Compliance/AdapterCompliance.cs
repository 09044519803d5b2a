using PgCdc.Delivery;
using PgCdc.Events;
using PgCdc.TestKit.Events;
using Xunit;

namespace PgCdc.TestKit.Compliance;

/// <summary>What every adapter must do, whatever it delivers to. Derive, and give an adapter and a way to see what arrived.</summary>
public abstract class AdapterCompliance
{
    private int _made;

    [Fact]
    public async Task Flush_SeveralBatches_ArriveWholeAndInOrder()
    {
        var batches = new[] { Batch(3), Batch(1), Batch(50) };
        await DeliverAsync(batches);
        Assert.Equal(Ids(batches), await ArrivedAsync());
    }

    [Fact]
    public async Task Flush_ViewOfABatch_DeliversTheSelectedEvents()
    {
        var whole = Batch(10);
        var view = whole.Select([0, 4, 5, 9]);
        await DeliverAsync(view);
        Assert.Equal(Ids(view), await ArrivedAsync());
    }

    [Fact]
    public async Task Flush_Returned_HoldsNoLease()
    {
        var batch = Batch(5);
        await DeliverAsync(batch);
        batch.Release();
        Assert.False(batch.TryRetain());
    }

    [Fact]
    public async Task Flush_CancelledBefore_DeliversNothingAndWorksAgain()
    {
        var batch = Batch(2);
        await using (var adapter = await OpenAsync())
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await adapter.FlushAsync(batch, new CancellationToken(canceled: true)));
            await FlushAsync(adapter, batch);
        }

        Assert.Equal(Ids(batch), await ArrivedAsync());
    }

    [Fact]
    public async Task Open_AfterRestart_GoesOnBehindWhatArrived()
    {
        var before = Batch(4);
        var after = Batch(4);
        await DeliverAsync(before);
        await DeliverAsync(after);
        Assert.Equal(Ids(before, after), await ArrivedAsync());
    }

    [Fact]
    public async Task Dispose_Twice_DoesNothing()
    {
        var adapter = await OpenAsync();
        await adapter.DisposeAsync();
        await adapter.DisposeAsync();
        Assert.Empty(await ArrivedAsync());
    }

    /// <summary>A new adapter on the destination of this test.</summary>
    protected abstract IBatchAdapter Create();

    /// <summary>The ids of the events at the destination, in their order there.</summary>
    protected abstract Task<IReadOnlyList<string>> ArrivedAsync();

    private static IEnumerable<string> Ids(params EventBatch[] batches)
    {
        foreach (var batch in batches)
        {
            for (var index = 0; index < batch.Count; index++)
                yield return EventId.Format(batch[index].Id);
        }
    }

    private static async Task FlushAsync(IBatchAdapter adapter, params EventBatch[] batches)
    {
        foreach (var batch in batches)
            await adapter.FlushAsync(batch, CancellationToken.None);
        if (adapter is ISyncAdapter sync)
            await sync.SyncAsync(CancellationToken.None);
    }

    private async Task<IBatchAdapter> OpenAsync()
    {
        var adapter = Create();
        await adapter.OpenAsync(CancellationToken.None);
        return adapter;
    }

    private async Task DeliverAsync(params EventBatch[] batches)
    {
        await using var adapter = await OpenAsync();
        await FlushAsync(adapter, batches);
    }

    private EventBatch Batch(int count)
    {
        var script = new ChangeScript().Begin(700 + (uint)_made, 0x1000 + ((ulong)_made * 0x100), DateTime.UnixEpoch.AddDays(20_000).AddSeconds(_made++));
        var orders = SampleTables.Orders();
        for (var row = 0; row < count; row++)
            script.Insert(orders, "open", $"{row}", "note");
        return script.Commit().Build();
    }
}
