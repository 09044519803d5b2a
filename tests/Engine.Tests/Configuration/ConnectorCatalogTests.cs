using Microsoft.Extensions.Logging.Abstractions;
using PgCdc.Configuration;
using PgCdc.Engine.Configuration;
using PgCdc.Engine.Diagnostics;
using PgCdc.Errors;
using Xunit;

namespace PgCdc.Engine.Tests.Configuration;

public sealed class ConnectorCatalogTests : IDisposable
{
    private readonly PgCdcMetrics _metrics = new();
    private readonly ConnectorCatalog _catalog = ConnectorCatalog.Of(typeof(SampleAdapterConnector), typeof(SampleDetectorConnector), typeof(string));

    [Fact]
    public void CreateAdapter_ValuesOfEveryKind_ReachTheConnector()
    {
        var created = Assert.Throws<SampleCreatedException>(() => Create(new()
        {
            ["sample.brokers"] = "a:1,\"b,c\"",
            ["sample.sasl_mechanism"] = "plain",
            ["sample.sasl_password"] = "hush",
            ["sample.backoff_base"] = "1m30s",
            ["sample.max_size"] = "5000000000",
            ["sample.max_retries"] = "50",
            ["sample.compress"] = "true",
            ["sample.ratio"] = "0.25",
            ["target_url"] = "http://x/y",
            ["sample.mode"] = "upsert",
        }));

        var options = Assert.IsType<SampleAdapterOptions>(created.Options);
        Assert.Equal(["a:1", "b,c"], options.Brokers);
        Assert.Equal("plain", options.SaslMechanism);
        Assert.Equal("hush", options.SaslPassword.Reveal());
        Assert.Equal(TimeSpan.FromSeconds(90), options.BackoffBase);
        Assert.Equal(5_000_000_000, options.MaxSize);
        Assert.Equal(50, options.MaxRetries);
        Assert.True(options.Compress);
        Assert.Equal(0.25, options.Ratio);
        Assert.Equal("http://x/y", options.Url);
        Assert.Equal(SampleMode.Upsert, options.Mode);
        Assert.Equal("out", created.Context.Name);
    }

    [Fact]
    public void CreateAdapter_NothingButTheRequired_KeepsTheDefaults()
    {
        var created = Assert.Throws<SampleCreatedException>(() => Create(new() { ["target_url"] = "http://x" }));

        var expected = new SampleAdapterOptions();
        Assert.Equal(expected with { Url = "http://x", Brokers = expected.Brokers }, (SampleAdapterOptions)created.Options with { Brokers = expected.Brokers });
        Assert.Equal(["localhost:9092"], ((SampleAdapterOptions)created.Options).Brokers);
    }

