using Orleans.Embedded.Cluster;

namespace Orleans.Embedded.Activations;

/// <summary>Deactivates activations of one silo that were idle for too long.</summary>
internal sealed class ActivationCollector(EmbeddedSilo silo) : IDisposable
{
    private ITimer? _timer;

    public void Start()
    {
        var quantum = silo.Collection.CollectionQuantum;
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
            _timer = silo.Time.CreateTimer(static state => ((ActivationCollector)state!).Collect(), this, quantum, quantum);
    }

    public void Collect()
    {
        foreach (var activation in silo.Activations)
        {
            var limit = activation.Class.AgeLimit(silo.Collection);
            if (limit != Timeout.InfiniteTimeSpan)
                activation.CollectIfIdle(limit);
        }
    }

    public void Dispose() => _timer?.Dispose();
}
