using PgCdc.Configuration;

namespace PgCdc.Grains.Pipelines;

/// <summary>What the directory keeps. Immutable; changed with <c>with</c>.</summary>
public sealed record PipelineDirectoryState
{
    /// <summary>Format of the stored bytes.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Pipelines by name.</summary>
    public IReadOnlyDictionary<string, DirectoryEntry> Pipelines { get; init; } = new SortedDictionary<string, DirectoryEntry>(StringComparer.Ordinal);
}

/// <summary>A pipeline of the directory.</summary>
/// <param name="Definition">What it is.</param>
/// <param name="IsWanted">Whether it should run.</param>
public sealed record DirectoryEntry(PipelineDefinition Definition, bool IsWanted);
