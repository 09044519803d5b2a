namespace PgCdc.Grains.Tests.Hosting.Fixtures;

/// <summary>One per silo: what a grain received last, as an object.</summary>
public sealed class Exchange
{
    public object? Received { get; set; }
}
