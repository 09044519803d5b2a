using PgCdc.Delivery;
using PgCdc.Engine.Delivery;
using PgCdc.Engine.Pipeline;
using PgCdc.Events;

namespace PgCdc.TestKit.Pipeline;

/// <summary>An adapter with the rules of its grain, in memory: epochs, incarnations, one call after the other.</summary>
public sealed class MemoryPort(string name, AdapterMemory memory, Func<IBatchAdapter> create, IAdapterReports reports, RunServices services) : IAdapterPort
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private IBatchAdapter? _adapter;

    /// <summary>Runs before a call, by the call's name; may fail (the call never arrives) or take its time.</summary>
    public Func<string, Task>? Calling { get; set; }

    /// <summary>Runs after a call, by the call's name; may fail (the answer is lost) or take its time.</summary>
    public Func<string, Task>? Answering { get; set; }

    /// <summary>Whether acks wait for a sync.</summary>
    public bool SyncBeforeAck { get; set; } = true;

    public string Name => name;

    public AdapterRun? Run { get; private set; }

    public int Opened { get; private set; }

    public Task<DeliveryReceipt> OpenAsync(long epoch, long firstSequence, CancellationToken cancellationToken) =>
        CallAsync("open", async () => epoch < memory.Epoch ? Stale() : await ReopenAsync(epoch, firstSequence), cancellationToken);

    public Task<DeliveryReceipt> DeliverAsync(EventBatch batch, long from, long incarnation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return CallAsync("deliver", () => Task.FromResult(Answer(batch.Epoch, incarnation, run => run.Accept(batch, from))), cancellationToken);
    }

    public Task<DeliveryReceipt> ProbeAsync(long epoch, long incarnation, CancellationToken cancellationToken) =>
        CallAsync("probe", () => Task.FromResult(Answer(epoch, incarnation, run => run.Receipt)), cancellationToken);

    public Task CloseAsync(long epoch, CancellationToken cancellationToken) => CallAsync("close", () => CloseAsync(epoch), cancellationToken);

    /// <summary>Takes down the incarnation as the death of its silo does; nothing is said to anybody.</summary>
    public void Forget()
    {
        if (_adapter is MemoryAdapter adapter)
            adapter.IsKilled = true;

        Run = null;
    }

    public void StoreAcked()
    {
        if (Run is { } run)
            memory.AckedThrough = run.AckedThrough;
    }

    private async Task<DeliveryReceipt> CallAsync(string call, Func<Task<DeliveryReceipt>> work, CancellationToken cancellationToken)
    {
        // Like a grain call: it goes on when the caller stops waiting.
        return await InTurnAsync(call, work).WaitAsync(cancellationToken);
    }

    private async Task<DeliveryReceipt> InTurnAsync(string call, Func<Task<DeliveryReceipt>> work)
    {
        if (Calling is { } calling)
            await calling(call);

        DeliveryReceipt receipt;
        await _turn.WaitAsync();
        try
        {
            receipt = await work();
        }
        finally
        {
            _turn.Release();
        }

        if (Answering is { } answering)
            await answering(call);

        return receipt;
    }

    private async Task<DeliveryReceipt> ReopenAsync(long epoch, long firstSequence)
    {
        await EndAsync(new CancellationToken(canceled: true));
        (memory.Epoch, memory.Incarnation) = (epoch, memory.Incarnation + 1);
        var adapter = create();
        _adapter = adapter;
        await adapter.OpenAsync(CancellationToken.None);
        var options = new AdapterRunOptions
        {
            Pipeline = "orders",
            Adapter = name,
            Epoch = epoch,
            Incarnation = memory.Incarnation,
            FirstSequence = firstSequence,
            SyncBeforeAck = SyncBeforeAck,
            CoveredThrough = memory.AckedThrough,
        };
        Opened++;
        Run = new AdapterRun(options, adapter, reports, services);
        _ = new RunStarter(TaskScheduler.Current).Start(Run.RunAsync);
        return Run.Receipt;
    }

    private async Task<DeliveryReceipt> CloseAsync(long epoch)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(5), services.Time);
        if (epoch >= memory.Epoch)
            await EndAsync(deadline.Token);

        return Stale();
    }

    private async Task EndAsync(CancellationToken deadline)
    {
        if (Run is not { } run)
            return;

        await run.CloseAsync(deadline);
        StoreAcked();
        Run = null;
    }

    private DeliveryReceipt Answer(long epoch, long incarnation, Func<AdapterRun, DeliveryReceipt> ask)
    {
        if (epoch < memory.Epoch)
            return Stale();

        return Run is { } run && run.Incarnation == incarnation && run.Epoch == epoch
            ? ask(run)
            : new DeliveryReceipt(DeliveryOutcome.Reopen, memory.Incarnation, 0);
    }

    private DeliveryReceipt Stale() => new(DeliveryOutcome.StaleEpoch, memory.Incarnation, 0);
}
