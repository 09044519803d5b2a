namespace PgCdc.Client.Cli.Control;

/// <summary>A running process could not be asked, or refused.</summary>
internal sealed class ControlException(string message, Exception? innerException = null) : Exception(message, innerException);
