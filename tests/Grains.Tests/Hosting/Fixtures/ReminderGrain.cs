namespace PgCdc.Grains.Tests.Hosting.Fixtures;

public sealed class ReminderGrain(Signals signals) : Grain, IReminderGrain, IRemindable
{
    private bool _wasStartedHere;

    public async Task StartAsync(string name, TimeSpan period)
    {
        _wasStartedHere = true;
        await this.RegisterOrUpdateReminder(name, period, period);
    }

    public async Task StartAndLeaveAsync(string name, TimeSpan period)
    {
        await StartAsync(name, period);
        DeactivateOnIdle();
    }

    public async Task StopAsync(string name)
    {
        if (await this.GetReminder(name) is { } reminder)
            await this.UnregisterReminder(reminder);
    }

    public async Task<bool> IsRegisteredAsync(string name) => await this.GetReminder(name) is not null;

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        signals.Hit(_wasStartedHere ? $"{reminderName} in the first activation" : $"{reminderName} in a later activation");
        return Task.CompletedTask;
    }
}
