namespace PgCdc.Engine.Configuration;

/// <summary>Least level that is logged.</summary>
public enum LogThreshold
{
    Debug,
    Info,
    Warn,
    Error,
}
