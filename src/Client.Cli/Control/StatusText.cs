using System.Globalization;
using System.Text.Json;
using PgCdc.Silo.Http;

namespace PgCdc.Client.Cli.Control;

/// <summary>Output of <c>pgcdc status</c>.</summary>
internal static class StatusText
{
    public static void WriteJson(TextWriter output, IReadOnlyList<PipelineStatusView> pipelines) =>
        output.WriteLine(JsonSerializer.Serialize(new PipelineListView(pipelines.Count, pipelines), ApiJson.Default.PipelineListView));

    /// <summary>One block per pipeline: its line, its problems, its adapters.</summary>
    public static void WriteTable(TextWriter output, IReadOnlyList<PipelineStatusView> pipelines)
    {
        WriteRows(output, [["PIPELINE", "STATUS", "EPOCH", "CHECKPOINT", "RECEIVED", "ACKED"], .. pipelines.Select(Row)]);
        foreach (var pipeline in pipelines)
        {
            WriteDetails(output, pipeline);
        }
    }

    private static void WriteDetails(TextWriter output, PipelineStatusView pipeline)
    {
        foreach (var problem in new[] { pipeline.Error, pipeline.SourceProblem, pipeline.CheckpointProblem }.Where(problem => problem is not null))
        {
            output.WriteLine();
            output.WriteLine($"{pipeline.Name}: {problem}");
        }

        if (pipeline.Adapters.Count > 0)
        {
            output.WriteLine();
            WriteRows(output, [["ADAPTER", "STATUS", "UNACKED", "ERROR"], .. pipeline.Adapters.Select(Row)]);
        }
    }

    private static string[] Row(PipelineStatusView pipeline) =>
    [
        pipeline.Name, pipeline.Status, Number(pipeline.Epoch), pipeline.Checkpoint ?? "-", Number(pipeline.Received), Number(pipeline.Acked),
    ];

    private static string[] Row(AdapterStatusView adapter) =>
        [adapter.Name, adapter.Status, Number(adapter.Unacked), adapter.Error ?? ""];

    private static void WriteRows(TextWriter output, IReadOnlyList<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
