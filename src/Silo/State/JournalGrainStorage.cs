using System.Globalization;
using System.Text.Json;
using Orleans.Storage;
using PgCdc.Engine.State.Journaling;
using PgCdc.Errors;

namespace PgCdc.Silo.State;

/// <summary>Grain state of one process in its journal; the version of an entry is the etag.</summary>
public sealed class JournalGrainStorage(Journal journal) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var key = Key(stateName, grainId);
        grainState.RecordExists = journal.TryRead(key, out var entry);
        grainState.ETag = grainState.RecordExists ? Text(entry.Version) : null;
        grainState.State = grainState.RecordExists ? Read<T>(key, entry) : Activator.CreateInstance<T>();
        return Task.CompletedTask;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        try
        {
            var version = await journal.WriteAsync(Key(stateName, grainId), Version(grainState.ETag), StateJson.Serialize(grainState.State));
            grainState.ETag = Text(version);
            grainState.RecordExists = true;
        }
        catch (VersionConflictException error)
        {
            throw Inconsistent(error, grainState.ETag);
        }
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        try
        {
            if (grainState.RecordExists)
                await journal.DeleteAsync(Key(stateName, grainId), Version(grainState.ETag));
        }
        catch (VersionConflictException error)
        {
            throw Inconsistent(error, grainState.ETag);
        }

        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    private static string Key(string stateName, GrainId grainId) => $"{stateName}/{grainId}";

    private static long Version(string? etag) => etag is null ? 0 : long.Parse(etag, CultureInfo.InvariantCulture);

    private static string Text(long version) => version.ToString(CultureInfo.InvariantCulture);

    private static InconsistentStateException Inconsistent(VersionConflictException error, string? etag) =>
        new(error.Message, Text(error.Actual), etag ?? "", error);

    private T Read<T>(string key, JournalEntry entry)
    {
        try
        {
            return StateJson.Deserialize<T>(entry.Value.Span) ?? throw new JsonException("null");
        }
        catch (JsonException error)
        {
            throw new CheckpointException(
                ErrorCode.StateCorrupt, $"State '{key}' in journal '{journal.Path}' is not what this version writes: {error.Message}", error);
        }
    }
}
