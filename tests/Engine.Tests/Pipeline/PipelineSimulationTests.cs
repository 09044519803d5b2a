using System.Globalization;
using Xunit;
using Xunit.Sdk;

namespace PgCdc.Engine.Tests.Pipeline;

/// <summary>
/// Whole pipelines under random failures, deaths of adapter incarnations and deaths of the process at any await. One seed, one history:
/// <c>PGCDC_SEED</c> repeats it; <c>PGCDC_SOAK=1</c> tries many more.
/// </summary>
public sealed class PipelineSimulationTests
{
    [Fact]
    public void Pipeline_RandomFailuresAndDeaths_LosesAndInventsNothing()
    {
        foreach (var seed in Seeds())
        {
            try
            {
                new SimulatedPipeline(seed).LiveAndDie();
            }
            catch (Exception error)
            {
                throw new XunitException($"PGCDC_SEED={seed}: {error}");
            }
        }
    }

    [Fact]
    public void Simulation_SameSeed_IsTheSameHistory()
    {
        var (one, other) = (new SimulatedPipeline(4711), new SimulatedPipeline(4711));
        one.LiveAndDie();
        other.LiveAndDie();

        Assert.NotEmpty(one.History);
        Assert.Equal(one.History, other.History);
    }

    private static IEnumerable<int> Seeds()
    {
        if (Environment.GetEnvironmentVariable("PGCDC_SEED") is { } seed)
            return [int.Parse(seed, CultureInfo.InvariantCulture)];

        return Enumerable.Range(1, Environment.GetEnvironmentVariable("PGCDC_SOAK") == "1" ? 20_000 : 300);
    }
}
