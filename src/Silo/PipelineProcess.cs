using PgCdc.Engine.Configuration;

namespace PgCdc.Silo;

/// <summary>Runs one pipeline in this process.</summary>
public static class PipelineProcess
{
    /// <summary>Runs until the stop token is cancelled or the pipeline ends.</summary>
    /// <returns>Exit code: 0 after a graceful stop, 1 after an error.</returns>
    public static Task<int> RunAsync(ListenConfiguration configuration, TextWriter errors, CancellationToken stop) =>
        throw new NotSupportedException($"This build has no host for pipeline {configuration.Pipeline.Name}.");
}
