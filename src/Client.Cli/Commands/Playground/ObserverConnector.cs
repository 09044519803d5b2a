using PgCdc.Configuration;
using PgCdc.Delivery;
using PgCdc.Engine.Configuration;

namespace PgCdc.Client.Cli.Commands.Playground;

/// <summary>Puts the playground's observer into the pipeline, beside the adapters that everybody can use.</summary>
[Connector(Type, "Counts what the playground's pipeline delivers.")]
internal sealed class ObserverConnector(DeliveryObserver observer) : IAdapterConnector<ObserverConnector.Options>
{
    public const string Type = "playground";

    public IBatchAdapter Create(Options options, ConnectorContext context) => observer;

    /// <summary>There is nothing to choose.</summary>
    internal sealed record Options;
}
