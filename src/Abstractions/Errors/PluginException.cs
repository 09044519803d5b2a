namespace PgCdc.Errors;

/// <summary>A plug-in failed.</summary>
public sealed class PluginException : PgCdcException
{
    /// <summary>Creates an error.</summary>
    public PluginException(string message, Exception? innerException = null)
        : base(ErrorCode.PluginFailed, message, innerException)
    {
    }
}
