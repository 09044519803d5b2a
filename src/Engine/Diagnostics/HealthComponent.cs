namespace PgCdc.Engine.Diagnostics;

/// <summary>Takes the reports of one component. Thread safe; <see cref="Up"/> may be called per batch.</summary>
public sealed class HealthComponent
{
    private readonly string _name;
    private readonly TimeProvider _time;
    private volatile Condition _condition = new(HealthState.Down, null);
    private long _lastSeenTicks;

    internal HealthComponent(string name, TimeProvider time) => (_name, _time) = (name, time);

    /// <summary>It works; forgets the last error.</summary>
    public void Up()
    {
        Volatile.Write(ref _lastSeenTicks, _time.GetUtcNow().UtcTicks);
        if (_condition.State != HealthState.Up)
        {
            _condition = new Condition(HealthState.Up, null);
        }
    }

    /// <summary>It connects again, or delivers again, after an error.</summary>
    public void Degraded(string error) => _condition = new Condition(HealthState.Degraded, error);

    /// <summary>It halted; the error is null for an orderly stop.</summary>
    public void Down(string? error = null) => _condition = new Condition(HealthState.Down, error);

    internal ComponentHealth Snapshot()
    {
        var condition = _condition;
        return new ComponentHealth(_name, condition.State, condition.Error, new DateTimeOffset(Volatile.Read(ref _lastSeenTicks), TimeSpan.Zero));
    }

    private sealed record Condition(HealthState State, string? Error);
}
