using Microsoft.Extensions.Logging;
using PgCdc.Connectors.Detectors.Wal.Slots;
using PgCdc.Connectors.Shared.Postgres;

namespace PgCdc.Connectors.Detectors.Wal.Opening;

/// <summary>Checks that the server can be captured from, and makes the publication of all tables when it was asked for.</summary>
internal sealed class Preflight(WalDetectorOptions options, ConnectionSettings settings, ILogger logger, string detector)
{
    /// <summary>Checks without changing anything.</summary>
    /// <exception cref="Errors.DetectorException">The server or database is not ready.</exception>
    public async Task<ServerFacts> CheckAsync(SourceCatalog catalog, CancellationToken cancellationToken)
    {
        var publication = options.EffectivePublication();
        var server = await catalog.ReadServerAsync(publication, cancellationToken).ConfigureAwait(false);
        if (server.WalLevel != "logical")
            throw SourceErrors.WalLevel(server.WalLevel, settings);

        return server.HasPublication || options.AllTables ? server : throw SourceErrors.NoPublication(publication, server.Database);
    }

    /// <summary>Makes the publication if it is missing. Called when nothing else can refuse the start any more.</summary>
    /// <exception cref="Errors.DetectorException">It could not be made.</exception>
    public async Task MakePublicationAsync(SourceCatalog catalog, ServerFacts server, CancellationToken cancellationToken)
    {
        if (server.HasPublication)
            return;

        var publication = options.EffectivePublication();
        await catalog.CreatePublicationAsync(publication, cancellationToken).ConfigureAwait(false);
        Log.PublicationMade(logger, detector, publication);
    }
}
