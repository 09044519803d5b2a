using PgCdc.Engine.Pipeline;
using Xunit;

namespace PgCdc.Engine.Tests.Pipeline;

public sealed class AsyncSignalTests
{
    [Fact]
    public void Set_BeforeWait_CompletesTheNextWaitOnly()
    {
        var signal = new AsyncSignal();
        signal.Set();
        signal.Set();

        Assert.True(signal.WaitAsync().AsTask().IsCompletedSuccessfully);
        Assert.False(signal.WaitAsync().AsTask().IsCompleted);
    }

    [Fact]
    public void Wait_SecondWaiter_IsRefused()
    {
        var signal = new AsyncSignal();
        _ = signal.WaitAsync().AsTask();

        Assert.Throws<InvalidOperationException>(() => { _ = signal.WaitAsync().AsTask(); });
    }

    [Fact]
    public async Task Set_WithAWaiter_DoesNotRunItsContinuation()
    {
        var signal = new AsyncSignal();
        var setting = 0;
        var within = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = WaitAsync();
        var thread = Environment.CurrentManagedThreadId;
        Volatile.Write(ref setting, thread);
        signal.Set();
        Volatile.Write(ref setting, 0);
        await waiting;

        Assert.NotEqual(thread, await within.Task);

        async Task WaitAsync()
        {
            await signal.WaitAsync().ConfigureAwait(false);
            within.SetResult(Volatile.Read(ref setting) == Environment.CurrentManagedThreadId ? Environment.CurrentManagedThreadId : -1);
        }
    }

    [Fact]
    public async Task Signal_ManySettersOneWaiter_LosesNoNews()
    {
        const int setters = 4;
        const int each = 50_000;
        var signal = new AsyncSignal();
        var produced = 0;
        var setting = Enumerable.Range(0, setters).Select(_ => Task.Run(() =>
        {
            for (var news = 0; news < each; news++)
            {
                Interlocked.Increment(ref produced);
                signal.Set();
            }
        }, TestContext.Current.CancellationToken)).ToArray();

        // A lost signal shows as a wait that never ends.
        while (Volatile.Read(ref produced) < setters * each)
            await signal.WaitAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        await Task.WhenAll(setting);
    }
}
