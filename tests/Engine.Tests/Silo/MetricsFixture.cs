using PgCdc.Engine.Diagnostics;
using PgCdc.Silo.Metrics;

namespace PgCdc.Engine.Tests.Silo;

/// <summary>Metrics with a collector of their own.</summary>
internal sealed class MetricsFixture : IDisposable
{
    public MetricsFixture(string? pipeline = null)
    {
        Metrics = new PgCdcMetrics(pipeline);
        Collector = new MetricsCollector(Metrics);
    }

    public PgCdcMetrics Metrics { get; }

    public MetricsCollector Collector { get; }

    public string[] Lines => Collector.Write().Split('\n');

    /// <summary>Each fact once.</summary>
    public void ReportEverything()
    {
        Metrics.EventsReceived(10);
        Metrics.SourceGapFound();
        Metrics.DetectorReconnected("wal");
        Metrics.WalReplicationFailed();
        Metrics.EventsDropped("file", 2);
        Metrics.BusWaited("file");
        Metrics.BusSubscribers(1);
        Metrics.RunStarted(7);
        Metrics.PanicRecovered("bus");
        Metrics.ConfigReloaded();
        Metrics.ConfigReloadFailed();
        Metrics.EventsDelivered("file", 8);
        Metrics.DeliveryLag("file", TimeSpan.FromMilliseconds(3), 8);
        Metrics.QueueDepth("file", 4);
        Metrics.BatchFlushed("file", 8, TimeSpan.FromMilliseconds(2));
        Metrics.BatchFlushFailed("file", 8, TimeSpan.FromMilliseconds(2));
        Metrics.FileRotated();
        Metrics.AckPosition("file", 100);
        Metrics.CooperativeCheckpoint(90);
        Metrics.CheckpointWritten(80);
        Metrics.CheckpointLag(20);
    }

    public void Dispose()
    {
        Collector.Dispose();
        Metrics.Dispose();
    }
}
