using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A silo of a test cluster.</summary>
public abstract class SiloHandle : IAsyncDisposable
{
    public short InstanceNumber { get; set; }

    public string Name { get; set; } = "";

    public SiloAddress SiloAddress { get; set; } = null!;

    public abstract bool IsActive { get; }

    public abstract Task StopSiloAsync(bool stopGracefully);

    public abstract ValueTask DisposeAsync();

    public override string ToString() => SiloAddress.ToString();
}
