using Microsoft.Extensions.Logging;
using PgCdc.Engine.Diagnostics;

namespace PgCdc.Engine.Configuration;

/// <summary>What a connector may use of its surroundings.</summary>
public sealed record ConnectorContext
{
    /// <summary>Name of the pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>Name of the connector within the pipeline; the type's name unless the configuration names it.</summary>
    public required string Name { get; init; }

    public required ILoggerFactory Loggers { get; init; }

    public required PgCdcMetrics Metrics { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Seeded source of randomness; not thread safe, one per connector.</summary>
    public required Random Random { get; init; }
}
