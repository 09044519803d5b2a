using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PgCdc.Configuration;
using PgCdc.Connectors.Detectors.Wal;
using PgCdc.Delivery;
using PgCdc.Engine.Configuration;
using PgCdc.Engine.Diagnostics;
using PgCdc.Events;
using PgCdc.Sources;

namespace PgCdc.Connectors.Tests.Detectors.Wal;

/// <summary>A detector under test with everything that it gave out.</summary>
public sealed class DetectorRun : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly PgCdcMetrics _metrics = new();
    private readonly IDetector _detector;
    private IAsyncEnumerator<EventBatch>? _batches;

    private DetectorRun(WalDetectorOptions options, string pipeline, long epoch, ILoggerFactory? loggers)
    {
        (Pipeline, Epoch) = (pipeline, epoch);
        _detector = new WalConnector().Create(options, new ConnectorContext
        {
            Pipeline = pipeline,
            Name = "wal",
            Loggers = loggers ?? NullLoggerFactory.Instance,
            Metrics = _metrics,
            Time = TimeProvider.System,
            Random = new Random(1),
        });
    }

    public string Pipeline { get; }

    public long Epoch { get; }

    public IDetectorSession Session { get; private set; } = null!;

    public List<SeenEvent> Events { get; } = [];

    public List<PositionMark> Marks { get; } = [];

    public List<TransactionInfo> Transactions { get; } = [];

    public List<int> BatchSizes { get; } = [];

    public IEnumerable<string> Texts => Events.Select(seen => seen.Text);

    /// <summary>What a pipeline that delivered everything would have as its checkpoint.</summary>
    public DetectorCheckpoint Checkpoint =>
        Marks.Count == 0 ? Session.Origin : Session.Origin with { Position = Marks[^1].Position, LogBytes = Marks[^1].LogBytes };

    /// <summary>Options of a persistent slot on a test's database.</summary>
    public static WalDetectorOptions Options(TestDatabase database, string? uri = null) => new()
    {
        DatabaseUrl = new Secret(uri ?? database.Uri),
        Publication = "pub",
        PersistentSlot = true,
        SlotName = database.Slot,
    };

    public static DetectorRun Create(WalDetectorOptions options, string pipeline = "pipeline", long epoch = 100, ILoggerFactory? loggers = null) =>
        new(options, pipeline, epoch, loggers);

    public static async Task<DetectorRun> StartAsync(
        WalDetectorOptions options, DetectorCheckpoint? checkpoint = null, string pipeline = "pipeline", long epoch = 100, ILoggerFactory? loggers = null)
    {
        var run = Create(options, pipeline, epoch, loggers);
        await run.ConnectAsync(checkpoint);
        return run;
    }

    public async Task ConnectAsync(DetectorCheckpoint? checkpoint, Position? exported = null)
    {
        using var deadline = new CancellationTokenSource(s_patience);
        Session = await _detector.ConnectAsync(
            new DetectorStart { Pipeline = Pipeline, Epoch = Epoch, Checkpoint = checkpoint, Exported = exported }, deadline.Token);
        _batches = Session.ReadAsync(CancellationToken.None).GetAsyncEnumerator();
    }

    public Task ValidateAsync() => ((IValidateConnection)_detector).ValidateConnectionAsync(CancellationToken.None);

    /// <summary>Drops the session as after its failure and connects again.</summary>
    public async Task ReconnectAsync(DetectorCheckpoint? checkpoint)
    {
        await Session.DisposeAsync();
        await ConnectAsync(checkpoint);
    }

    public Task ReadEventsAsync(int count) => ReadUntilAsync(() => Events.Count >= count, $"{count} events");

    /// <summary>Reads batches until a condition holds.</summary>
    public async Task ReadUntilAsync(Func<bool> condition, string what)
    {
        using var deadline = new CancellationTokenSource(s_patience);
        while (!condition())
        {
            try
            {
                await ReadBatchAsync(deadline.Token);
            }
            catch (OperationCanceledException) when (deadline.IsCancellationRequested)
            {
                throw new TimeoutException($"Did not see {what} within {s_patience}; seen: {string.Join("; ", Texts)}");
            }
        }
    }

    public async Task ReadBatchAsync(CancellationToken cancellationToken = default)
    {
        var next = _batches!.MoveNextAsync().AsTask();
        Assert(await next.WaitAsync(cancellationToken));
        var batch = _batches.Current;
        for (var index = 0; index < batch.Count; index++)
            Events.Add(SeenEvent.Of(batch[index]));
        if (batch.Mark is { } mark)
            Marks.Add(mark);
        Transactions.AddRange(batch.Transactions);
        BatchSizes.Add(batch.Count);
        batch.Release();
    }

    public async ValueTask DisposeAsync()
    {
        if (Session is not null)
            await Session.DisposeAsync();
        await _detector.DisposeAsync();
        _metrics.Dispose();
    }

    private static void Assert(bool hasBatch)
    {
        if (!hasBatch)
            throw new InvalidOperationException("The session ended without an error.");
    }
}
