using PgCdc.Configuration;
using PgCdc.Delivery;
using PgCdc.Engine.Configuration;
using PgCdc.Engine.Files;

namespace PgCdc.Connectors.Adapters.Stdout;

[Connector("stdout", "Writes change events to standard output, one JSON object per line.")]
public sealed class StdoutConnector : IAdapterConnector<StdoutAdapterOptions>
{
    public IBatchAdapter Create(StdoutAdapterOptions options, ConnectorContext context) =>
        new StdoutAdapter(OutputDescriptor.StandardOutput());
}
