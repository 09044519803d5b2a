using System.Reflection;
using Orleans.Embedded.Calls;
using Orleans.Embedded.Cluster;

#pragma warning disable CA1033, CA1067 // References are proxies: equality is theirs alone.
namespace Orleans.Runtime;

/// <summary>Refers to a grain or an observer by identity; equal references mean the same one.</summary>
public class GrainReference : DispatchProxy, IAddressable, IEquatable<GrainReference>
{
    private GrainInterface? _interface;
    private ClusterNode? _node;

    public GrainId GrainId { get; private set; }

    internal ClusterNode Node => _node!;

    internal Type InterfaceType { get; private set; } = typeof(IAddressable);

    public static bool operator ==(GrainReference? reference1, GrainReference? reference2) =>
        reference1 is null ? reference2 is null : reference1.Equals(reference2);

    public static bool operator !=(GrainReference? reference1, GrainReference? reference2) => !(reference1 == reference2);

    public bool Equals(GrainReference? other) => other is not null && GrainId.Equals(other.GrainId);

    public override bool Equals(object? obj) => obj is GrainReference other && Equals(other);

    public override int GetHashCode() => GrainId.GetHashCode();

    public override string ToString() => $"GrainReference:{GrainId}";

    internal static GrainReference Create(ClusterNode node, Type interfaceType, GrainId id)
    {
        var reference = (GrainReference)Create(interfaceType, typeof(GrainReference));
        reference._node = node;
        reference._interface = GrainInterface.Of(interfaceType);
        reference.GrainId = id;
        reference.InterfaceType = interfaceType;
        return reference;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        _interface![targetMethod!].Send(this, args ?? []);
}
