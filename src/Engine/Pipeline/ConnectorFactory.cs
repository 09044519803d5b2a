using PgCdc.Configuration;
using PgCdc.Delivery;
using PgCdc.Engine.Configuration;
using PgCdc.Sources;

namespace PgCdc.Engine.Pipeline;

/// <summary>Makes the connectors of a definition. Thread safe.</summary>
/// <param name="catalog">Every connector there is.</param>
/// <param name="services">Surroundings.</param>
public sealed class ConnectorFactory(ConnectorCatalog catalog, RunServices services)
{
    /// <exception cref="Errors.ConfigurationException">Everything that is wrong with the definition.</exception>
    public IDetector Detector(string pipeline, ConnectorDefinition definition) =>
        catalog.CreateDetector(definition.Type, definition.Values, Context(pipeline, definition));

    /// <exception cref="Errors.ConfigurationException">Everything that is wrong with the definition.</exception>
    public IBatchAdapter Adapter(string pipeline, ConnectorDefinition definition) =>
        catalog.CreateAdapter(definition.Type, definition.Values, Context(pipeline, definition));

    private ConnectorContext Context(string pipeline, ConnectorDefinition definition) => new()
    {
        Pipeline = pipeline,
        Name = definition.Name,
        Loggers = services.Loggers,
        Metrics = services.Metrics,
        Time = services.Time,
        Random = services.Fork(),
    };
}
