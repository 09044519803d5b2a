using System.Diagnostics.Metrics;

namespace PgCdc.Engine.Diagnostics;

/// <summary>Facts of the source and the run.</summary>
public sealed partial class PgCdcMetrics
{
    private readonly Counter<long> _received;
    private readonly Counter<long> _sourceGaps;
    private readonly Counter<long> _reconnects;
    private readonly Counter<long> _walErrors;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _backpressure;
    private readonly Gauge<long> _subscribers;
    private readonly Gauge<long> _epoch;
    private readonly Counter<long> _panics;
    private readonly Counter<long> _reloads;
    private readonly Counter<long> _reloadErrors;

    /// <summary>The detector gave change events to the run.</summary>
    public void EventsReceived(long count) => _received.Add(count);

    /// <summary>Changes between the last session and this one may be missing.</summary>
    public void SourceGapFound() => _sourceGaps.Add(1);

    /// <summary>The run connected again after it lost the source.</summary>
    public void DetectorReconnected(string detector) => _reconnects.Add(1, new KeyValuePair<string, object?>("detector", detector));

    /// <summary>WAL replication failed; the run connects again or halts.</summary>
    public void WalReplicationFailed() => _walErrors.Add(1);

    /// <summary>Bus mode <c>fast</c> dropped change events for an adapter.</summary>
    public void EventsDropped(string adapter, long count) => _dropped.Add(count, Adapter(adapter));

    /// <summary>The bus began to wait for an adapter's credit.</summary>
    public void BusWaited(string adapter) => _backpressure.Add(1, Adapter(adapter));

    /// <summary>Number of adapters that the run feeds, after a change.</summary>
    public void BusSubscribers(int count) => _subscribers.Record(count);

    /// <summary>A run started.</summary>
    public void RunStarted(long epoch) => _epoch.Record(epoch);

    /// <summary>An exception of no known kind was caught at the edge of a component.</summary>
    /// <param name="component">detector, bus, or the adapter's name.</param>
    public void PanicRecovered(string component) => _panics.Add(1, new KeyValuePair<string, object?>("component", component));

    /// <summary>A changed configuration was taken over.</summary>
    public void ConfigReloaded() => _reloads.Add(1);

    /// <summary>A changed configuration was refused.</summary>
    public void ConfigReloadFailed() => _reloadErrors.Add(1);
}
