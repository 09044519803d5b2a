using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>State of one activation, read before it starts and written when the grain says so.</summary>
public interface IPersistentState<TState> : IStorage<TState>;
