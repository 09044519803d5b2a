using System.Collections.Concurrent;
using PgCdc.Configuration;
using PgCdc.Engine.Pipeline;
using PgCdc.Grains.Interfaces.Messages;

namespace PgCdc.Grains.Pipelines;

/// <summary>What adapters last reported to be wrong, or what keeps the run from reaching them.</summary>
internal sealed class AdapterProblems
{
    private readonly ConcurrentDictionary<string, string?> _problems = new(StringComparer.Ordinal);

    public void Set(string adapter, string? problem) => _problems[adapter] = problem;

    public void Clear() => _problems.Clear();

    public IReadOnlyList<AdapterStatus> Statuses(PipelineDefinition? definition, RunProgress? progress) =>
        (definition?.Adapters ?? []).Select(adapter => Status(adapter.Name, progress)).ToArray();

    private AdapterStatus Status(string name, RunProgress? progress)
    {
        var stands = progress?.Adapters.FirstOrDefault(adapter => adapter.Name == name);
        return new AdapterStatus { Name = name, Problem = _problems.GetValueOrDefault(name) ?? stands?.Problem, Unacked = stands?.Unacked ?? 0 };
    }
}
