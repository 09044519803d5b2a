namespace PgCdc.Errors;

/// <summary>Base of the errors of this system. The message names the object, what was seen and what to do; it never holds a secret.</summary>
public abstract class PgCdcException : Exception
{
    /// <summary>Creates an error.</summary>
    protected PgCdcException(ErrorCode code, string message, Exception? innerException = null)
        : base(message, innerException) => Code = code;

    /// <summary>Kind of the error.</summary>
    public ErrorCode Code { get; }
}
