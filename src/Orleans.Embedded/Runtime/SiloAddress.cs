using System.Net;

namespace Orleans.Runtime;

/// <summary>Identity of one start of a silo.</summary>
public sealed record SiloAddress
{
    private SiloAddress(IPEndPoint endpoint, int generation) => (Endpoint, Generation) = (endpoint, generation);

    public IPEndPoint Endpoint { get; }

    public int Generation { get; }

    public static SiloAddress New(IPEndPoint ep, int gen) => new(ep, gen);

    public static SiloAddress New(IPAddress address, int port, int generation) => new(new IPEndPoint(address, port), generation);

    public override string ToString() => $"S{Endpoint}:{Generation}";
}
