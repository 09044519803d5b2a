using PgCdc.Engine.Diagnostics;
using Xunit;

namespace PgCdc.Engine.Tests.Diagnostics;

public sealed class HealthTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly Health _health = new(new FixedTime(Noon));

    [Fact]
    public void Report_NothingRegistered_IsDown() => Assert.Equal(HealthState.Down, _health.Report().Status);

    [Fact]
    public void Component_BeforeItsFirstReport_IsDownAndNeverSeen()
    {
        _health.Component("bus");

        Assert.Equal([new ComponentHealth("bus", HealthState.Down, null, DateTimeOffset.MinValue)], _health.Report().Components);
    }

    [Fact]
    public void Report_OneDegraded_IsDegradedWithItsError()
    {
        _health.Component("detector").Up();
        _health.Component("detector").Degraded("connection refused");
        _health.Component("bus").Up();

        var report = _health.Report();

        Assert.Equal(HealthState.Degraded, report.Status);
        Assert.Equal(["bus", "detector"], report.Components.Select(component => component.Name));
        Assert.Equal(new ComponentHealth("detector", HealthState.Degraded, "connection refused", Noon), report.Components[1]);
    }

    [Fact]
    public void Report_OneDown_IsDown()
    {
        _health.Component("file").Down("disk full");
        _health.Component("bus").Degraded("waits");

        Assert.Equal(HealthState.Down, _health.Report().Status);
    }

    [Fact]
    public void Up_AfterAnError_ForgetsIt()
    {
        _health.Component("file").Degraded("disk full");
        _health.Component("file").Up();

        Assert.Equal([new ComponentHealth("file", HealthState.Up, null, Noon)], _health.Report().Components);
    }

    [Fact]
    public void Remove_ComponentDown_CountsNoMore()
    {
        _health.Component("file").Down("gone");
        _health.Component("bus").Up();
        _health.Remove("file");

        Assert.Equal(HealthState.Up, _health.Report().Status);
    }
}
