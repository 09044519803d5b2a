using Orleans.Embedded.Cluster;
using Orleans.Embedded.Scheduling;
using Orleans.Runtime;

namespace Orleans.Embedded.Calls;

/// <summary>A method call that yields a <typeparamref name="TResult"/>.</summary>
internal sealed class MethodCall<TResult>(
    ClusterNode sender, GrainId target, GrainMethod method, object?[] arguments, IResultReader<TResult> reader)
    : MethodCall(sender, target, method, arguments)
{
    private readonly TaskCompletionSource<TResult> _completion = sender.Cluster.NewCompletion<TResult>();

    public Task<TResult> Task => _completion.Task;

    private ITurnDispatcher Dispatcher => Sender.Cluster.Dispatcher;

    public override bool IsAbandoned => Task.IsCompleted && !Method.IsOneWay;

    public override void Run(object target, IRequestEnd ended)
    {
        if (TaskScheduler.Current is TurnQueue turns)
            Cancellation?.BindTo(turns);
        Task<TResult> running;
        try
        {
            running = reader.Read(Method.Invoke(target, Arguments));
        }
        catch (Exception error)
        {
            running = System.Threading.Tasks.Task.FromException<TResult>(error);
        }

        if (running.IsCompletedSuccessfully)
            End(running.Result, ended);
        else
            _ = EndLaterAsync(running, ended);
    }

    public override void Fail(Exception error)
    {
        if (Task.IsCompleted)
            return;
        Forget();
        Answer(error);
    }

    public override void Cancel(CancellationToken token)
    {
        if (Task.IsCompleted)
            return;
        Forget();
        Answer(new OperationCanceledException(token));
    }

    /// <summary>The caller of a one-way call does not wait.</summary>
    public void CompleteAtOnce() => _completion.TrySetResult(default!);

    private async Task EndLaterAsync(Task<TResult> running, IRequestEnd ended)
    {
        try
        {
            End(await running, ended);
        }
        catch (Exception error)
        {
            if (!IsResponseLost)
                Answer(error);
            Leave(ended);
        }
    }

    private void End(TResult result, IRequestEnd ended)
    {
        if (!IsResponseLost)
            Answer(result);
        Leave(ended);
    }

    private void Answer(Exception error)
    {
        if (Dispatcher.DefersAnswers)
            Dispatcher.Defer(() => SetError(error));
        else
            SetError(error);
    }

    private void SetError(Exception error)
    {
        if (error is OperationCanceledException cancelled)
            _completion.TrySetCanceled(cancelled.CancellationToken);
        else
            _completion.TrySetException(error);
    }

    private void Answer(TResult result)
    {
        if (Task.IsCompleted)
            return;
        try
        {
            var copy = Method.CopyResult(this, result);
            if (Dispatcher.DefersAnswers)
                DeferResult(copy);
            else
                _completion.TrySetResult(copy);
        }
        catch (Exception error)
        {
            Answer(error);
        }
    }

    /// <summary>Apart from <see cref="Answer(TResult)"/>, whose usual way allocates nothing.</summary>
    private void DeferResult(TResult result) => Dispatcher.Defer(() => _completion.TrySetResult(result));

    private void Leave(IRequestEnd ended)
    {
        if (!IsResponseLost)
            Forget();
        ended.OnEnded(this);
    }

    private void Forget()
    {
        Sender.Timeouts.Remove(this);
        Cancellation?.Release();
    }
}
