using Microsoft.Extensions.Logging;
using PgCdc.Engine.Configuration;
using PgCdc.Errors;

namespace PgCdc.Connectors.Detectors.Wal.Slots;

/// <summary>
/// Frees a slot that somebody reads. Ended is only an older run of this pipeline, or an earlier connection of this very run that the server has
/// not missed yet; a newer run ends us, and anybody else is left alone.
/// </summary>
/// <param name="catalog">Connection to the source.</param>
/// <param name="self">Our own name.</param>
/// <param name="ownProcesses">Server processes of this run's earlier connections.</param>
/// <param name="context">Clock and log.</param>
internal sealed class SlotTakeover(SourceCatalog catalog, ApplicationName self, IReadOnlySet<int> ownProcesses, ConnectorContext context)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(50);
    private readonly ILogger _logger = context.Loggers.CreateLogger<WalDetector>();
    private readonly TimeProvider _time = context.Time;

    /// <summary>Whether a slot in other hands may become free by itself; not at the first start of a run.</summary>
    public required bool IsReconnect { get; init; }

    /// <summary>
    /// Whether this run continues an earlier one. One without a checkpoint of its own was started on other state, by mistake as a rule, and shall
    /// not end a run that has it.
    /// </summary>
    public required bool HasCheckpoint { get; init; }

    /// <summary>The slot, read by nobody; null when there is none.</summary>
    /// <exception cref="DetectorException">Somebody else, or a newer run, reads it, or it did not become free in time.</exception>
    public async Task<SlotFacts?> FreeAsync(string slot, CancellationToken cancellationToken)
    {
        var facts = await catalog.FindSlotAsync(slot, cancellationToken).ConfigureAwait(false);
        if (facts is not { ActivePid: not null, IsTemporary: false })
            return facts;

        DemandMayEnd(facts);
        await catalog.TerminateAsync(facts, cancellationToken).ConfigureAwait(false);
        Log.SlotTakenOver(_logger, context.Name, slot, facts.ActivePid, facts.ActiveApplication);
        return await WaitUntilFreeAsync(facts, cancellationToken).ConfigureAwait(false);
    }

    private void DemandMayEnd(SlotFacts facts)
    {
        if (ApplicationName.Parse(facts.ActiveApplication) is not { } other || other.PipelineHash != self.PipelineHash)
            throw SlotErrors.InUse(facts, isTransient: IsReconnect);

        var isOwn = other.Epoch == self.Epoch && ownProcesses.Contains(facts.ActivePid!.Value);
        if (other.Epoch >= self.Epoch && !isOwn)
            throw SlotErrors.Stale(facts, self.Epoch, other.Epoch);

        if (!isOwn && !HasCheckpoint)
            throw SlotErrors.OtherState(facts);
    }

    private async Task<SlotFacts?> WaitUntilFreeAsync(SlotFacts taken, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        while (true)
        {
            var facts = await catalog.FindSlotAsync(taken.Name, cancellationToken).ConfigureAwait(false);
            if (facts?.ActivePid is null)
                return facts;

            // Another reader came in between: it is judged like the first one.
            if (facts.ActivePid != taken.ActivePid)
                DemandMayEnd(facts);

            if (_time.GetElapsedTime(started) > s_patience)
                throw SlotErrors.NotReleased(facts, s_patience);

            await Task.Delay(s_poll, _time, cancellationToken).ConfigureAwait(false);
        }
    }
}
