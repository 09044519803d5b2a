using System.Text.Json;
using PgCdc.Engine.State;
using PgCdc.Engine.State.Journaling;
using PgCdc.Errors;
using PgCdc.Files;
using PgCdc.Grains.Pipelines;
using PgCdc.Silo.Http;
using PgCdc.Silo.State;

namespace PgCdc.Silo.Pipelines;

/// <summary>Where a pipeline stands that no process runs, read from its journal without locking or changing it.</summary>
public static class StoredStatus
{
    private const string PipelineState = "pipeline/";

    /// <exception cref="CheckpointException">The journal is damaged or cannot be read.</exception>
    public static PipelineStatusView Read(IFileSystem files, StatePaths paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var state = ReadState(files, paths.Journal);
        return new PipelineStatusView
        {
            Name = paths.Pipeline,
            Status = "stopped",
            Epoch = state?.Epoch ?? 0,
            Checkpoint = state?.Checkpoint.Values.FirstOrDefault()?.Position.Value,
        };
    }

    private static PipelineGrainState? ReadState(IFileSystem files, string journal)
    {
        try
        {
            var entries = JournalSnapshot.Read(files, journal).Entries;
            var stored = entries.FirstOrDefault(entry => entry.Key.StartsWith(PipelineState, StringComparison.Ordinal));
            return stored.Key is null ? null : StateJson.Deserialize<PipelineGrainState>(stored.Value.Value.Span);
        }
        catch (FileSystemException error)
        {
            throw new CheckpointException(ErrorCode.StateUnavailable, $"Journal '{journal}' cannot be read: {error.Message}.", error);
        }
        catch (JsonException error)
        {
            throw new CheckpointException(ErrorCode.StateCorrupt, $"Journal '{journal}' holds a state that this version cannot read: {error.Message}", error);
        }
    }
}
