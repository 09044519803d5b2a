using Microsoft.Extensions.Logging;
using PgCdc.Connectors.Detectors.Wal.Slots;
using PgCdc.Connectors.Shared.Postgres;

namespace PgCdc.Connectors.Detectors.Wal.Opening;

/// <summary>Checks that the server can be captured from, and makes the publication of all tables when it was asked for.</summary>
internal sealed class Preflight(WalDetectorOptions options, ConnectionSettings settings, ILogger logger, string detector)
{
    /// <exception cref="Errors.DetectorException">The server or database is not ready.</exception>
    public async Task<ServerFacts> RunAsync(SourceCatalog catalog, CancellationToken cancellationToken)
    {
        var publication = options.EffectivePublication();
        var server = await catalog.ReadServerAsync(publication, cancellationToken).ConfigureAwait(false);
        if (server.WalLevel != "logical")
            throw SourceErrors.WalLevel(server.WalLevel, settings);

        if (server.HasPublication)
            return server;

        if (!options.AllTables)
            throw SourceErrors.NoPublication(publication, server.Database);

        await catalog.CreatePublicationAsync(publication, cancellationToken).ConfigureAwait(false);
        Log.PublicationMade(logger, detector, publication);
        return server;
    }
}
