using PgCdc.Configuration;

namespace PgCdc.Grains.Pipelines;

/// <summary>Tells what of a new definition a running pipeline can take over: routes.</summary>
internal static class ReloadCheck
{
    /// <summary>Why the new definition needs a restart; null when it does not.</summary>
    public static string? Refusal(PipelineDefinition current, PipelineDefinition next)
    {
        var changed = Changes(current, next).ToArray();
        return changed.Length == 0
            ? null
            : $"Pipeline '{current.Name}' was not reloaded: {string.Join(", ", changed)} changed, which needs a restart; only routes are taken over while it runs.";
    }

    private static IEnumerable<string> Changes(PipelineDefinition current, PipelineDefinition next)
    {
        if (!Same(current.Detector, next.Detector))
            yield return "the detector";

        if (current.Adapters.Count != next.Adapters.Count || !current.Adapters.Zip(next.Adapters, Same).All(same => same))
            yield return "the adapters";

        if (current.BusMode != next.BusMode || current.BufferSize != next.BufferSize)
            yield return "the bus";
    }

    private static bool Same(ConnectorDefinition one, ConnectorDefinition other) =>
        one.Name == other.Name
        && one.Type == other.Type
        && one.Values.Count == other.Values.Count
        && one.Values.All(value => other.Values.TryGetValue(value.Key, out var text) && text == value.Value);
}
