using Microsoft.Extensions.Logging;
using PgCdc.Configuration;
using PgCdc.Grains.Interfaces;
using PgCdc.Grains.Interfaces.Messages;

namespace PgCdc.Grains.Pipelines;

/// <summary>
/// Keeps the names and definitions of pipelines and brings wanted ones back: at once when a silo left, else by a reminder each minute.
/// </summary>
public sealed class PipelineDirectoryGrain(
    [PersistentState("directory", GrainStorageNames.State)] IPersistentState<PipelineDirectoryState> state,
    ILogger<PipelineDirectoryGrain> log) : Grain, IPipelineDirectoryGrain, IRemindable
{
    private const string ReminderName = "pgcdc-net";
    private static readonly TimeSpan s_watchInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_reminderInterval = TimeSpan.FromMinutes(1);

    private HashSet<SiloAddress> _silos = [];

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _silos = await ActiveSilosAsync();
        this.RegisterGrainTimer(
            static (grain, _) => grain.WatchSilosAsync(), this, new GrainTimerCreationOptions(s_watchInterval, s_watchInterval) { KeepAlive = true });
    }

    public async Task<Fault?> CreateAsync(PipelineDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (state.State.Pipelines.ContainsKey(definition.Name))
            return new Fault(ErrorCode.InvalidConfiguration, $"Pipeline '{definition.Name}' exists already; remove it first or choose another name.");

        await PutAsync(definition.Name, new DirectoryEntry(definition, IsWanted: false));
        return null;
    }

    public async Task<Fault?> RemoveAsync(string name)
    {
        if (!state.State.Pipelines.TryGetValue(name, out _))
            return new Fault(ErrorCode.InvalidConfiguration, $"There is no pipeline '{name}'.");

        var status = await Pipeline(name).GetStatusAsync();
        if (status.Condition is not (PipelineCondition.Stopped or PipelineCondition.Failed))
            return new Fault(ErrorCode.InvalidConfiguration, $"Pipeline '{name}' is {status.Condition}; stop it before removing it.");

        await PutAsync(name, null);
        return null;
    }

    public async Task<PipelineStatus?> StartAsync(string name)
    {
        if (!state.State.Pipelines.TryGetValue(name, out var entry))
            return null;

        await PutAsync(name, entry with { IsWanted = true });
        await this.RegisterOrUpdateReminder(ReminderName, s_reminderInterval, s_reminderInterval);
        return await Pipeline(name).StartAsync(entry.Definition);
    }

    public async Task<PipelineStatus?> StopAsync(string name)
    {
        if (!state.State.Pipelines.TryGetValue(name, out var entry))
            return null;

        await PutAsync(name, entry with { IsWanted = false });
        return await Pipeline(name).StopAsync();
    }

    public Task<IReadOnlyList<string>> ListAsync() =>
        Task.FromResult<IReadOnlyList<string>>(state.State.Pipelines.Keys.Order(StringComparer.Ordinal).ToArray());

    public Task ReceiveReminder(string reminderName, TickStatus status) => BringBackAsync();

    private IPipelineGrain Pipeline(string name) => GrainFactory.GetGrain<IPipelineGrain>(name);

    private async Task WatchSilosAsync()
    {
        var now = await ActiveSilosAsync();
        var someLeft = !_silos.IsSubsetOf(now);
        _silos = now;
        if (someLeft)
            await BringBackAsync();
    }

    private async Task<HashSet<SiloAddress>> ActiveSilosAsync()
    {
        var hosts = await GrainFactory.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true);
        return [.. hosts.Keys];
    }

    private async Task BringBackAsync()
    {
        foreach (var (name, entry) in state.State.Pipelines)
        {
            if (entry.IsWanted)
                await BringBackAsync(entry.Definition);
        }
    }

    private async Task BringBackAsync(PipelineDefinition definition)
    {
        try
        {
            await Pipeline(definition.Name).EnsureRunningAsync(definition);
        }
        catch (Exception error)
        {
            // The reminder calls again.
            Log.NotBroughtBack(log, definition.Name, error.Message);
        }
    }

    private async Task PutAsync(string name, DirectoryEntry? entry)
    {
        var pipelines = new SortedDictionary<string, DirectoryEntry>(state.State.Pipelines.ToDictionary(), StringComparer.Ordinal);
        if (entry is null)
            pipelines.Remove(name);
        else
            pipelines[name] = entry;

        var before = state.State;
        state.State = before with { Pipelines = pipelines };
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            state.State = before;
            throw;
        }
    }
}
