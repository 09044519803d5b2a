using PgCdc.Sources;

namespace PgCdc.Engine.Configuration;

/// <summary>Makes a detector from its options. Found by its <see cref="PgCdc.Configuration.ConnectorAttribute"/>; needs a public constructor without parameters.</summary>
public interface IDetectorConnector<in TOptions>
    where TOptions : class, new()
{
    IDetector Create(TOptions options, ConnectorContext context);
}
