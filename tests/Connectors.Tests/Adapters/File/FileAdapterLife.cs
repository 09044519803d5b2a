using Microsoft.Extensions.Logging.Abstractions;
using PgCdc.Connectors.Adapters.File;
using PgCdc.Engine.Diagnostics;
using PgCdc.TestKit.Files;
using Xunit;

namespace PgCdc.Connectors.Tests.Adapters.File;

/// <summary>
/// Random use of the file adapter as a run does it: numbered lines, synced now and then, and after a crash again from the first one that was
/// not synced.
/// </summary>
internal sealed class FileAdapterLife(ForgetfulFileSystem files, Random random, int keep)
{
    private const int MaxSize = 1200;

    private readonly List<int> _timesWritten = [];
    private int _synced;

    public async Task RunAsync(int flushes)
    {
        using var metrics = new PgCdcMetrics();
        var options = new FileAdapterOptions { Path = NumberedLines.Path, MaxSize = MaxSize, MaxFiles = keep };
        await using var adapter = new FileAdapter(files, options, metrics, NullLogger.Instance);
        await adapter.OpenAsync(CancellationToken.None);
        var next = _synced;
        for (var flush = 0; flush < flushes; flush++)
        {
            var count = random.Next(1, 9);
            CountWritten(next, count);
            await adapter.FlushAsync(NumberedLines.Batch(next, count, random.Next(100)), CancellationToken.None);
            next += count;
            if (random.Next(3) > 0)
                continue;

            await adapter.SyncAsync(CancellationToken.None);
            _synced = next;
        }
    }

    /// <summary>To be called when the adapter was opened after the last crash.</summary>
    public void Check()
    {
        var contents = NumberedLines.Files(files);
        Assert.InRange(contents.Count, 1, keep + 1);
        foreach (var rotated in contents.SkipLast(1))
            AssertFilledByItsLastLine(rotated);

        CheckNumbers([.. contents.SelectMany(NumberedLines.Read)], complete: contents.Count <= keep);
    }

    private static void AssertFilledByItsLastLine(byte[] rotated)
    {
        Assert.True(rotated.Length >= MaxSize, $"a file of {rotated.Length} bytes was rotated");
        var lastLine = rotated.Length - 1 - rotated.AsSpan(0, rotated.Length - 1).LastIndexOf((byte)'\n');
        Assert.True(rotated.Length - lastLine < MaxSize, "a full file was written to");
    }

    private void CheckNumbers(List<int> numbers, bool complete)
    {
        var first = complete || numbers.Count == 0 ? 0 : numbers[0];
        var end = first;
        var found = new Dictionary<int, int>();
        foreach (var number in numbers)
        {
            Assert.True(number <= end, $"line {number} follows although {end} is missing");
            end = Math.Max(end, number + 1);
            found[number] = found.GetValueOrDefault(number) + 1;
        }

        Assert.True(end >= _synced, $"{_synced} lines were synced and {end} are there");
        foreach (var (number, times) in found)
            Assert.True(times <= _timesWritten[number], $"line {number} was written {_timesWritten[number]} times and is there {times} times");
    }

    private void CountWritten(int first, int count)
    {
        while (_timesWritten.Count < first + count)
            _timesWritten.Add(0);
        for (var number = first; number < first + count; number++)
            _timesWritten[number]++;
    }
}
