using Orleans.Embedded.Calls;
using Orleans.Embedded.Simulation;

namespace Orleans.Embedded.Cluster;

/// <summary>Decides what becomes of a call: the seam of fault injection.</summary>
internal interface ICallFaults
{
    CallFate Judge(MethodCall call);
}
