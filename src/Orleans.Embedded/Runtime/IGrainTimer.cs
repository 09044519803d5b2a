namespace Orleans.Runtime;

/// <summary>A timer of an activation; its callbacks are turns of the grain. Disposing stops it.</summary>
public interface IGrainTimer : IDisposable
{
    void Change(TimeSpan dueTime, TimeSpan period);
}
