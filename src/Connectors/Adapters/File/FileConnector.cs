using Microsoft.Extensions.Logging;
using PgCdc.Configuration;
using PgCdc.Delivery;
using PgCdc.Engine.Configuration;
using PgCdc.Engine.Files;

namespace PgCdc.Connectors.Adapters.File;

[Connector("file", "Appends change events to a file, one JSON object per line, and rotates it by size.")]
public sealed class FileConnector : IAdapterConnector<FileAdapterOptions>
{
    public IBatchAdapter Create(FileAdapterOptions options, ConnectorContext context) =>
        new FileAdapter(new PhysicalFileSystem(), options, context.Metrics, context.Loggers.CreateLogger<FileAdapter>());
}
