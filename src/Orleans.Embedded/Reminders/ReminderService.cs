using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Embedded.Activations;
using Orleans.Embedded.Cluster;
using Orleans.Embedded.Hosting;
using Orleans.Embedded.Scheduling;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Embedded.Reminders;

/// <summary>
/// Wakes grains at their times. The oldest active silo keeps the clock; when it goes, the next reads the records again, so
/// a tick may be missed or doubled there, as the contract of reminders allows.
/// </summary>
internal sealed class ReminderService(EmbeddedCluster cluster)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(GrainId, string), ReminderClock> _clocks = [];
    private readonly TurnQueue _turns = new(cluster.Dispatcher);
    private EmbeddedSilo? _keeper;

    public async Task<IGrainReminder> RegisterAsync(Activation activation, string name, TimeSpan dueTime, TimeSpan period)
    {
        var minimum = activation.Silo.Services.GetRequiredService<IOptions<ReminderOptions>>().Value.MinimumReminderPeriod;
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        if (period < minimum)
            throw new ArgumentException($"Cannot register reminder {name} with requested period ({period}) below the minimum ({minimum}).", nameof(period));
        var record = new ReminderRecord(activation.GrainId, name, activation.Silo.Time.GetUtcNow() + dueTime, period);
        await StoreOf(activation.Silo).WriteAsync(record);
        StartClock(record);
        return new Handle(name);
    }

    public async Task UnregisterAsync(EmbeddedSilo silo, GrainId grain, string name)
    {
        await StoreOf(silo).RemoveAsync(grain, name);
        StopClock((grain, name));
    }

    public static async Task<List<IGrainReminder>> ReadAsync(EmbeddedSilo silo, GrainId grain) =>
        [.. (await StoreOf(silo).ReadAllAsync()).Where(record => record.Grain == grain).Select(static record => new Handle(record.Name))];

    public void OnMembershipChanged()
    {
        lock (_lock)
        {
            var oldest = cluster.Silos.FirstOrDefault(static s => s.Status == SiloStatus.Active && s.Services.GetService<IReminderStore>() is not null);
            if (ReferenceEquals(oldest, _keeper))
                return;
            _keeper = oldest;
            StopAllClocks();
        }

        _turns.Post(static state => _ = ((ReminderService)state!).TakeOverAsync(), this);
    }

    private static IReminderStore StoreOf(EmbeddedSilo silo) => silo.Services.GetService<IReminderStore>()
        ?? throw new ReminderException("No reminder service is configured; call UseInMemoryReminderService or register an IReminderStore.");

    private async Task TakeOverAsync()
    {
        if (_keeper is not { } keeper)
            return;
        try
        {
            foreach (var record in await StoreOf(keeper).ReadAllAsync())
                StartClock(record);
        }
        catch (Exception error)
        {
            Log.RemindersUnreadable(keeper.Logger, error);
        }
    }

    private void StartClock(ReminderRecord record)
    {
        lock (_lock)
        {
            StopClock((record.Grain, record.Name));
            if (_keeper is { } keeper)
                _clocks[(record.Grain, record.Name)] = new ReminderClock(keeper, record);
        }
    }

    private void StopClock((GrainId Grain, string Name) key)
    {
        lock (_lock)
        {
            if (_clocks.Remove(key, out var clock))
                clock.Dispose();
        }
    }

    private void StopAllClocks()
    {
        foreach (var clock in _clocks.Values)
            clock.Dispose();
        _clocks.Clear();
    }

    private sealed record Handle(string ReminderName) : IGrainReminder;
}
