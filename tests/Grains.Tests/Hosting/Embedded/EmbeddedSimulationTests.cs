using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded.Reminders;
using Orleans.Embedded.Simulation;
using Orleans.Storage;
using PgCdc.Grains.Tests.Hosting.Fixtures;
using Xunit;

namespace PgCdc.Grains.Tests.Hosting.Embedded;

public sealed class EmbeddedSimulationTests : IDisposable
{
    private readonly List<EmbeddedSimulation> _simulations = [];
    private readonly Signals _signals = new();
    private readonly SharedStorage _storage = new();

    public void Dispose() => _simulations.ForEach(static simulation => simulation.Dispose());

    [Fact]
    public void Seed_TheSame_GivesTheSameOrder()
    {
        Assert.Equal(OrderOf(seed: 7), OrderOf(seed: 7));
    }

    [Fact]
    public void Seed_Another_GivesAnotherOrder()
    {
        Assert.NotEqual(OrderOf(seed: 7), OrderOf(seed: 8));
    }

    [Fact]
    public void VirtualTime_TimeoutsTakeNoTime()
    {
        var simulation = NewSimulation(seed: 1);
        simulation.OnCall = static _ => CallFate.Drop;

        Assert.Throws<TimeoutException>(() => simulation.Run(() => Counter(simulation, "lost").AddSlowlyAsync(1)));
        Assert.Equal(TimeSpan.FromSeconds(30), simulation.Time.Elapsed);
    }

    [Fact]
    public void CallFate_LoseResponse_TheCallRanAndTheCallerTimesOut()
    {
        var simulation = NewSimulation(seed: 1);
        simulation.OnCall = static _ => CallFate.LoseResponse;
        Assert.Throws<TimeoutException>(() => simulation.Run(() => Counter(simulation, "ran").AddSlowlyAsync(5)));
        simulation.OnCall = null;

        Assert.Equal(5, simulation.Run(() => Counter(simulation, "ran").AddSlowlyAsync(0)));
    }

    [Fact]
    public void CallFate_Reject_TheCallerKnowsAtOnce()
    {
        var simulation = NewSimulation(seed: 1);
        simulation.OnCall = static call => call.Method == "ITurnsGrain.AddSlowlyAsync" ? CallFate.Reject : CallFate.Deliver;

        Assert.Throws<OrleansMessageRejectionException>(() => simulation.Run(() => Counter(simulation, "refused").AddSlowlyAsync(5)));
        Assert.Equal(TimeSpan.Zero, simulation.Time.Elapsed);
    }

    [Fact]
    public void Silo_KilledAtATurn_RunsNoFurtherTurn()
    {
        var simulation = NewSimulation(seed: 3, silos: 2);
        var counter = Counter(simulation, "killed");
        simulation.AtTurn(3, () => simulation.Kill(simulation.Cluster.Silos[0]));

        Assert.Throws<SiloUnavailableException>(() => simulation.Run(() => counter.AddSlowlyAsync(1)));
        Assert.Equal(0, simulation.Run(() => counter.AddSlowlyAsync(0)));
    }

    [Fact]
    public void IdleGrain_AfterTheCollectionAge_IsDeactivated()
    {
        var simulation = NewSimulation(seed: 1);
        simulation.Run(async () =>
        {
            await simulation.Client.GetGrain<ILifeGrain>("idle").ActivationAsync();
            await Task.Delay(TimeSpan.FromMinutes(14), simulation.Time);
            Assert.Equal(["activated"], _signals.Read("idle"));
            await Task.Delay(TimeSpan.FromMinutes(3), simulation.Time);
        });

        Assert.Equal(["activated", "deactivated: ActivationIdle"], _signals.Read("idle"));
    }

    [Fact]
    public void Reminder_InAStoreThatOutlivesTheProcess_ComesAfterARestart()
    {
        var store = new KeptReminders();
        var before = NewSimulation(seed: 1, configure: silo => silo.Services.AddSingleton<IReminderStore>(store));
        before.Run(() => before.Client.GetGrain<IReminderGrain>("kept").StartAsync("daily", TimeSpan.FromHours(24)));
        before.Dispose();
        var after = NewSimulation(seed: 2, configure: silo => silo.Services.AddSingleton<IReminderStore>(store));
        after.Run(() => Task.Delay(TimeSpan.FromHours(23), after.Time));
        var beforeItsTime = _signals.Count("daily in a later activation");
        after.TimeLimit = TimeSpan.FromDays(3);
        after.Run(() => Task.Delay(TimeSpan.FromHours(26), after.Time));

        Assert.Equal(0, beforeItsTime);
        Assert.Equal(2, _signals.Count("daily in a later activation"));
    }

    [Fact]
    public void Body_ThatWaitsForEver_IsReportedWithItsSeed()
    {
        var simulation = NewSimulation(seed: 42);
        simulation.TimeLimit = TimeSpan.FromHours(1);

        var error = Assert.Throws<TimeoutException>(() => simulation.Run(static () => new TaskCompletionSource().Task));
        Assert.Contains("seed 42", error.Message, StringComparison.Ordinal);
    }

    private static ITurnsGrain Counter(EmbeddedSimulation simulation, string key) => simulation.Client.GetGrain<ITurnsGrain>(key);

    /// <summary>Eight grains write to one journal, each in three turns.</summary>
    private string[] OrderOf(int seed)
    {
        var journal = Guid.NewGuid().ToString("N");
        var simulation = NewSimulation(seed);
        simulation.Run(() => Task.WhenAll(Enumerable.Range(0, 8).Select(
            number => simulation.Client.GetGrain<IWriterGrain>(number).WriteAsync(journal, 3))));
        return _signals.Read(journal);
    }

    private EmbeddedSimulation NewSimulation(int seed, short silos = 1, Action<ISiloBuilder>? configure = null)
    {
        var simulation = new EmbeddedSimulation(seed, silos);
        simulation.ConfigureSilo(silo =>
        {
            configure?.Invoke(silo);
            silo.Services.AddSingleton(_signals);
            silo.Services.AddSingleton<Exchange>();
            silo.Services.AddKeyedSingleton<IGrainStorage>("shared", _storage);
        });
        _simulations.Add(simulation);
        return simulation;
    }

    private sealed class KeptReminders : IReminderStore
    {
        private readonly List<ReminderRecord> _records = [];

        public Task<IReadOnlyList<ReminderRecord>> ReadAllAsync() => Task.FromResult<IReadOnlyList<ReminderRecord>>([.. _records]);

        public Task WriteAsync(ReminderRecord record)
        {
            _records.Add(record);
            return Task.CompletedTask;
        }

        public Task RemoveAsync(GrainId grain, string name)
        {
            _records.RemoveAll(record => record.Grain == grain && record.Name == name);
            return Task.CompletedTask;
        }
    }
}
