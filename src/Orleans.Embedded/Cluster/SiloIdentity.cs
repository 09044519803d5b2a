namespace Orleans.Embedded.Cluster;

/// <summary>Name and address of a silo in its cluster; nothing listens on the port.</summary>
internal sealed record SiloIdentity(string Name, int Port, int Generation);
