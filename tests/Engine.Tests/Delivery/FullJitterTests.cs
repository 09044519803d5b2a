using PgCdc.Engine.Delivery;
using Xunit;

namespace PgCdc.Engine.Tests.Delivery;

public sealed class FullJitterTests
{
    private static readonly TimeSpan s_base = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_cap = TimeSpan.FromSeconds(32);

    [Fact]
    public void Waits_AnyAttempt_LieBetweenFloorAndTheDoubledBound()
    {
        var jitter = new FullJitter(s_base, s_cap, new Random(1));
        for (var attempt = 0; attempt < 2_000; attempt++)
            Assert.InRange(jitter.Next(), FullJitter.Floor, TimeSpan.FromSeconds(Math.Min(32, Math.Pow(2, attempt))));
    }

    [Fact]
    public void Waits_AtTheCap_AreSpreadOverAllOfIt()
    {
        var jitter = new FullJitter(s_base, s_cap, new Random(1));
        var waits = Enumerable.Range(0, 4_000).Select(_ => jitter.Next().TotalSeconds).Skip(6).ToArray();

        Assert.InRange(waits.Average(), 15, 17);
        Assert.InRange(waits.Max(), 31.5, 32);
        Assert.InRange(waits.Min(), 0.1, 0.3);
    }

    [Fact]
    public void Reset_AfterFailures_StartsAnew()
    {
        var jitter = new FullJitter(s_base, s_cap, new Random(1));
        for (var round = 0; round < 100; round++)
        {
            _ = (jitter.Next(), jitter.Next(), jitter.Next());
            jitter.Reset();
            Assert.InRange(jitter.Next(), FullJitter.Floor, s_base);
            jitter.Reset();
        }
    }

    [Fact]
    public void Waits_CapBelowTheFloor_AreTheFloor() =>
        Assert.Equal(FullJitter.Floor, new FullJitter(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1), new Random(1)).Next());
}
