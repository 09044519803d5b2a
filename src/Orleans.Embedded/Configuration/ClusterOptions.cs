namespace Orleans.Configuration;

/// <summary>Names of the cluster.</summary>
public sealed class ClusterOptions
{
    public string ClusterId { get; set; } = "dev";

    public string ServiceId { get; set; } = "dev";
}
