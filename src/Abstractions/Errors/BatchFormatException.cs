namespace PgCdc.Errors;

/// <summary>A batch that came from another silo cannot be read.</summary>
public sealed class BatchFormatException : PgCdcException
{
    /// <summary>Creates an error.</summary>
    /// <param name="message">What was seen, what to do.</param>
    /// <param name="innerException">Cause.</param>
    public BatchFormatException(string message, Exception? innerException = null)
        : base(ErrorCode.BatchUnreadable, message, innerException)
    {
    }
}
