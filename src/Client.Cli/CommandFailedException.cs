namespace PgCdc.Client.Cli;

/// <summary>A command cannot do what was asked; the message is shown and the exit code is 1.</summary>
internal sealed class CommandFailedException(string message) : Exception(message);
