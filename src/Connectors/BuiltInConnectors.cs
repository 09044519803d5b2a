using PgCdc.Engine.Configuration;

namespace PgCdc.Connectors;

/// <summary>The connectors of this build.</summary>
public static class BuiltInConnectors
{
    /// <summary>Scans this assembly; once per process is enough.</summary>
    public static ConnectorCatalog Catalog() => ConnectorCatalog.Scan(typeof(BuiltInConnectors).Assembly);
}
