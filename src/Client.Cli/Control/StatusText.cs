using System.Globalization;
using PgCdc.Client.Cli.Output;
using PgCdc.Silo.Http;

namespace PgCdc.Client.Cli.Control;

/// <summary>Output of <c>pgcdc status</c>: one line per pipeline, then the problems and adapters of each.</summary>
internal static class StatusText
{
    public static void WriteTable(TextWriter output, IReadOnlyList<PipelineStatusView> pipelines)
    {
        var table = new TextTable("PIPELINE", "STATUS", "EPOCH", "CHECKPOINT", "RECEIVED", "ACKED");
        foreach (var pipeline in pipelines)
        {
            table.Add(
                pipeline.Name, pipeline.Status, Number(pipeline.Epoch), pipeline.Checkpoint ?? "-", Number(pipeline.Received), Number(pipeline.Acked));
        }

        table.Write(output);
        foreach (var pipeline in pipelines)
            WriteDetails(output, pipeline);
    }

    private static void WriteDetails(TextWriter output, PipelineStatusView pipeline)
    {
        foreach (var problem in new[] { pipeline.Error, pipeline.SourceProblem, pipeline.CheckpointProblem }.Where(problem => problem is not null))
        {
            output.WriteLine();
            output.WriteLine($"{pipeline.Name}: {problem}");
        }

        if (pipeline.Adapters.Count == 0)
            return;

        var table = new TextTable("ADAPTER", "STATUS", "UNACKED", "ERROR");
        foreach (var adapter in pipeline.Adapters)
            table.Add(adapter.Name, adapter.Status, Number(adapter.Unacked), adapter.Error ?? "");

        output.WriteLine();
        table.Write(output);
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
