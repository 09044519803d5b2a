using PgCdc.Configuration;
using PgCdc.Engine.Configuration;
using PgCdc.Errors;
using Xunit;

namespace PgCdc.Engine.Tests.Configuration;

public sealed class PipelineConfigurationTests
{
    private readonly PipelineConfiguration _configuration =
        new(ConnectorCatalog.Of(typeof(SampleAdapterConnector), typeof(SampleDetectorConnector), typeof(PlainAdapterConnector), typeof(OtherAdapterConnector)), "unnamed");

    private readonly Dictionary<string, IReadOnlyList<string>> _flags = new() { ["--detector"] = ["wal"], ["--db"] = ["postgres://flag"], ["--publication"] = ["p"] };
    private readonly Dictionary<string, string> _environment = [];
    private string _yaml = "";

    [Fact]
    public void Read_OnlyTheSource_GivesTheDefaults()
    {
        var configuration = Read();

        Assert.Equal("./.pgcdc", configuration.StateDirectory);
        Assert.Null(configuration.MetricsAddress);
        Assert.Equal((LogThreshold.Info, LogFormat.Auto), (configuration.LogLevel, configuration.LogFormat));
        Assert.False(configuration.IsDurable);
        var pipeline = configuration.Pipeline;
        Assert.Equal("unnamed", pipeline.Name);
        Assert.Equal(("wal", "wal"), (pipeline.Detector.Name, pipeline.Detector.Type));
        Assert.Equal(new Dictionary<string, string> { ["database_url"] = "postgres://flag", ["detector.publication"] = "p" }, pipeline.Detector.Values);
        Assert.Equal(["stdout"], pipeline.Adapters.Select(adapter => adapter.Name));
        Assert.Equal(BusMode.Fast, pipeline.BusMode);
        Assert.Equal(16_384, pipeline.BufferSize);
        Assert.Equal(TimeSpan.FromSeconds(5), pipeline.ShutdownTimeout);
        Assert.Equal((TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60)), (pipeline.BackoffBase, pipeline.BackoffCap));
        Assert.Empty(pipeline.Routes);
    }

    [Fact]
    public void Read_EveryCoreKeyInTheFile_TakesEffect()
    {
        _yaml = """
            pipeline_name: shop
            adapters: [stdout, other]
            bus: {mode: reliable, buffer_size: 2048}
            shutdown_timeout: 1m30s
            metrics_addr: ":9091"
            state_dir: /var/lib/pgcdc
            log_level: debug
            log_format: json
            detector:
              backoff_base: 1s
              backoff_cap: 2s
            routes:
              stdout: ["pgcdc:orders", "a,b"]
            """;
        var configuration = Read();

        Assert.Equal(
            ("/var/lib/pgcdc", ":9091", LogThreshold.Debug, LogFormat.Json),
            (configuration.StateDirectory, configuration.MetricsAddress, configuration.LogLevel, configuration.LogFormat));
        var pipeline = configuration.Pipeline;
        Assert.Equal(("shop", BusMode.Reliable, 2048, TimeSpan.FromSeconds(90)), (pipeline.Name, pipeline.BusMode, pipeline.BufferSize, pipeline.ShutdownTimeout));
        Assert.Equal((TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)), (pipeline.BackoffBase, pipeline.BackoffCap));
        Assert.Equal(["stdout", "other"], pipeline.Adapters.Select(adapter => adapter.Type));
        Assert.Equal(["pgcdc:orders", "a,b"], pipeline.Routes["stdout"]);
    }

    [Fact]
    public void Read_EveryCoreFlag_TakesEffect()
    {
        _flags["--adapter"] = ["stdout,other", "sample"];
        _flags["--target"] = ["http://x"];
        _flags["--bus-mode"] = ["reliable"];
        _flags["--metrics-addr"] = ["127.0.0.1:9091"];
        _flags["--state-dir"] = ["/s"];
        _flags["--log-level"] = ["warn"];
        _flags["--log-format"] = ["color"];
        var configuration = Read();

        Assert.Equal(["stdout", "other", "sample"], configuration.Pipeline.Adapters.Select(adapter => adapter.Name));
        Assert.Equal("http://x", configuration.Pipeline.Adapters[2].Values["target_url"]);
        Assert.Equal(BusMode.Reliable, configuration.Pipeline.BusMode);
        Assert.Equal(
            ("/s", "127.0.0.1:9091", LogThreshold.Warn, LogFormat.Color),
            (configuration.StateDirectory, configuration.MetricsAddress, configuration.LogLevel, configuration.LogFormat));
    }

    [Fact]
    public void Read_OneKeyInEveryLayer_TheStrongestWins()
    {
        _yaml = "detector: {publication: from_file}";
        _environment["PGCDC_DETECTOR_PUBLICATION"] = "from_environment";
        Assert.Equal("p", Publication());

        _flags.Remove("--publication");
        Assert.Equal("from_environment", Publication());

        _environment["PGCDC_DETECTOR_PUBLICATION"] = "";
        Assert.Equal("from_file", Publication());
    }

    [Fact]
    public void Read_ManyFaults_ReportsEveryOneWithItsOrigin()
    {
        _yaml = """
            detector:
              publicaton: p
              backoff_cap: 1s
            bus:
              buffer_size: 0
              mode: [fast]
            kafka:
              brokers: [x]
            pipeline_name: a/b
            metrics_addr: nowhere
            log_format:
            routes:
              stdotu: [a]
            """;
        _environment["PGCDC_SHUTDOWN_TIMEOUT"] = "5";
        _flags["--log-level"] = ["loud"];
        _flags["--route"] = ["stdout=a,b", "nothing", "stdout="];
        _flags["--adapter"] = ["stdout", "stdout", "sampel", "sample"];
        _flags["--sample-max-retries"] = ["99"];

        Assert.Equal(
        [
            "detector.publicaton: unknown key; did you mean detector.publication? (pgcdc.yaml:2)",
            "bus.mode: takes one value, not a list (pgcdc.yaml:6)",
            "kafka.brokers: unknown key (pgcdc.yaml:8)",
            "bus.buffer_size: '0' is below the minimum 1 (pgcdc.yaml:5)",
            "shutdown_timeout: '5' is not a duration such as 1h30m, 1.5s or 500ms (PGCDC_SHUTDOWN_TIMEOUT)",
            "log_level: 'loud' is not one of debug, info, warn, error (--log-level)",
            "adapters: 'stdout' is named twice",
            "unknown adapter 'sampel'; did you mean sample? (known: other, sample, stdout)",
            "sample.max_retries: '99' is above the maximum 50 (--sample-max-retries)",
            "target_url is required",
            "routes.stdotu: no such adapter in this pipeline; did you mean stdout? (pgcdc.yaml:13)",
            "--route: 'nothing' is not adapter=channel1,channel2",
            "routes.stdout: a channel name is empty (--route)",
        ], Problems());
    }

    [Fact]
    public void Read_ReadableButContradictingOptions_AreReported()
    {
        _yaml = """
            pipeline_name: a/b
            metrics_addr: nowhere
            detector: {backoff_cap: 1s}
            """;

        Assert.Equal(
        [
            "pipeline_name: 'a/b' must be 1 to 63 letters, digits, '_', '-' or '.', and start with a letter or digit",
            "metrics_addr: 'nowhere' is not host:port or :port",
            "detector.backoff_cap: '1s' is below detector.backoff_base 5s",
        ], Problems());
    }

    [Fact]
    public void Read_NoDetector_PointsToTheWays()
    {
        _flags.Clear();

        Assert.Equal(["no detector is chosen; use --detector wal with --publication NAME, or --all-tables to capture every table"], Problems());
    }

    [Fact]
    public void Read_AllTablesWithoutDetector_ChoosesWal()
    {
        _flags.Remove("--detector");
        _flags.Remove("--publication");
        _flags["--all-tables"] = ["true"];

        Assert.Equal("wal", Read().Pipeline.Detector.Type);
    }

    [Fact]
    public void Read_PersistentSlot_IsReliableAndGivesTheName()
    {
        _flags["--persistent-slot"] = ["true"];
        var configuration = Read();

        Assert.Equal(("pgcdc_p", BusMode.Reliable, true), (configuration.Pipeline.Name, configuration.Pipeline.BusMode, configuration.IsDurable));
    }

    [Fact]
    public void Read_PersistentSlotAndExplicitFast_StaysFast()
    {
        _flags["--persistent-slot"] = ["true"];
        _flags["--bus-mode"] = ["fast"];

        Assert.Equal(BusMode.Fast, Read().Pipeline.BusMode);
    }

    [Fact]
    public void Read_CooperativeAndExplicitFast_Refuses()
    {
        _flags["--persistent-slot"] = ["true"];
        _flags["--cooperative-checkpoint"] = ["true"];
        _flags["--bus-mode"] = ["fast"];

        Assert.Equal(["bus.mode: 'fast' drops events, which cooperative checkpointing forbids; use --bus-mode reliable or leave it out"], Problems());
    }

    [Fact]
    public void Read_RoutesInFileAndFlags_FlagsWinPerAdapter()
    {
        _yaml = "{adapters: [stdout, other], routes: {stdout: [from_file], other: x}}";
        _flags["--route"] = ["stdout=a,b", "stdout=c"];
        var routes = Read().Pipeline.Routes;

        Assert.Equal(["a", "b", "c"], routes["stdout"]);
        Assert.Equal(["x"], routes["other"]);
    }

    [Fact]
    public void Read_NoDatabase_IsReported()
    {
        _flags.Remove("--db");
        Assert.Equal(["database_url is required"], Problems());
    }

    [Theory]
    [InlineData("a: [b", "pgcdc.yaml:2: not valid YAML: ")]
    [InlineData("- a", "pgcdc.yaml:1: expected keys and values")]
    [InlineData("a:\n  - {b: c}", "a: a list of plain values is expected (pgcdc.yaml:2)")]
    [InlineData("a: 1\na: 2", "pgcdc.yaml:2: not valid YAML: ")]
    public void Yaml_OfAnotherShape_NamesTheLine(string text, string problem)
    {
        _yaml = text;
        Assert.StartsWith(problem, Assert.Single(Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void Yaml_FileThatCannotBeRead_NamesIt()
    {
        var error = Assert.Throws<ConfigurationException>(() => YamlFile.Read("/nowhere/pgcdc.yaml"));
        Assert.StartsWith("config validation: config file /nowhere/pgcdc.yaml cannot be read: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RouteDifference_Text_ListsWhatComesAndGoes()
    {
        var before = new Dictionary<string, IReadOnlyList<string>> { ["webhook"] = ["pgcdc:b", "same"], ["gone"] = ["x"] };
        var after = new Dictionary<string, IReadOnlyList<string>> { ["webhook"] = ["same", "pgcdc:a"] };

        Assert.Equal("routes[gone]: -x; routes[webhook]: +pgcdc:a -pgcdc:b", RouteDifference.Text(before, after));
        Assert.Equal("", RouteDifference.Text(after, after));
    }

    private ListenConfiguration Read() =>
        _configuration.Read(new LayeredValues(_flags, name => _environment.GetValueOrDefault(name), YamlFile.Parse("pgcdc.yaml", _yaml)));

    private IReadOnlyList<string> Problems() => Assert.Throws<ConfigurationException>(Read).Problems;

    private string Publication() => Read().Pipeline.Detector.Values["detector.publication"];
}
