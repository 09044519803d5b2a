using Microsoft.Extensions.Logging;
using PgCdc.Engine.Configuration;
using PgCdc.Engine.Files;
using PgCdc.Engine.State;
using PgCdc.Engine.State.Journaling;

namespace PgCdc.Silo.Pipelines;

/// <summary>State folder and journal of a pipeline whose source keeps its place; held until disposed.</summary>
internal sealed class PipelineState : IDisposable
{
    private readonly StateDirectory _directory;

    private PipelineState(StateDirectory directory, Journal journal)
    {
        _directory = directory;
        Journal = journal;
    }

    public Journal Journal { get; }

    public string ControlSocket => _directory.Paths.ControlSocket;

    /// <returns>Null when the pipeline keeps nothing.</returns>
    /// <exception cref="Errors.CheckpointException">Another process uses the folder, or it cannot be used, or its journal is damaged.</exception>
    public static PipelineState? Open(ListenConfiguration configuration, ILoggerFactory loggers)
    {
        if (!configuration.IsDurable)
            return null;

        var files = new PhysicalFileSystem();
        var directory = StateDirectory.Open(files, StatePaths.Of(configuration.StateDirectory, configuration.Pipeline.Name));
        try
        {
            return new PipelineState(
                directory, Journal.Open(files, directory.Paths.Journal, new JournalOptions(), loggers.CreateLogger<Journal>()));
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Journal.Dispose();
        _directory.Dispose();
    }
}
