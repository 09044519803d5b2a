using PgCdc.Connectors;
using PgCdc.Engine.Configuration;
using Xunit;

namespace PgCdc.Engine.Tests.Configuration;

/// <summary>The options that users see; a change here is a change for every user.</summary>
public sealed class BuiltInFlagsTests
{
    private static readonly IReadOnlyDictionary<string, ParameterSpec> Parameters = PipelineConfiguration.Parameters(BuiltInConnectors.Catalog());

    [Fact]
    public void Parameters_OfThisBuild_HaveTheKnownFlagsKeysAndDefaults() => Assert.Equal(
        [
            "--detector detector.type = ",
            "--adapter adapters = stdout",
            " pipeline_name = ",
            "--bus-mode bus.mode = ",
            " bus.buffer_size = 16384",
            " shutdown_timeout = 5s",
            " detector.backoff_base = 5s",
            " detector.backoff_cap = 1m",
            "--metrics-addr metrics_addr = ",
            "--state-dir state_dir = ./.pgcdc",
            "--log-level log_level = info",
            "--log-format log_format = auto",
            "--db database_url = ",
            "--publication detector.publication = ",
            "--all-tables detector.all_tables = false",
            "--tx-metadata detector.tx_metadata = false",
            "--tx-markers detector.tx_markers = false",
            "--persistent-slot detector.persistent_slot = false",
            "--slot-name detector.slot_name = ",
            "--checkpoint-db detector.checkpoint_db = ",
            "--include-schema detector.include_schema = false",
            "--cooperative-checkpoint detector.cooperative_checkpoint = false",
            "--file-path file.path = ",
            "--file-max-size file.max_size = 104857600",
            "--file-max-files file.max_files = 5",
        ],
        Parameters.Values.Select(parameter => $"{parameter.Flag} {parameter.Key} = {parameter.Default}"));

    [Fact]
    public void Parameters_EachInEveryLayer_AreFoundThere()
    {
        foreach (var parameter in Parameters.Values)
        {
            var yaml = YamlFile.Parse("f.yaml", $"{{{parameter.Key.Replace(".", ": {", StringComparison.Ordinal)}: file{new string('}', parameter.Key.Count(c => c == '.'))}}}");
            var file = new LayeredValues(new Dictionary<string, IReadOnlyList<string>>(), _ => null, yaml);
            Assert.Equal(new ConfiguredValue("file", "f.yaml:1"), file.Find(parameter));

            var variable = "PGCDC_" + parameter.Key.ToUpperInvariant().Replace('.', '_');
            var environment = new LayeredValues(new Dictionary<string, IReadOnlyList<string>>(), name => name == variable ? "environment" : null, yaml);
            Assert.Equal(new ConfiguredValue("environment", variable), environment.Find(parameter));

            if (parameter.Flag is not { } flag) continue;
            var flags = new LayeredValues(new Dictionary<string, IReadOnlyList<string>> { [flag] = ["flag"] }, _ => "environment", yaml);
            Assert.Equal(new ConfiguredValue("flag", flag), flags.Find(parameter));
        }
    }
}
