namespace PgCdc.Scenarios.Processes;

/// <summary>Named as <c>kill</c> names them.</summary>
internal enum Signal
{
    HUP,
    INT,
    TERM,
    KILL,
    STOP,
    CONT,
}
