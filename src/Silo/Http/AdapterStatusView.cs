namespace PgCdc.Silo.Http;

/// <summary>An adapter as the API shows it.</summary>
public sealed record AdapterStatusView
{
    public required string Name { get; init; }

    /// <summary>up, degraded or down.</summary>
    public required string Status { get; init; }

    /// <summary>Change events accepted and not yet acked.</summary>
    public long Unacked { get; init; }

    public string? Error { get; init; }
}
