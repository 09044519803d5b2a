namespace PgCdc.Errors;

/// <summary>A transform could not handle an event.</summary>
public sealed class TransformException : PgCdcException
{
    /// <summary>Creates an error.</summary>
    public TransformException(string message, Exception? innerException = null)
        : base(ErrorCode.TransformFailed, message, innerException)
    {
    }
}
