namespace Orleans.Embedded.Activations;

/// <summary>State that an activation reads before it starts.</summary>
internal interface IStoredState
{
    Task ReadStateAsync();
}
