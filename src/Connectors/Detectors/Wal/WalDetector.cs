using System.Globalization;
using Microsoft.Extensions.Logging;
using PgCdc.Connectors.Detectors.Wal.Assembly;
using PgCdc.Connectors.Detectors.Wal.Opening;
using PgCdc.Connectors.Detectors.Wal.Session;
using PgCdc.Connectors.Shared.Postgres;
using PgCdc.Delivery;
using PgCdc.Engine.Configuration;
using PgCdc.Sources;

namespace PgCdc.Connectors.Detectors.Wal;

/// <summary>Reads PostgreSQL's write-ahead log through a replication slot. One per run; it remembers what it gave out over its connections.</summary>
internal sealed class WalDetector(WalDetectorOptions options, ConnectionSettings settings, ConnectorContext context)
    : ICheckpointedDetector, IValidateConnection
{
    private static readonly TimeSpan s_maxStatusInterval = TimeSpan.FromSeconds(10);
    private readonly ILogger _logger = context.Loggers.CreateLogger<WalDetector>();
    private readonly SourceOpener _opener = new(options, settings, context);
    private Delivered _delivered;
    private DetectorCheckpoint? _lastOrigin;
    private string? _gap;

    public string Source => AssemblySettings.Source;

    public string? CheckpointKey => options.EffectiveSlotName();

    public ICheckpointStore? OpenCheckpointStore() => new PgCheckpointStore(options.EffectiveCheckpointDb());

    public async Task<IDetectorSession> ConnectAsync(DetectorStart start, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        var source = await _opener.OpenAsync(start, cancellationToken).ConfigureAwait(false);
        ForgetWhatCannotComeAgain(source.Origin);
        _lastOrigin = source.Origin;
        return StartSession(source);
    }

    public Task ValidateConnectionAsync(CancellationToken cancellationToken) => _opener.CheckAsync(cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private WalSession StartSession(OpenedSource source)
    {
        var status = new StatusSender(source.Stream, StatusInterval(source.Server.WalSenderTimeout), source.Connection.Dispose);
        var pump = new StreamPump(source.Stream, status, Assembly(source), settings, context);
        var session = new WalSession(source.Connection, pump, status, source.Origin, batch => _delivered = _delivered.After(batch)) { Gap = _gap };
        session.Start();
        return session;
    }

    private AssemblySettings Assembly(OpenedSource source) => new()
    {
        SystemIdentifier = ulong.Parse(source.Origin.Identity.System!, CultureInfo.InvariantCulture),
        DatabaseOid = source.Server.DatabaseOid,
        Lineage = $"{source.Origin.Identity.System}/{source.Origin.Identity.Timeline}",
        PublishSchemas = options.IncludeSchema,
        PublishTransactions = options.TxMetadata || options.TxMarkers,
        Markers = options.TxMarkers,
        Delivered = _delivered,
    };

    /// <summary>
    /// A new temporary slot sends nothing again, but misses what happened in between. On another timeline the places of the old one may be
    /// taken by other transactions: some events twice are better than any of those skipped.
    /// </summary>
    private void ForgetWhatCannotComeAgain(DetectorCheckpoint origin)
    {
        if (_lastOrigin is null)
            return;

        if (origin.Identity.Slot is null)
            ReportGap(new Lsn(origin.LogBytes));

        if (origin.Identity.Slot is null || origin.Identity.Timeline != _lastOrigin.Identity.Timeline)
            _delivered = default;
    }

    private void ReportGap(Lsn now)
    {
        var last = _delivered.Mark > Lsn.None ? _delivered.Mark : new Lsn(_lastOrigin!.LogBytes);
        context.Metrics.SourceGapFound();
        _gap = $"changes between {last} and {now} may be lost; a persistent slot would have kept them";
        Log.GapFound(_logger, context.Name, last, now);
    }

    private static TimeSpan StatusInterval(TimeSpan walSenderTimeout)
    {
        var third = walSenderTimeout / 3;
        return third > TimeSpan.Zero && third < s_maxStatusInterval ? third : s_maxStatusInterval;
    }
}
