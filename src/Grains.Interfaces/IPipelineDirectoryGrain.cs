using Orleans.Concurrency;
using PgCdc.Configuration;
using PgCdc.Grains.Interfaces.Messages;

namespace PgCdc.Grains.Interfaces;

/// <summary>
/// The one directory of pipelines, key 0: names and definitions. Watches the silos and brings pipelines of a dead one back at once; a reminder
/// each minute is only the net below.
/// </summary>
[Alias("pgcdc.directory")]
public interface IPipelineDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>Adds a pipeline without starting it.</summary>
    /// <returns>Null, or why it was not added.</returns>
    [Alias("create")]
    Task<Fault?> CreateAsync([Immutable] PipelineDefinition definition);

    /// <summary>Removes a stopped pipeline.</summary>
    /// <returns>Null, or why it was not removed.</returns>
    [Alias("remove")]
    Task<Fault?> RemoveAsync(string name);

    /// <summary>Starts a pipeline, and wants it running from now on.</summary>
    /// <returns>Its status, or null when there is no such pipeline.</returns>
    [Alias("start")]
    Task<PipelineStatus?> StartAsync(string name);

    /// <summary>Stops a pipeline, and wants it stopped from now on.</summary>
    /// <returns>Its status, or null when there is no such pipeline.</returns>
    [Alias("stop")]
    Task<PipelineStatus?> StopAsync(string name);

    /// <summary>Names of all pipelines, in order.</summary>
    // Interleaves: reads one immutable snapshot.
    [AlwaysInterleave, ReadOnly, Alias("list")]
    Task<IReadOnlyList<string>> ListAsync();
}
