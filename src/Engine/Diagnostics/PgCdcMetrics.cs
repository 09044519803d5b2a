using System.Diagnostics.Metrics;

namespace PgCdc.Engine.Diagnostics;

/// <summary>
/// The only meter of the system: one method per fact. Thread safe, and free of allocation, so that each batch may call it; facts about
/// events take their number. Instrument names follow OpenTelemetry; by its rules for Prometheus (dots, unit, <c>_total</c>) they export as
/// the names in docs/metrics.md. Labels are bounded: adapter, detector, component, status; never ids or positions.
/// </summary>
public sealed partial class PgCdcMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "PgCdc";

    private readonly Meter _meter;

    /// <summary>Creates the instruments.</summary>
    /// <param name="pipeline">A label on everything, for a process that runs several pipelines, each with metrics of its own.</param>
    public PgCdcMetrics(string? pipeline = null)
    {
        _meter = new Meter(new MeterOptions(MeterName)
        {
            Tags = pipeline is null ? null : [new("pipeline", pipeline)],
        });

        _received = _meter.CreateCounter<long>("pgcdc.events.received", "{event}", "Change events received from the detector.");
        _sourceGaps = _meter.CreateCounter<long>("pgcdc.source.gaps", "{gap}", "Places where changes of the source may have been missed.");
        _reconnects = _meter.CreateCounter<long>("pgcdc.detector.reconnects", "{reconnect}", "Connections to the source opened again.");
        _walErrors = _meter.CreateCounter<long>("pgcdc.walreplication.errors", "{error}", "Errors of WAL replication.");
        _dropped = _meter.CreateCounter<long>("pgcdc.events.dropped", "{event}", "Change events dropped because the adapter's queue was full.");
        _backpressure = _meter.CreateCounter<long>("pgcdc.bus.backpressure", "{wait}", "Waits of the bus for an adapter whose queue was full.");
        _subscribers = _meter.CreateGauge<long>("pgcdc.bus.subscribers", "{adapter}", "Adapters subscribed to the bus.");
        _epoch = _meter.CreateGauge<long>("pgcdc.pipeline.epoch", null, "Epoch of the pipeline's run.");
        _panics = _meter.CreateCounter<long>("pgcdc.panics.recovered", "{panic}", "Unexpected exceptions caught at the edge of a component.");
        _reloads = _meter.CreateCounter<long>("pgcdc.config.reloads", "{reload}", "Configurations taken over while running.");
        _reloadErrors = _meter.CreateCounter<long>("pgcdc.config.reload.errors", "{error}", "Configurations refused while running.");

        _delivered = _meter.CreateCounter<long>("pgcdc.events.delivered", "{event}", "Change events delivered by the adapter.");
        _lag = Histogram("pgcdc.event.delivery.lag", "s", "Time from commit to delivery.", LagBounds);
        _queueDepth = _meter.CreateGauge<long>("pgcdc.adapter.queue.depth", "{event}", "Change events waiting for the adapter.");
        _flushes = _meter.CreateCounter<long>("pgcdc.batch.flushes", "{flush}", "Batches flushed by the adapter.");
        _flushSize = Histogram("pgcdc.batch.flush.size", "{event}", "Change events in a flushed batch.", SizeBounds);
        _flushDuration = Histogram("pgcdc.batch.flush.duration", "s", "Time to flush a batch.", DurationBounds);
        _rotations = _meter.CreateCounter<long>("pgcdc.file.rotations", "{rotation}", "Files rotated by the file adapter.");

        _ackPosition = _meter.CreateGauge<long>("pgcdc.ack.position", null, "Position (LSN) below which the adapter has acked everything.");
        _cooperativeLsn = _meter.CreateGauge<long>("pgcdc.cooperative.checkpoint.lsn", null, "LSN below which every adapter has acked everything.");
        _checkpointLsn = _meter.CreateGauge<long>("pgcdc.checkpoint.lsn", null, "LSN of the last checkpoint written.");
        _checkpoints = _meter.CreateCounter<long>("pgcdc.checkpoint", "{checkpoint}", "Checkpoints written.");
        _checkpointLag = _meter.CreateGauge<long>("pgcdc.checkpoint.lag", "By", "WAL received but not covered by the checkpoint.");
    }

    /// <summary>Whether the instrument belongs to these metrics.</summary>
    public bool Owns(Instrument instrument)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        return ReferenceEquals(instrument.Meter, _meter);
    }

    /// <summary>Reports zero for every counter without labels, so that a reader sees it before its first fact.</summary>
    public void ReportZeros()
    {
        foreach (var counter in (ReadOnlySpan<Counter<long>>)[_received, _sourceGaps, _walErrors, _reloads, _reloadErrors, _rotations, _checkpoints])
        {
            counter.Add(0);
        }
    }

    public void Dispose() => _meter.Dispose();

    private Histogram<double> Histogram(string name, string unit, string description, double[] bounds) =>
        _meter.CreateHistogram(name, unit, description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });

    private static KeyValuePair<string, object?> Adapter(string adapter) => new("adapter", adapter);
}
