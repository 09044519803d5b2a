namespace PgCdc.Engine.Diagnostics;

/// <summary>What is known of a component at one moment.</summary>
/// <param name="Name">detector, bus, or the adapter's name.</param>
/// <param name="State">How it is.</param>
/// <param name="LastError">Why it is not up; null when it is.</param>
/// <param name="LastSeen">When it last was up; the smallest value when it never was.</param>
public sealed record ComponentHealth(string Name, HealthState State, string? LastError, DateTimeOffset LastSeen);
