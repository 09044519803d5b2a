using Orleans.Embedded.Calls;

namespace Orleans.Embedded.Cluster;

/// <summary>Decides what becomes of a call: the seam of fault injection.</summary>
internal interface ICallFaults
{
    CallFate Judge(MethodCall call);
}
