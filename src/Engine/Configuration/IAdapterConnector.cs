using PgCdc.Delivery;

namespace PgCdc.Engine.Configuration;

/// <summary>Makes an adapter from its options. Found by its <see cref="PgCdc.Configuration.ConnectorAttribute"/>; needs a public constructor without parameters.</summary>
public interface IAdapterConnector<in TOptions>
    where TOptions : class, new()
{
    IBatchAdapter Create(TOptions options, ConnectorContext context);
}
