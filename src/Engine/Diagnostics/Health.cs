using System.Collections.Concurrent;

namespace PgCdc.Engine.Diagnostics;

/// <summary>Health of the process: its components report here, <c>/healthz</c> and <c>/readyz</c> read here. Thread safe.</summary>
public sealed class Health(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, HealthComponent> _components = new(StringComparer.Ordinal);
    private volatile bool _ready;

    /// <summary>Whether the pipeline runs: everything was checked, and source and adapters were opened once.</summary>
    public bool IsReady
    {
        get => _ready;
        set => _ready = value;
    }

    /// <summary>The component of a name; down until it first reports.</summary>
    public HealthComponent Component(string name) => _components.GetOrAdd(name, static (key, clock) => new HealthComponent(key, clock), time);

    /// <summary>Forgets a component that was taken out of the configuration.</summary>
    public void Remove(string name) => _components.TryRemove(name, out _);

    public HealthReport Report() =>
        new([.. _components.Values.Select(component => component.Snapshot()).OrderBy(component => component.Name, StringComparer.Ordinal)]);
}
