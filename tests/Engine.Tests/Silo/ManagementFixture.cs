using PgCdc.Engine.Diagnostics;
using PgCdc.Engine.Tests.Diagnostics;
using PgCdc.Silo.Http;

namespace PgCdc.Engine.Tests.Silo;

/// <summary>Endpoints over real health and metrics, one pipeline, and a folder for sockets.</summary>
internal sealed class ManagementFixture : IPipelineStatusSource, IDisposable
{
    private readonly MetricsFixture _metrics = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pgcdc");

    public ManagementFixture() => Endpoints = new ManagementEndpoints(Health, _metrics.Collector, this);

    public Health Health { get; } = new(new FixedTime(new DateTimeOffset(2026, 1, 2, 12, 0, 0, 250, TimeSpan.Zero)));

    public ManagementEndpoints Endpoints { get; }

    public string SocketPath => Path.Combine(_folder.FullName, "control.sock");

    public Exception? Failure { get; set; }

    public PipelineStatusView Orders { get; set; } = new()
    {
        Name = "orders",
        Status = "running",
        StartedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Epoch = 1750000000123,
        Checkpoint = "0/16B3748",
        Received = 112,
        Acked = 100,
        Adapters =
        [
            new AdapterStatusView { Name = "file", Status = "up", Unacked = 12 },
            new AdapterStatusView { Name = "stdout", Status = "degraded", Error = "broken pipe" },
        ],
    };

    public Task<IReadOnlyList<PipelineStatusView>> ListAsync(CancellationToken cancellationToken) =>
        Failure is null ? Task.FromResult<IReadOnlyList<PipelineStatusView>>([Orders]) : Task.FromException<IReadOnlyList<PipelineStatusView>>(Failure);

    public void Dispose()
    {
        _metrics.Dispose();
        _folder.Delete(recursive: true);
    }
}
