namespace PgCdc.Errors;

/// <summary>A source failed.</summary>
public sealed class DetectorException : PgCdcException
{
    /// <summary>Creates an error.</summary>
    /// <param name="code">Kind of the error.</param>
    /// <param name="message">Object, what was seen, what to do.</param>
    /// <param name="isTransient">Whether connecting again may help.</param>
    /// <param name="innerException">Cause.</param>
    public DetectorException(ErrorCode code, string message, bool isTransient, Exception? innerException = null)
        : base(code, message, innerException) => IsTransient = isTransient;

    /// <summary>Whether connecting again may help; if not, the run halts.</summary>
    public bool IsTransient { get; }
}
