namespace PgCdc.Errors;

/// <summary>What the middleware does about a failed delivery.</summary>
public enum Disposition
{
    /// <summary>Try the same events again.</summary>
    Retry,

    /// <summary>Set the event aside and go on.</summary>
    DeadLetter,

    /// <summary>Stop the adapter; events stay un-acked.</summary>
    Halt,
}
