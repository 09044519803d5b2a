namespace PgCdc.Errors;

/// <summary>Acks or state could not be kept; the run stops and starts again from the last checkpoint.</summary>
public sealed class CheckpointException : PgCdcException
{
    /// <summary>Creates an error.</summary>
    public CheckpointException(ErrorCode code, string message, Exception? innerException = null)
        : base(code, message, innerException)
    {
    }
}
