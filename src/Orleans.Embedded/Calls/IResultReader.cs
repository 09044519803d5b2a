namespace Orleans.Embedded.Calls;

/// <summary>Turns what a grain method returns into a task.</summary>
internal interface IResultReader<TResult>
{
    Task<TResult> Read(object? returned);
}
