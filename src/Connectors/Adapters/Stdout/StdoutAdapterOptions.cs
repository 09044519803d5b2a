namespace PgCdc.Connectors.Adapters.Stdout;

/// <summary>Options of the stdout adapter: there are none.</summary>
public sealed record StdoutAdapterOptions;
