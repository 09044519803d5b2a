using System.Collections.Concurrent;

namespace PgCdc.Connectors.Shared.Blocking;

/// <summary>
/// A thread of its own for calls that block, such as fsync or a write to a slow reader, so that they cost the thread pool nothing. Runs one
/// call at a time, in order. A call that never ends does not keep the process alive.
/// </summary>
internal sealed class BlockingThread : IDisposable
{
    private const int StackBytes = 256 * 1024;

    private readonly BlockingCollection<Call> _calls = [];

    public BlockingThread(string name)
    {
        var thread = new Thread(Run, StackBytes) { IsBackground = true, Name = name };
        thread.Start();
    }

    /// <summary>Ends when the call has ended, with its exception if it threw.</summary>
    public Task RunAsync(Action call)
    {
        var queued = new Call(call);
        _calls.Add(queued);
        return queued.Done.Task;
    }

    /// <summary>Ends the thread after the calls that are queued; does not wait for them.</summary>
    public void Dispose() => _calls.CompleteAdding();

    private void Run()
    {
        foreach (var call in _calls.GetConsumingEnumerable())
            call.Run();
    }

    private sealed class Call(Action action)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Run()
        {
            try
            {
                action();
                Done.SetResult();
            }
            catch (Exception error) // handed to the one who waits
            {
                Done.SetException(error);
            }
        }
    }
}
