using PgCdc.Scenarios.Oracle;
using PgCdc.Scenarios.Processes;
using PgCdc.Scenarios.Workload;
using PgCdc.TestKit.Postgres;
using Xunit;

namespace PgCdc.Scenarios.Faults;

/// <summary>
/// A database with the workload's tables and a pipeline that writes their changes to files, started as often as a test wants. The folder is
/// removed in the end.
/// </summary>
internal sealed class Capture : IAsyncDisposable
{
    private const int MarkerWriter = 0;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly string _folder;
    private int _marker;

    private Capture(PostgresCluster cluster, string folder)
    {
        Cluster = cluster;
        _folder = folder;
        OutputPath = Path.Combine(folder, "out", "events.jsonl");
        StateDirectory = Path.Combine(folder, "state");
        Directory.CreateDirectory(Path.GetDirectoryName(OutputPath)!);
        Directory.CreateDirectory(StateDirectory);
    }

    public PostgresCluster Cluster { get; }

    /// <summary>Where the file adapter writes; its rotated files stand beside it.</summary>
    public string OutputPath { get; }

    public string StateDirectory { get; }

    public OutputFiles Output => new(OutputPath);

    public static async Task<Capture> CreateAsync(IReadOnlyDictionary<string, string>? settings = null)
    {
        var options = new PostgresClusterOptions { Settings = new Dictionary<string, string>(settings ?? new Dictionary<string, string>()) { ["deadlock_timeout"] = "100ms" } };
        var cluster = await PostgresCluster.StartNewAsync(options);
        var capture = new Capture(cluster, Directory.CreateTempSubdirectory("pgcdc-fault-").FullName);
        await cluster.ExecuteAsync(WorkloadTables.Create);
        return capture;
    }

    /// <summary>Starts the pipeline into files, by default straight to the server.</summary>
    public PgCdcProcess Start(int? port = null) => PgCdcProcess.Start(
        [.. Source(port), "-a", "file", "--file-path", OutputPath, "--file-max-size", FileSize, "--file-max-files", "1000"], _folder);

    /// <summary>Starts the pipeline into stdout.</summary>
    public PgCdcProcess StartToStdout() => PgCdcProcess.Start([.. Source(port: null), "-a", "stdout"], _folder);

    public RandomWorkload StartWorkload(int seed) => RandomWorkload.Start(Cluster.ConnectionString, seed);

    /// <summary>Waits until the pipeline has created its slot: what is written from now on must arrive.</summary>
    public Task SlotExistsAsync(PgCdcProcess process) => Eventually.HoldsAsync(
        "the replication slot",
        () =>
        {
            process.EnsureRuns();
            return Cluster.ScalarAsync<bool>("SELECT count(*) = 1 FROM pg_replication_slots WHERE confirmed_flush_lsn IS NOT NULL");
        },
        s_patience,
        process.Describe);

    /// <summary>Commits a last transaction that can be recognised.</summary>
    /// <returns>A text that stands in its event and in no other.</returns>
    public async Task<string> CommitMarkerAsync()
    {
        _marker++;
        await Cluster.ExecuteAsync($"INSERT INTO {WorkloadTables.Ledger.Name.Quoted} VALUES ({MarkerWriter}, {_marker}, 0)");
        return $"\"row\":{{\"changes\":\"0\",\"number\":\"{_marker}\",\"writer\":\"{MarkerWriter}\"}}";
    }

    /// <summary>Waits until everything committed so far is in the files.</summary>
    public async Task CatchUpAsync(PgCdcProcess process)
    {
        var marker = await CommitMarkerAsync();
        await Eventually.HoldsAsync(
            "the last committed change in the output",
            () =>
            {
                process.EnsureRuns();
                return Output.TailContains(marker);
            },
            Output.Size,
            s_patience,
            process.Describe);
    }

    public Task<StreamOracle> VerifyAsync(int seed) => VerifyAsync(Output.Lines(), seed);

    /// <summary>Everything committed and nothing else, in order: judged by the oracle against the tables as they are now.</summary>
    public async Task<StreamOracle> VerifyAsync(IEnumerable<string> lines, int seed)
    {
        var oracle = new StreamOracle(WorkloadTables.All);
        foreach (var line in lines)
            oracle.Read(line);
        await using var connection = await Cluster.OpenAsync();
        oracle.Finish(await TableContents.ReadAsync(connection, WorkloadTables.All.Select(table => table.Name)));
        Assert.True(oracle.Violations.Count == 0, $"seed {seed}: {string.Join(Environment.NewLine, oracle.Violations)}");
        return oracle;
    }

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Small enough to rotate often; large enough that a soak stays below the most files that are kept, or its beginning would be gone.</summary>
    private static string FileSize => Environment.GetEnvironmentVariable("PGCDC_SOAK") == "1" ? "50000000" : "5000000";

    private string[] Source(int? port) =>
    [
        "listen", "--all-tables", "--db", Cluster.UriFor("postgres", port: port), "--persistent-slot", "--slot-name", "fault_test",
        "--tx-metadata", "--include-schema", "--state-dir", StateDirectory,
    ];
}
