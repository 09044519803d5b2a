using Microsoft.Extensions.Logging;
using Orleans.Placement;
using Orleans.Storage;
using PgCdc.Engine.Delivery;
using PgCdc.Engine.Pipeline;
using PgCdc.Errors;
using PgCdc.Grains.Interfaces;
using PgCdc.Grains.Interfaces.Messages;

namespace PgCdc.Grains.Adapters;

/// <summary>
/// One adapter: refuses runs of an older epoch, gives every opening a new incarnation, and hands batches to the incarnation's run. Keeps how
/// far the adapter has acked, so that a restart from an older checkpoint does not deliver that again.
/// </summary>
[PreferLocalPlacement]
public sealed class AdapterGrain(
    [PersistentState("adapter", GrainStorageNames.State)] IPersistentState<AdapterGrainState> state,
    ConnectorFactory connectors,
    RunServices services,
    RunStarter starter,
    ILogger<AdapterGrain> log) : Grain, IAdapterGrain
{
    private static readonly TimeSpan s_storeInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_endPatience = TimeSpan.FromSeconds(10);

    private AdapterRun? _run;
    private IGrainTimer? _store;

    private (string Pipeline, string Adapter) Key => GrainKeys.ParseAdapter(this.GetPrimaryKeyString());

    public async Task<DeliveryReply> OpenAsync(AdapterOpening opening)
    {
        ArgumentNullException.ThrowIfNull(opening);
        if (opening.Epoch < state.State.Epoch)
            return Stale();

        try
        {
            await EndRunAsync(TimeSpan.Zero);
            await WriteAsync(state.State with { Epoch = opening.Epoch, Incarnation = state.State.Incarnation + 1 });
            await BeginAsync(opening);
            return Reply(_run!.Receipt);
        }
        catch (Exception error)
        {
            return Refused(error);
        }
    }

    public Task<DeliveryReply> DeliverAsync(BatchDelivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return Task.FromResult(Answer(delivery.Batch.Epoch, delivery.Incarnation, run => run.Accept(delivery.Batch, delivery.From)));
    }

    public Task<DeliveryReply> ProbeAsync(long epoch, long incarnation) => Task.FromResult(Answer(epoch, incarnation, run => run.Receipt));

    public async Task CloseAsync(long epoch, TimeSpan drain)
    {
        if (epoch < state.State.Epoch)
            return;

        await EndRunAsync(drain);
        DeactivateOnIdle();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => EndRunAsync(TimeSpan.Zero);

    private DeliveryReply Answer(long epoch, long incarnation, Func<AdapterRun, DeliveryReceipt> ask)
    {
        if (epoch < state.State.Epoch)
            return Stale();

        return _run is { } run && run.Incarnation == incarnation && run.Epoch == epoch
            ? Reply(ask(run))
            : new DeliveryReply(DeliveryAnswer.Reopen, state.State.Incarnation, 0);
    }

    private async Task BeginAsync(AdapterOpening opening)
    {
        var (pipeline, name) = Key;
        var adapter = connectors.Adapter(pipeline, opening.Definition);
        try
        {
            await adapter.OpenAsync(CancellationToken.None);
        }
        catch
        {
            await adapter.DisposeAsync();
            throw;
        }

        var options = new AdapterRunOptions
        {
            Pipeline = pipeline,
            Adapter = name,
            Epoch = opening.Epoch,
            Incarnation = state.State.Incarnation,
            FirstSequence = opening.FirstSequence,
            SyncBeforeAck = opening.SyncBeforeAck,
            CoveredThrough = state.State.AckedThrough,
        };
        _run = new AdapterRun(options, adapter, new GrainAdapterReports(GrainFactory.GetGrain<IPipelineGrain>(pipeline)), services);
        _ = starter.Start(_run.RunAsync);
        _store = this.RegisterGrainTimer(
            static (grain, _) => grain.StoreAckedAsync(), this, new GrainTimerCreationOptions(s_storeInterval, s_storeInterval) { KeepAlive = true });
    }

    private async Task EndRunAsync(TimeSpan drain)
    {
        if (_run is not { } run)
            return;

        _store?.Dispose();
        using (var deadline = new CancellationTokenSource(drain, services.Time))
            await run.CloseAsync(deadline.Token).WaitAsync(drain + s_endPatience, services.Time);

        await StoreAckedAsync();
        _run = null;
    }

    private async Task StoreAckedAsync()
    {
        if (_run is not { } run || run.AckedThrough is var acked && acked == state.State.AckedThrough)
            return;

        try
        {
            await WriteAsync(state.State with { AckedThrough = acked });
        }
        catch (Exception error)
        {
            // Only repeats after a restart hang on it, never a loss.
            Log.AckedPositionNotStored(log, Key.Pipeline, Key.Adapter, Fault.Of(error, ErrorCode.StateUnavailable).Message);
        }
    }

    private async Task WriteAsync(AdapterGrainState next)
    {
        var before = state.State;
        state.State = next;
        try
        {
            await state.WriteStateAsync();
        }
        catch (Exception error)
        {
            state.State = before;
            // Another activation wrote, or a write that was reported lost was not: only a new activation reads what is stored.
            if (error is InconsistentStateException)
                DeactivateOnIdle();

            throw;
        }
    }

    private DeliveryReply Stale() => new(DeliveryAnswer.StaleEpoch, state.State.Incarnation, 0);

    private DeliveryReply Refused(Exception error)
    {
        var halts = error is ConfigurationException or DeliveryException { Disposition: not Disposition.Retry };
        var answer = halts ? DeliveryAnswer.Halted : DeliveryAnswer.Unavailable;
        return new DeliveryReply(answer, state.State.Incarnation, 0, Fault.Of(error, ErrorCode.DeliveryFailed));
    }

    private static DeliveryReply Reply(in DeliveryReceipt receipt) => new(
        receipt.Outcome switch
        {
            DeliveryOutcome.Accepted => DeliveryAnswer.Accepted,
            DeliveryOutcome.StaleEpoch => DeliveryAnswer.StaleEpoch,
            _ => DeliveryAnswer.Reopen,
        },
        receipt.Incarnation,
        receipt.AckedBelow);
}
