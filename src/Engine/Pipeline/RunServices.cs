using Microsoft.Extensions.Logging;
using PgCdc.Engine.Diagnostics;

namespace PgCdc.Engine.Pipeline;

/// <summary>Surroundings of a run. Thread safe.</summary>
/// <param name="Time">The only clock.</param>
/// <param name="Random">Seeds further generators; only <see cref="Fork"/> uses it.</param>
/// <param name="Metrics">The meter.</param>
/// <param name="Loggers">Makes loggers.</param>
public sealed record RunServices(TimeProvider Time, Random Random, PgCdcMetrics Metrics, ILoggerFactory Loggers)
{
    /// <summary>A generator of its own for a part that runs beside others.</summary>
    public Random Fork()
    {
        lock (Random)
            return new Random(Random.Next());
    }
}
