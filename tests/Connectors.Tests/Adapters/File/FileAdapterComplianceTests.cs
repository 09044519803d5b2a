using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using PgCdc.Connectors.Adapters.File;
using PgCdc.Delivery;
using PgCdc.Engine.Diagnostics;
using PgCdc.Engine.Files;
using PgCdc.TestKit.Compliance;

namespace PgCdc.Connectors.Tests.Adapters.File;

public sealed class FileAdapterComplianceTests : AdapterCompliance, IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("pgcdc-file");
    private readonly PgCdcMetrics _metrics = new();

    private string Path => System.IO.Path.Combine(_directory.FullName, "events.jsonl");

    public void Dispose()
    {
        _metrics.Dispose();
        _directory.Delete(recursive: true);
    }

    protected override IBatchAdapter Create() =>
        new FileAdapter(new PhysicalFileSystem(), new FileAdapterOptions { Path = Path }, _metrics, NullLogger.Instance);

    protected override async Task<IReadOnlyList<string>> ArrivedAsync() =>
        [.. (await System.IO.File.ReadAllLinesAsync(Path)).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!)];
}
