namespace PgCdc.Configuration;

/// <summary>A connector as a pipeline uses it. Plain text, so that it can be stored and sent.</summary>
/// <param name="Name">Name within the pipeline, unique among the connectors of its role.</param>
/// <param name="Type">Name of the connector in the catalogue, such as <c>file</c>.</param>
/// <param name="Values">Values that were given, by full key path such as <c>file.path</c>; defaults are not among them. May hold secrets.</param>
public sealed record ConnectorDefinition(string Name, string Type, IReadOnlyDictionary<string, string> Values);
