using System.Globalization;
using System.Text.Json;
using PgCdc.Events;
using PgCdc.TestKit.Events;
using PgCdc.TestKit.Files;
using Xunit;

namespace PgCdc.Connectors.Tests.Adapters.File;

/// <summary>Events that carry a number, and the way back from a file to the numbers.</summary>
internal static class NumberedLines
{
    public const string Path = "/out/events.jsonl";

    public static EventBatch Batch(int first, int count, int padding = 0)
    {
        var script = new ChangeScript();
        for (var number = first; number < first + count; number++)
            script.Json(Operation.Insert, new ChannelName("numbers"), Payload(number, padding));
        return script.Build();
    }

    /// <summary>The numbers of a file, which must consist of whole lines.</summary>
    public static List<int> Read(byte[] content)
    {
        var text = System.Text.Encoding.UTF8.GetString(content);
        Assert.True(text.Length == 0 || text.EndsWith('\n'), "the file ends within a line");
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Number)];
    }

    /// <summary>The contents of the rotated files, oldest first, and of the current one.</summary>
    public static List<byte[]> Files(ForgetfulFileSystem files)
    {
        var numbers = files.List("/out").Select(name => name[(name.LastIndexOf('.') + 1)..])
            .Where(end => end != "jsonl").Select(end => int.Parse(end, CultureInfo.InvariantCulture));
        return [.. numbers.OrderDescending().Select(number => files.ReadAll($"{Path}.{number}")), files.ReadAll(Path)];
    }

    private static byte[] Payload(int number, int padding) =>
        System.Text.Encoding.UTF8.GetBytes($"{{\"n\":{number},\"padding\":\"{new string('x', padding)}\"}}");

    private static int Number(string line)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("payload").GetProperty("n").GetInt32();
    }
}
