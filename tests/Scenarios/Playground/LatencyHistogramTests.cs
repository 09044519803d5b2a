using PgCdc.Client.Cli.Commands.Playground;
using Xunit;

namespace PgCdc.Scenarios.Playground;

public sealed class LatencyHistogramTests
{
    private const double BucketWidth = 1.0 / 16;

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(10_000)]
    public void Quantiles_OfAnEvenSpread_AreWithinABucket(int unitMicroseconds)
    {
        var histogram = new LatencyHistogram();
        for (var i = 1; i <= 10_000; i++)
            histogram.Add(TimeSpan.FromMicroseconds(100 + ((double)i * unitMicroseconds)), 1);

        var (p50, p99) = histogram.Take();

        AssertClose(100 + (5_000.0 * unitMicroseconds), p50);
        AssertClose(100 + (9_900.0 * unitMicroseconds), p99);
    }

    [Fact]
    public void Take_StartsAnew()
    {
        var histogram = new LatencyHistogram();
        histogram.Add(TimeSpan.FromSeconds(1), 10);
        histogram.Take();
        histogram.Add(TimeSpan.FromMilliseconds(1), 1);

        AssertClose(1_000, histogram.Take().P99);
    }

    [Fact]
    public void Take_OfNothing_IsZero() => Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), new LatencyHistogram().Take());

    [Fact]
    public void ClocksThatDisagree_AreNoTrouble()
    {
        var histogram = new LatencyHistogram();
        histogram.Add(TimeSpan.FromSeconds(-3), 1);
        histogram.Add(TimeSpan.MaxValue, 1);

        Assert.True(histogram.Take().P50 < TimeSpan.FromMilliseconds(1));
    }

    private static void AssertClose(double expectedMicroseconds, TimeSpan actual) =>
        Assert.InRange(actual.TotalMicroseconds, expectedMicroseconds * (1 - BucketWidth), expectedMicroseconds * (1 + BucketWidth));
}
