using Microsoft.Extensions.Logging;
using PgCdc.Connectors.Detectors.Wal.Slots;
using PgCdc.Connectors.Shared.Postgres;
using PgCdc.Engine.Configuration;
using PgCdc.Sources;

namespace PgCdc.Connectors.Detectors.Wal.Opening;

/// <summary>Opens the source, with every check that can refuse it. One per run: it knows the run's earlier connections.</summary>
internal sealed class SourceOpener(WalDetectorOptions options, ConnectionSettings settings, ConnectorContext context)
{
    /// <summary>A server may compute for a while without a word; no shorter silence means a dead connection.</summary>
    private static readonly TimeSpan s_minIdleTimeout = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan s_defaultIdleTimeout = TimeSpan.FromSeconds(60);

    private readonly ILogger _logger = context.Loggers.CreateLogger<WalDetector>();
    private readonly Preflight _preflight = new(options, settings, context.Loggers.CreateLogger<WalDetector>(), context.Name);
    private readonly HashSet<int> _ownProcesses = [];
    private string? _cluster;

    /// <exception cref="Errors.DetectorException">The source cannot be reached, or refuses, or reading it would leave a gap.</exception>
    public async Task<OpenedSource> OpenAsync(DetectorStart start, CancellationToken cancellationToken)
    {
        try
        {
            var catalog = await SourceCatalog.OpenAsync(settings, cancellationToken).ConfigureAwait(false);
            await using var closing = catalog.ConfigureAwait(false);
            var server = await _preflight.CheckAsync(catalog, cancellationToken).ConfigureAwait(false);
            return await OpenAsync(start, catalog, server, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is PostgresSessionException or ConnectionSettingsException)
        {
            throw SourceErrors.Of(error, settings);
        }
    }

    /// <summary>Makes the checks that need no slot and change nothing.</summary>
    /// <exception cref="Errors.DetectorException">The source cannot be reached, or refuses.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var catalog = await SourceCatalog.OpenAsync(settings, cancellationToken).ConfigureAwait(false);
        await using var closing = catalog.ConfigureAwait(false);
        await _preflight.CheckAsync(catalog, cancellationToken).ConfigureAwait(false);
    }

    private async Task<OpenedSource> OpenAsync(DetectorStart start, SourceCatalog catalog, ServerFacts server, CancellationToken cancellationToken)
    {
        var name = ApplicationName.Of(start.Pipeline, start.Epoch);
        var connection = await ConnectAsync(name, server, cancellationToken).ConfigureAwait(false);
        try
        {
            var source = await Task.Run(() => Identification.Ask(connection, cancellationToken), cancellationToken).ConfigureAwait(false);
            DemandSameCluster(source.System.SystemIdentifier);
            _ownProcesses.Add(source.ProcessId);

            var identity = Identity(source.System, server);
            var takeover = new SlotTakeover(catalog, name, _ownProcesses, context) { IsReconnect = _cluster is not null, HasCheckpoint = start.Checkpoint is not null };
            var opener = new SlotOpener(
                options.EffectivePublication(), ct => _preflight.MakePublicationAsync(catalog, server, ct), _logger, context);
            var slot = await OpenSlotAsync(opener, connection, takeover, start, identity, cancellationToken).ConfigureAwait(false);

            // Whoever held the slot before has let go of it.
            _ownProcesses.RemoveWhere(process => process != source.ProcessId);
            _cluster = source.System.SystemIdentifier;
            return new OpenedSource
            {
                Connection = connection,
                Stream = slot.Stream,
                Origin = new DetectorCheckpoint(slot.Start.Position, slot.Start.Value, identity),
                Server = server,
            };
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private Task<ReplicationConnection> ConnectAsync(ApplicationName name, ServerFacts server, CancellationToken cancellationToken)
    {
        var wire = new ReplicationSessionOptions
        {
            ApplicationName = name.ToString(),
            IdleTimeout = IdleTimeout(server.WalSenderTimeout),
            TimeProvider = context.Time,
        };
        return Task.Run(() => ReplicationConnection.Open(settings, wire, cancellationToken), cancellationToken);
    }

    private static Task<OpenedSlot> OpenSlotAsync(
        SlotOpener opener, ReplicationConnection connection, SlotTakeover takeover, DetectorStart start, SourceIdentity identity,
        CancellationToken cancellationToken)
    {
        if (identity.Slot is not { } slot)
            return opener.OpenTemporaryAsync(connection, cancellationToken);

        // A checkpoint without a slot was made with a temporary one, which is gone: it says nothing about this slot.
        var checkpoint = start.Checkpoint?.Identity.Slot is null ? null : start.Checkpoint;
        var situation = new SlotSituation
        {
            Slot = slot,
            Identity = identity,
            Checkpoint = checkpoint,
            Exported = checkpoint is null && start.Exported is { IsEmpty: false } exported ? Lsn.Parse(exported.Value) : null,
        };
        return opener.OpenPersistentAsync(connection, takeover, situation, cancellationToken);
    }

    private SourceIdentity Identity(SystemIdentity system, ServerFacts server) => new()
    {
        System = system.SystemIdentifier,
        Timeline = (uint)system.Timeline,
        Database = server.Database,
        Slot = options.EffectiveSlotName(),
    };

    /// <summary>What the run gave out so far means nothing to another cluster.</summary>
    private void DemandSameCluster(string seen)
    {
        if (_cluster is not null && _cluster != seen)
            throw SourceErrors.OtherCluster(_cluster, seen, settings);
    }

    private static TimeSpan IdleTimeout(TimeSpan walSenderTimeout)
    {
        if (walSenderTimeout == TimeSpan.Zero)
            return s_defaultIdleTimeout;

        return walSenderTimeout > s_minIdleTimeout ? walSenderTimeout : s_minIdleTimeout;
    }
}
