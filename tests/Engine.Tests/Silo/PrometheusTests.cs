using System.Diagnostics;
using Xunit;

namespace PgCdc.Engine.Tests.Silo;

public sealed class PrometheusTests
{
    [Fact]
    public async Task Write_EveryFactReported_SatisfiesPromtool()
    {
        using var fixture = new MetricsFixture();
        fixture.ReportEverything();

        var (exitCode, output) = await PromtoolAsync(fixture.Collector.Write());

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task Write_EveryFactReported_HasTheListedNamesTypesAndLabels()
    {
        using var fixture = new MetricsFixture();
        fixture.ReportEverything();

        var listed = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Silo", "metrics.txt"), TestContext.Current.CancellationToken);

        Assert.Equal(listed, Describe(fixture.Lines));
    }

    [Fact]
    public void Write_BeforeAnyFact_ShowsCountersWithoutLabelsAsZero()
    {
        using var fixture = new MetricsFixture();

        Assert.Contains("pgcdc_events_received_total 0", fixture.Lines);
        Assert.Contains("pgcdc_checkpoint_total 0", fixture.Lines);
    }

    [Fact]
    public void Write_Counters_AddPerLabel()
    {
        using var fixture = new MetricsFixture();
        fixture.Metrics.EventsDelivered("file", 3);
        fixture.Metrics.EventsDelivered("stdout", 1);
        fixture.Metrics.EventsDelivered("file", 4);

        Assert.Contains("pgcdc_events_delivered_total{adapter=\"file\"} 7", fixture.Lines);
        Assert.Contains("pgcdc_events_delivered_total{adapter=\"stdout\"} 1", fixture.Lines);
    }

    [Fact]
    public void Write_Gauge_ShowsTheLastValue()
    {
        using var fixture = new MetricsFixture();
        fixture.Metrics.QueueDepth("file", 9);
        fixture.Metrics.QueueDepth("file", 2);

        Assert.Contains("pgcdc_adapter_queue_depth{adapter=\"file\"} 2", fixture.Lines);
    }

    [Fact]
    public void Write_Histogram_BucketsAreCumulativeAndABoundBelongsToItsBucket()
    {
        using var fixture = new MetricsFixture();
        fixture.Metrics.DeliveryLag("file", TimeSpan.FromMilliseconds(1), 2);
        fixture.Metrics.DeliveryLag("file", TimeSpan.FromMilliseconds(2), 1);
        fixture.Metrics.DeliveryLag("file", TimeSpan.FromSeconds(40), 1);

        Assert.Equal(
            [
                "# HELP pgcdc_event_delivery_lag_seconds Time from commit to delivery.",
                "# TYPE pgcdc_event_delivery_lag_seconds histogram",
                "pgcdc_event_delivery_lag_seconds_bucket{adapter=\"file\",le=\"0.001\"} 2",
                "pgcdc_event_delivery_lag_seconds_bucket{adapter=\"file\",le=\"0.005\"} 3",
                "pgcdc_event_delivery_lag_seconds_bucket{adapter=\"file\",le=\"0.01\"} 3",
                "pgcdc_event_delivery_lag_seconds_bucket{adapter=\"file\",le=\"0.05\"} 3",
                "pgcdc_event_delivery_lag_seconds_bucket{adapter=\"file\",le=\"0.1\"} 3",
                "pgcdc_event_delivery_lag_seconds_bucket{adapter=\"file\",le=\"0.5\"} 3",
                "pgcdc_event_delivery_lag_seconds_bucket{adapter=\"file\",le=\"1\"} 3",
                "pgcdc_event_delivery_lag_seconds_bucket{adapter=\"file\",le=\"5\"} 3",
                "pgcdc_event_delivery_lag_seconds_bucket{adapter=\"file\",le=\"10\"} 3",
                "pgcdc_event_delivery_lag_seconds_bucket{adapter=\"file\",le=\"30\"} 3",
                "pgcdc_event_delivery_lag_seconds_bucket{adapter=\"file\",le=\"+Inf\"} 4",
                "pgcdc_event_delivery_lag_seconds_sum{adapter=\"file\"} 40.004",
                "pgcdc_event_delivery_lag_seconds_count{adapter=\"file\"} 4",
            ],
            fixture.Lines.Where(line => line.Contains("event_delivery_lag", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Write_LabelWithQuoteBackslashAndNewline_IsEscaped()
    {
        using var fixture = new MetricsFixture();
        fixture.Metrics.EventsDelivered("a\"b\\c\nd", 1);

        Assert.Contains("""pgcdc_events_delivered_total{adapter="a\"b\\c\nd"} 1""", fixture.Lines);
        Assert.Equal(0, (await PromtoolAsync(fixture.Collector.Write())).ExitCode);
    }

    [Fact]
    public void Write_MetricsOfANamedPipeline_CarryItsLabel()
    {
        using var fixture = new MetricsFixture("orders");
        fixture.Metrics.EventsDelivered("file", 1);

        Assert.Contains("pgcdc_events_delivered_total{pipeline=\"orders\",adapter=\"file\"} 1", fixture.Lines);
        Assert.Contains("pgcdc_events_received_total{pipeline=\"orders\"} 0", fixture.Lines);
    }

    [Fact]
    public void Report_SeriesKnown_AllocatesNothing()
    {
        using var fixture = new MetricsFixture();
        fixture.ReportEverything();

        var before = GC.GetAllocatedBytesForCurrentThread();
        fixture.ReportEverything();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Report_FromManyThreads_LosesNothing()
    {
        using var fixture = new MetricsFixture();

        Parallel.For(0, 4, _ =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                fixture.Metrics.EventsDelivered("file", 1);
                fixture.Metrics.DeliveryLag("file", TimeSpan.FromSeconds(0.5), 1);
            }
        });

        Assert.Contains("pgcdc_events_delivered_total{adapter=\"file\"} 40000", fixture.Lines);
        Assert.Contains("pgcdc_event_delivery_lag_seconds_sum{adapter=\"file\"} 20000", fixture.Lines);
        Assert.Contains("pgcdc_event_delivery_lag_seconds_count{adapter=\"file\"} 40000", fixture.Lines);
    }

    /// <summary>One line per family: name, type, names of the labels.</summary>
    private static string Describe(string[] lines)
    {
        var families = lines.Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(line => line[7..].Split(' '));
        return string.Concat(families.Select(family => $"{family[0]} {family[1]}{LabelNames(lines, family[0])}\n"));
    }

    private static string LabelNames(string[] lines, string family)
    {
        var sample = lines.First(line => !line.StartsWith('#') && line.StartsWith(family, StringComparison.Ordinal));
        var open = sample.IndexOf('{', StringComparison.Ordinal);
        var names = open < 0 ? [] : sample[(open + 1)..sample.LastIndexOf('}')].Split(',').Select(pair => pair.Split('=')[0]).Where(name => name != "le");
        return string.Concat(names.Select(name => " " + name));
    }

    private static async Task<(int ExitCode, string Output)> PromtoolAsync(string text)
    {
        var start = new ProcessStartInfo("promtool", ["check", "metrics"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var promtool = Process.Start(start)!;
        await promtool.StandardInput.WriteAsync(text);
        promtool.StandardInput.Close();
        var errors = promtool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await promtool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await errors;
        await promtool.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (promtool.ExitCode, output);
    }
}
