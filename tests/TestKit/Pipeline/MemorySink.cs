using PgCdc.Events;
using Xunit;

namespace PgCdc.TestKit.Pipeline;

/// <summary>
/// A destination that outlives adapters and runs, and refuses what must not happen: an event before an earlier one that it never got, an event
/// that it did not ask for, bytes that are not those of the source. Repeats are fine. Thread safe.
/// </summary>
/// <param name="log">What is captured.</param>
/// <param name="tables">The tables routed here; null for all.</param>
public sealed class MemorySink(SourceLog log, IReadOnlyList<string>? tables = null)
{
    private readonly Lock _gate = new();
    private readonly List<int> _deliveries = [];
    private int _written;
    private int _synced;

    /// <summary>The first thing that must not happen and did: the engine takes an adapter's exception for bad luck, so tests look here.</summary>
    public string? Violation { get; private set; }

    /// <summary>Whether events may be missing (fast mode).</summary>
    public bool MayMissEvents { get; set; }

    /// <summary>What this sink shall have, in order.</summary>
    public IReadOnlyList<LoggedEvent> Wanted => [.. log.Events.Where(Wants)];

    /// <summary>How many of the wanted events were written, from the first on without a gap.</summary>
    public int Written
    {
        get
        {
            lock (_gate)
                return _written;
        }
    }

    /// <summary>How many of the written events would be there after a crash.</summary>
    public int Durable
    {
        get
        {
            lock (_gate)
                return _synced;
        }
    }

    /// <summary>Every write, repeats as well: places among the wanted events.</summary>
    public IReadOnlyList<int> Deliveries
    {
        get
        {
            lock (_gate)
                return [.. _deliveries];
        }
    }

    public void Write(in ChangeEvent change)
    {
        var logged = log.Find(change.SortKey);
        Demand(Wants(logged), $"{logged.Key} of {logged.Table.Table} is not routed here");
        Demand(change.Content.SequenceEqual(logged.Row), $"the bytes of {logged.Key} are not those of the source");
        var place = Wanted.TakeWhile(wanted => wanted.Key < logged.Key).Count();
        lock (_gate)
        {
            Demand(place <= _written || MayMissEvents, $"event {place} came while event {_written} was never delivered");
            _written = Math.Max(_written, place + 1);
            _deliveries.Add(place);
        }
    }

    public void Sync()
    {
        lock (_gate)
            _synced = _written;
    }

    /// <summary>What was not synced is gone.</summary>
    public void Crash()
    {
        lock (_gate)
            _written = _synced;
    }

    /// <summary>A checkpoint may cover only what is durable here.</summary>
    public void AssertCovers(Position checkpoint)
    {
        var covered = Wanted.Count(wanted => wanted.EndLsn <= SourceLog.LsnOf(checkpoint));
        Assert.True(covered <= Durable, $"checkpoint {checkpoint} covers {covered} events, but only {Durable} are durable");
    }

    private void Demand(bool isSo, string violation)
    {
        if (isSo)
            return;

        Violation ??= violation;
        throw new InvalidOperationException(violation);
    }

    private bool Wants(LoggedEvent change) => tables is null || tables.Contains(change.Table.Table);
}
