namespace PgCdc.Client.Cli.Commands.Playground;

/// <summary>What the status line shows of the pipeline.</summary>
/// <param name="Unacked">Events on their way.</param>
/// <param name="Checkpoint">Position of the last checkpoint; null before the first.</param>
internal sealed record PipelineFigures(long Unacked, string? Checkpoint);
