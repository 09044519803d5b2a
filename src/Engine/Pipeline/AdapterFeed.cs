using PgCdc.Engine.Checkpoints;
using PgCdc.Events;

namespace PgCdc.Engine.Pipeline;

/// <summary>
/// The batches of one adapter that are not acked yet: waiting to be sent, or sent. Keeps the adapter's credit and gives acks to the tracker.
/// Thread safe.
/// </summary>
internal sealed class AdapterFeed(int index, string name, PipelineRunOptions options, AckTracker tracker)
{
    private readonly Lock _gate = new();
    private readonly AsyncSignal _credit = new();
    private Queue<FeedEntry> _toSend = new();
    private Queue<FeedEntry> _sent = new();
    private int _events;
    private long _bytes;
    private long _lastEnd;

    public string Name => name;

    public long Incarnation { get; private set; }

    /// <summary>Signalled when there is something to send.</summary>
    public AsyncSignal Work { get; } = new();

    public int UnackedEvents
    {
        get
        {
            lock (_gate)
                return _events;
        }
    }

    public bool IsIdle
    {
        get
        {
            lock (_gate)
                return _sent.Count == 0 && _toSend.Count == 0;
        }
    }

    /// <summary>Takes a batch if there is credit; the feed takes a lease of its own.</summary>
    public bool TryOffer(EventBatch batch)
    {
        lock (_gate)
        {
            if (!HasCredit(batch))
                return false;

            if (!batch.TryRetain())
                throw new InvalidOperationException("The batch was released before it was dispatched.");

            _events += batch.Count;
            _bytes += batch.Footprint;
            tracker.Dispatched(index, batch.EndSequence, needsAck: true);
            _toSend.Enqueue(new FeedEntry(batch, _lastEnd));
            _lastEnd = batch.EndSequence;
        }

        Work.Set();
        return true;
    }

    /// <summary>Waits until an ack gave credit back, or somebody calls <see cref="Wake"/>.</summary>
    public ValueTask WaitForCreditAsync() => _credit.WaitAsync();

    public void Wake()
    {
        _credit.Set();
        Work.Set();
    }

    /// <summary>Below which sequence the adapter has acked everything.</summary>
    public long AckedBelow => tracker.AckedBelow(index);

    /// <summary>
    /// The next batch to send, which counts as sent from now on. The caller gets a lease of its own: an ack may overtake the answer to the call.
    /// </summary>
    public FeedEntry? TakeNext()
    {
        lock (_gate)
        {
            if (!_toSend.TryDequeue(out var entry))
                return null;

            entry.Batch.TryRetain();
            _sent.Enqueue(entry);
            return entry;
        }
    }

    /// <summary>Sequence that the next batch for the adapter starts behind, after everything unacked is sent again.</summary>
    public long ResendFrom(long incarnation)
    {
        lock (_gate)
        {
            Incarnation = incarnation;
            tracker.Incarnated(index, incarnation);
            foreach (var waiting in _toSend)
                _sent.Enqueue(waiting);

            (_toSend, _sent) = (_sent, _toSend);
            _sent.Clear();
            return _toSend.TryPeek(out var first) ? first.From : _lastEnd;
        }
    }

    /// <summary>Everything below a sequence is acked by an incarnation.</summary>
    /// <returns>Whether a position became confirmable.</returns>
    public bool Acked(long incarnation, long below)
    {
        bool advanced;
        lock (_gate)
        {
            if (incarnation != Incarnation)
                return false;

            while (_sent.TryPeek(out var first) && first.Batch.EndSequence <= below)
                Forget(_sent.Dequeue());

            advanced = tracker.Acked(index, incarnation, below);
        }

        _credit.Set();
        return advanced;
    }

    /// <summary>Ends every lease; the feed is not used any more.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            while (_sent.TryDequeue(out var entry) || _toSend.TryDequeue(out entry))
                Forget(entry);
        }
    }

    private bool HasCredit(EventBatch batch) =>
        _events == 0 || (_events + batch.Count <= options.CreditEvents && _bytes + batch.Footprint <= options.CreditBytes);

    private void Forget(in FeedEntry entry)
    {
        _events -= entry.Batch.Count;
        _bytes -= entry.Batch.Footprint;
        entry.Batch.Release();
    }
}