    [Fact]
    public void CreateAdapter_ManyFaults_ReportsEveryOne()
    {
        var error = Assert.Throws<ConfigurationException>(() => Create(new()
        {
            ["sample.broker"] = "x",
            ["sample.brokers"] = "",
            ["sample.sasl_mechanism"] = "gssapi",
            ["sample.backoff_base"] = "5 s",
            ["sample.max_size"] = "0",
            ["sample.max_retries"] = "51",
            ["sample.compress"] = "maybe",
            ["sample.ratio"] = "half",
            ["sample.mode"] = "append",
        }));

        Assert.Equal(
        [
            "sample.broker: unknown key of sample; did you mean sample.brokers?",
            "sample.brokers is required",
            "sample.sasl_mechanism: 'gssapi' is not one of plain, scram-sha-256, scram-sha-512",
            "sample.backoff_base: '5 s' is not a duration such as 1h30m, 1.5s or 500ms",
            "sample.max_size: '0' is below the minimum 1",
            "sample.max_retries: '51' is above the maximum 50",
            "sample.compress: 'maybe' is not true or false",
            "sample.ratio: 'half' is not a number",
            "target_url is required",
            "sample.mode: 'append' is not one of append-only, upsert",
        ], error.Problems);
        Assert.StartsWith("config validation: sample.broker: unknown key of sample; did you mean sample.brokers?; sample.brokers is required; ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CreateAdapter_ReadableValues_AreAlsoHeldAgainstRulesAcrossOptions()
    {
        var error = Assert.Throws<ConfigurationException>(() => Create(new() { ["target_url"] = "nowhere", ["sample.sasl_mechanism"] = "plain", ["sample.backoff_base"] = "1ms" }));

        Assert.Equal(
        [
            "sample.backoff_base: '1ms' is below the minimum 10ms",
            "target_url: 'nowhere' is not a URL",
            "sample.sasl_password is required with sample.sasl_mechanism",
        ], error.Problems);
    }

    [Fact]
    public void CreateAdapter_UnknownType_SuggestsTheNearest()
    {
        var error = Assert.Throws<ConfigurationException>(() => _catalog.CreateAdapter("sampel", new Dictionary<string, string>(), Context()));

        Assert.Equal("config validation: unknown adapter 'sampel'; did you mean sample? (known: sample)", error.Message);
    }

    [Fact]
    public void CreateDetector_Values_ReachTheConnector()
    {
        var values = new Dictionary<string, string> { ["database_url"] = "postgres://x", ["detector.publication"] = "p" };
        var created = Assert.Throws<SampleCreatedException>(() => _catalog.CreateDetector("wal", values, Context()));

        Assert.Equal(new SampleDetectorOptions { DatabaseUrl = new Secret("postgres://x"), Publication = "p" }, created.Options);
    }

    [Fact]
    public void Catalog_TwoConnectorsOfOneName_Fails()
    {
        var error = Assert.Throws<InvalidOperationException>(() => ConnectorCatalog.Of(typeof(SampleAdapterConnector), typeof(SecondSampleAdapterConnector)));

        Assert.Equal("Two connectors are the adapter 'sample'.", error.Message);
    }

    [Fact]
    public void Catalog_AttributeOnAnotherClass_Fails() =>
        Assert.Throws<InvalidOperationException>(() => ConnectorCatalog.Of(typeof(NoConnector)));

    [Fact]
    public void Spec_Parameters_DescribeNamesKindsDefaultsAndRules()
    {
        var adapter = _catalog.Find(ConnectorRole.Adapter, "sample")!;

        Assert.Equal(
        [
            "sample.brokers --sample-brokers list 'localhost:9092' [required]",
            "sample.sasl_mechanism --sample-sasl-mechanism string '' [oneof:plain,scram-sha-256,scram-sha-512]",
            "sample.sasl_password --sample-sasl-password secret '' []",
            "sample.backoff_base --sample-backoff-base duration '1s' [duration min:10ms max:10m]",
            "sample.max_size --sample-max-size int '100' [min:1]",
            "sample.max_retries --sample-max-retries int '5' [min:0 max:50]",
            "sample.compress --sample-compress bool 'false' []",
            "sample.ratio  float '0.5' []",
            "target_url --target string '' [required url]",
            "sample.mode --sample-mode string 'append-only' [oneof:append-only,upsert]",
        ], adapter.Parameters.Select(p => $"{p.Key} {p.Flag} {p.Type} '{p.Default}' [{string.Join(' ', p.Validations)}]"));
        Assert.Equal(
            ["--db", "--publication", "--all-tables", "--persistent-slot", "--cooperative-checkpoint"],
            _catalog.Find(ConnectorRole.Detector, "wal")!.Parameters.Select(p => p.Flag));
    }

    public void Dispose() => _metrics.Dispose();

    private void Create(Dictionary<string, string> values) => _catalog.CreateAdapter("sample", values, Context());

    private ConnectorContext Context() => new()
    {
        Pipeline = "shop",
        Name = "out",
        Loggers = NullLoggerFactory.Instance,
        Metrics = _metrics,
        Time = TimeProvider.System,
        Random = new Random(1),
    };
}
