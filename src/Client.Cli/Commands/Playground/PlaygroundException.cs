using PgCdc.Errors;

namespace PgCdc.Client.Cli.Commands.Playground;

/// <summary>The playground cannot be set up.</summary>
internal sealed class PlaygroundException(string message) : PgCdcException(ErrorCode.SourceNotReady, message);
