namespace PgCdc.Engine.Configuration;

/// <summary>What a connector is for.</summary>
public enum ConnectorRole
{
    /// <summary>Reads a source.</summary>
    Detector,

    /// <summary>Delivers to a destination.</summary>
    Adapter,
}
