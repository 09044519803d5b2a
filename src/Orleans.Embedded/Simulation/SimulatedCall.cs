using Orleans.Runtime;

namespace Orleans.Embedded.Simulation;

/// <summary>A call that is about to be sent: to whom, and which method, as <c>Interface.Method</c>.</summary>
public sealed record SimulatedCall(GrainId Target, string Method);
