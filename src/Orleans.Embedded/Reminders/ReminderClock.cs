using Orleans.Embedded.Cluster;
using Orleans.Embedded.Hosting;
using Orleans.Embedded.Scheduling;
using Orleans.Runtime;

namespace Orleans.Embedded.Reminders;

/// <summary>Ticks for one reminder; a tick that takes longer than the period swallows those due meanwhile.</summary>
internal sealed class ReminderClock : IDisposable
{
    private readonly Lock _lock = new();
    private readonly EmbeddedSilo _keeper;
    private readonly ReminderRecord _record;
    private readonly TurnQueue _turns;
    private readonly ITimer _timer;
    private bool _isStopped;

    public ReminderClock(EmbeddedSilo keeper, ReminderRecord record)
    {
        (_keeper, _record, _turns) = (keeper, record, new TurnQueue(keeper.Cluster.Dispatcher));
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
        {
            _timer = keeper.Time.CreateTimer(
                static state => ((ReminderClock)state!).OnDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        ArmForNextTick();
    }

    public void Dispose()
    {
        lock (_lock)
            _isStopped = true;
        _timer.Dispose();
    }

    private void OnDue() => _turns.Post(static state => _ = ((ReminderClock)state!).TickAsync(), this);

    private async Task TickAsync()
    {
        try
        {
            var grain = _keeper.GrainFactory.GetGrain<IRemindable>(_record.Grain);
            var status = new TickStatus(_record.FirstTick.UtcDateTime, _record.Period, _keeper.Time.GetUtcNow().UtcDateTime);
            await grain.ReceiveReminder(_record.Name, status);
        }
        catch (Exception error)
        {
            Log.ReminderFailed(_keeper.Logger, _record.Name, _record.Grain, error);
        }

        ArmForNextTick();
    }

    private void ArmForNextTick()
    {
        lock (_lock)
        {
            if (!_isStopped)
                _timer.Change(TimeToNextTick(), Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Ticks stay on the grid of first tick and period, however long a tick took.</summary>
    private TimeSpan TimeToNextTick()
    {
        var late = _keeper.Time.GetUtcNow() - _record.FirstTick;
        return late < TimeSpan.Zero ? -late : TimeSpan.FromTicks(_record.Period.Ticks - (late.Ticks % _record.Period.Ticks));
    }
}
