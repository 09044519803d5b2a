namespace PgCdc.Events;

/// <summary>
/// Change events in source order over one contiguous buffer. Immutable and safe to share between threads. Views made by
/// <see cref="Numbered"/> and <see cref="Select"/> share the bytes. Whoever keeps a batch beyond a call takes a lease
/// (<see cref="TryRetain"/>) and ends it (<see cref="Release"/>); after the last release the bytes must not be read.
/// </summary>
public sealed class EventBatch
{
    private readonly BatchStorage _storage;
    private readonly int[]? _selection;

    internal EventBatch(string source, string lineage, BatchStorage storage, PositionMark? mark)
    {
        Source = source;
        Lineage = lineage;
        Mark = mark;
        _storage = storage;
    }

    private EventBatch(EventBatch origin, int[]? selection)
    {
        _storage = origin._storage;
        _selection = selection;
        Source = origin.Source;
        Lineage = origin.Lineage;
        Mark = origin.Mark;
        Epoch = origin.Epoch;
        FirstSequence = origin.FirstSequence;
        ConfigurationVersion = origin.ConfigurationVersion;
    }

    /// <summary>Name of the producer, the <c>source</c> of event JSON, such as <c>wal_replication</c>.</summary>
    public string Source { get; }

    /// <summary>History of the source in which the events' places can be compared (<see cref="SourcePlace"/>); empty when there is none.</summary>
    public string Lineage { get; }

    /// <summary>Epoch of the pipeline run; 0 until numbered.</summary>
    public long Epoch { get; private init; }

    /// <summary>Sequence of the first stored event; 0 until numbered.</summary>
    public long FirstSequence { get; private init; }

    /// <summary>Version of routes and transforms under which the batch was dispatched.</summary>
    public int ConfigurationVersion { get; private init; }

    /// <summary>Sequence just behind the last stored event, also when the view selects fewer.</summary>
    public long EndSequence => FirstSequence + _storage.Count;

    /// <summary>The last position mark of the batch, if it has one.</summary>
    public PositionMark? Mark { get; }

    /// <summary>Number of events in this view.</summary>
    public int Count => _selection?.Length ?? _storage.Count;

    /// <summary>Number of events stored, selected or not.</summary>
    public int StoredCount => _storage.Count;

    /// <summary>Bytes of the buffer.</summary>
    public int Bytes => _storage.Bytes;

    /// <summary>Memory that the bytes and headers take, in bytes; what credit counts.</summary>
    public int Footprint => _storage.Footprint;

    /// <summary>Whether the view holds every stored event.</summary>
    public bool IsWhole => _selection is null;

    /// <summary>The buffer that headers point into.</summary>
    public ReadOnlySpan<byte> Buffer => _storage.Buffer;

    /// <summary>Headers of all stored events.</summary>
    public ReadOnlySpan<EventHeader> Headers => _storage.Headers;

    /// <summary>Channels that headers point to.</summary>
    public IReadOnlyList<ChannelName> Channels => _storage.Channels;

    /// <summary>Schemas that headers point to.</summary>
    public IReadOnlyList<RelationSchema> Schemas => _storage.Schemas;

    /// <summary>Transactions that headers point to, in source order.</summary>
    public IReadOnlyList<TransactionInfo> Transactions => _storage.Transactions;

    /// <summary>An event of this view.</summary>
    /// <param name="index">0 up to <see cref="Count"/>.</param>
    public ChangeEvent this[int index] => new(this, StoredIndex(index));

    /// <summary>Place among the stored events of an event of this view.</summary>
    /// <param name="index">0 up to <see cref="Count"/>.</param>
    public int StoredIndex(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return _selection is null ? index : _selection[index];
    }

    /// <summary>The same events with their place in a run.</summary>
    public EventBatch Numbered(long epoch, long firstSequence, int configurationVersion) =>
        new(this, _selection) { Epoch = epoch, FirstSequence = firstSequence, ConfigurationVersion = configurationVersion };

    /// <summary>A view of some of the events.</summary>
    /// <param name="stored">Ascending places among the stored events; kept, not copied.</param>
    public EventBatch Select(int[] stored) => new(this, stored);

    /// <summary>Takes a lease of the bytes.</summary>
    /// <returns>False when the last lease has ended; then the batch must not be read.</returns>
    public bool TryRetain() => _storage.TryRetain();

    /// <summary>Ends a lease, or the maker's first one.</summary>
    public void Release() => _storage.Release();

    /// <summary>The encoding of all stored events, made at the first call and shared.</summary>
    /// <typeparam name="T">Kind of encoding; a batch holds one.</typeparam>
    /// <param name="encode">Makes the encoding; reads stored events, not the view.</param>
    public T Encoding<T>(Func<EventBatch, T> encode)
        where T : class, IBatchEncoding => _storage.Encoding(this, encode);
}
