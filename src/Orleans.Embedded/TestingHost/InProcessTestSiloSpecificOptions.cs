namespace Orleans.TestingHost;

/// <summary>What distinguishes one silo of a test cluster.</summary>
public sealed class InProcessTestSiloSpecificOptions
{
    public string SiloName { get; set; } = "";

    public int SiloPort { get; set; }
}
