using Orleans.Embedded.Cluster;

namespace Orleans.Embedded.Serialization;

/// <summary>What a value crosses to reach <paramref name="Receiver"/>: a local call, or the border of a silo.</summary>
internal readonly record struct WireBoundary(ClusterNode Receiver, bool IsLocal);
