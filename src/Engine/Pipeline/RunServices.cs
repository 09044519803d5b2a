using Microsoft.Extensions.Logging;
using PgCdc.Engine.Diagnostics;

namespace PgCdc.Engine.Pipeline;

/// <summary>Surroundings of a run.</summary>
/// <param name="Time">The only clock.</param>
/// <param name="Random">Seeds further generators; used under a lock by nobody else.</param>
/// <param name="Metrics">The meter.</param>
/// <param name="Loggers">Makes loggers.</param>
public sealed record RunServices(TimeProvider Time, Random Random, PgCdcMetrics Metrics, ILoggerFactory Loggers)
{
    /// <summary>A generator of its own for a part that runs beside others.</summary>
    public Random Fork() => new(Random.Next());
}
