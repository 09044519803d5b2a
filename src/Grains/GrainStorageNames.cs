namespace PgCdc.Grains;

/// <summary>Names of storage providers that a silo must offer.</summary>
public static class GrainStorageNames
{
    /// <summary>State of pipelines, adapters and the directory.</summary>
    public const string State = "pgcdc";
}
