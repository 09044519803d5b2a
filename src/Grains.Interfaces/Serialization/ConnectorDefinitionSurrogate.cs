using PgCdc.Configuration;

namespace PgCdc.Grains.Interfaces.Serialization;

/// <summary>Wire form of <see cref="ConnectorDefinition"/>.</summary>
[GenerateSerializer, Immutable, Alias("pgcdc.connector-definition")]
public struct ConnectorDefinitionSurrogate
{
    /// <summary>Name within the pipeline.</summary>
    [Id(0)]
    public string Name { get; set; }

    /// <summary>Name in the catalogue.</summary>
    [Id(1)]
    public string Type { get; set; }

    /// <summary>Values given, by key.</summary>
    [Id(2)]
    public Dictionary<string, string> Values { get; set; }
}

/// <summary>Converts <see cref="ConnectorDefinition"/>.</summary>
[RegisterConverter]
public sealed class ConnectorDefinitionConverter : IConverter<ConnectorDefinition, ConnectorDefinitionSurrogate>
{
    /// <inheritdoc/>
    public ConnectorDefinition ConvertFromSurrogate(in ConnectorDefinitionSurrogate surrogate) =>
        new(surrogate.Name, surrogate.Type, surrogate.Values);

    /// <inheritdoc/>
    public ConnectorDefinitionSurrogate ConvertToSurrogate(in ConnectorDefinition value) =>
        new() { Name = value.Name, Type = value.Type, Values = new Dictionary<string, string>(value.Values) };
}
