using Microsoft.Extensions.Logging.Abstractions;
using PgCdc.Engine.Files;
using PgCdc.Engine.State.Journaling;
using PgCdc.Scenarios.Processes;
using PgCdc.TestKit.Postgres;
using Xunit;

namespace PgCdc.Scenarios.Refusals;

/// <summary>A start that cannot be right ends with exit code 1, one line that says what was seen and what to do, and changes nothing.</summary>
public sealed class ListenTests(RefusalFixture fixture) : IClassFixture<RefusalFixture>, IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pgcdc-refusal-").FullName;
    private string _database = "";

    private static int s_databases;

    private PostgresCluster Cluster => fixture.Cluster;

    private string Url => Cluster.UriFor(_database);

    private string Address => $"localhost:{Cluster.Port}";

    public async ValueTask InitializeAsync()
    {
        _database = await Cluster.CreateDatabaseAsync($"refusal_{Interlocked.Increment(ref s_databases)}");
        await Cluster.ExecuteAsync("CREATE TABLE orders (id int PRIMARY KEY)", _database);
    }

    public async ValueTask DisposeAsync()
    {
        await Cluster.ExecuteAsync(
            $"SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database = '{_database}'", cancellationToken: CancellationToken.None);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task MisspeltFlag_IsRefusedWithTheNearest() =>
        Assert.Equal("unknown flag --all-tabels; did you mean --all-tables?", await RefusedAsync("--all-tabels", "--db", Url));

    [Fact]
    public async Task MisspeltKey_IsRefusedWithTheNearest()
    {
        var file = Path.Combine(_folder, "pgcdc.yaml");
        await File.WriteAllTextAsync(file, "detector:\n  type: wal\n  publicaton: p\n");

        var error = await RefusedAsync("--config", file, "--db", Url);

        Assert.Contains("detector.publicaton", error, StringComparison.Ordinal);
        Assert.Contains("did you mean detector.publication?", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoDetector_IsRefusedWithTheWayToOne() => Assert.Equal(
        "config validation: no detector is chosen; use --detector wal with --publication NAME, or --all-tables to capture every table",
        await RefusedAsync("--db", Url));

    [Fact]
    public async Task UnreachableServer_IsRefused() => Assert.Equal(
        "Cannot reach PostgreSQL at localhost:1: Connection refused; check --db and that the server runs.",
        await RefusedAsync("--all-tables", "--db", Cluster.UriFor(_database, port: 1)));

    [Fact]
    public async Task MissingDatabase_IsRefused() => Assert.Equal(
        $"Database 'nowhere' does not exist on PostgreSQL at {Address}; check --db.",
        await RefusedAsync("--all-tables", "--db", Cluster.UriFor("nowhere")));

    [Fact]
    public async Task WrongPassword_IsRefusedWithoutShowingIt()
    {
        var error = await RefusedAsync("--all-tables", "--db", Cluster.UriFor(_database, RefusalFixture.PasswordUser, "wr0ng"));

        Assert.Equal(
            $"PostgreSQL at {Address} refuses role '{RefusalFixture.PasswordUser}': password authentication failed for user \"{RefusalFixture.PasswordUser}\"; "
            + "check user and password of --db, and pg_hba.conf.",
            error);
        Assert.DoesNotContain("wr0ng", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PhysicalWal_IsRefused()
    {
        await using var cluster = await PostgresCluster.StartNewAsync(
            new PostgresClusterOptions { Settings = new Dictionary<string, string> { ["wal_level"] = "replica" } });

        Assert.Equal(
            $"wal_level of PostgreSQL at localhost:{cluster.Port} is 'replica', not 'logical'; run ALTER SYSTEM SET wal_level = logical and restart the server.",
            await RefusedAsync("--all-tables", "--db", cluster.Uri));
        Assert.Equal(0L, await cluster.ScalarAsync<long>("SELECT count(*) FROM pg_publication"));
    }

    [Fact]
    public async Task MissingPublication_IsRefused()
    {
        Assert.Equal(
            $"Publication 'sales' does not exist in database '{_database}'; run CREATE PUBLICATION \"sales\" FOR TABLE …, or use --all-tables.",
            await RefusedAsync("--detector", "wal", "--publication", "sales", "--persistent-slot", "--db", Url));
        await AssertUntouchedAsync();
    }

    [Fact]
    public async Task RoleWithoutReplication_IsRefused()
    {
        await Cluster.ExecuteAsync("CREATE PUBLICATION sales FOR TABLE orders", _database);

        var error = await RefusedAsync("--detector", "wal", "--publication", "sales", "--db", Cluster.UriFor(_database, RefusalFixture.PlainUser));

        Assert.StartsWith($"Role '{RefusalFixture.PlainUser}' lacks a privilege for logical replication: ", error, StringComparison.Ordinal);
        Assert.EndsWith($"run ALTER ROLE \"{RefusalFixture.PlainUser}\" REPLICATION (on RDS: GRANT rds_replication).", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RoleThatMayNotPublishAllTables_IsRefused() => Assert.Equal(
        $"Role '{RefusalFixture.ReplicationUser}' may not create publication 'all' FOR ALL TABLES, which needs a superuser; let one run "
        + "CREATE PUBLICATION \"all\" FOR ALL TABLES, or set --publication to an existing one.",
        await RefusedAsync("--all-tables", "--db", Cluster.UriFor(_database, RefusalFixture.ReplicationUser)));

    [Fact]
    public async Task SlotOfAnotherPlugin_IsRefused()
    {
        await CreateSlotAsync("foreign_slot", "test_decoding");

        Assert.Equal(
            "Slot 'foreign_slot' uses the output plug-in 'test_decoding', not 'pgoutput'; set --slot-name to another name, or drop the slot.",
            await RefusedAsync("--all-tables", "--persistent-slot", "--slot-name", "foreign_slot", "--db", Url));
    }

    [Fact]
    public async Task DroppedSlot_IsRefused()
    {
        await CaptureAndStopAsync("dropped_slot");
        await DropSlotAsync("dropped_slot");

        var error = await RefusedAsync(Durable("dropped_slot"));

        Assert.Matches(
            "^Slot 'dropped_slot' does not exist, but the checkpoint stands at [0-9A-F]+/[0-9A-F]+: the slot was dropped and changes since then are lost; "
            + "copy the tables afresh and start with a new pipeline state.$",
            error);
        Assert.Equal(0L, await Cluster.ScalarAsync<long>("SELECT count(*) FROM pg_replication_slots WHERE slot_name = 'dropped_slot'"));
    }

    [Fact]
    public async Task RecreatedSlot_IsRefused()
    {
        await CaptureAndStopAsync("recreated_slot");
        await DropSlotAsync("recreated_slot");
        await Cluster.ExecuteAsync("INSERT INTO orders VALUES (100)", _database);
        await CreateSlotAsync("recreated_slot", "pgoutput");

        Assert.Matches(AheadOfTheCheckpoint("recreated_slot"), await RefusedAsync(Durable("recreated_slot")));
    }

    [Fact]
    public async Task SlotReadBySomebodyElse_IsRefused()
    {
        await CaptureAndStopAsync("advanced_slot");
        await Cluster.ExecuteAsync(
            "INSERT INTO orders VALUES (100); SELECT pg_switch_wal(); SELECT pg_replication_slot_advance('advanced_slot', pg_current_wal_lsn())", _database);

        Assert.Matches(AheadOfTheCheckpoint("advanced_slot"), await RefusedAsync(Durable("advanced_slot")));
    }

    [Fact]
    public async Task CheckpointOfAnotherDatabase_IsRefused()
    {
        await CaptureAndStopAsync("moved_slot");
        var other = await Cluster.CreateDatabaseAsync($"{_database}_other");

        Assert.Equal(
            $"The checkpoint belongs to database '{_database}', but the source is database '{other}'; connect to the old one, or use another pipeline name or state folder.",
            await RefusedAsync(Durable("moved_slot", Cluster.UriFor(other))));
    }

    [Fact]
    public async Task CheckpointOfAnotherCluster_IsRefused()
    {
        await CaptureAndStopAsync("moved_slot");
        await using var other = await PostgresCluster.StartNewAsync();
        await other.CreateDatabaseAsync(_database);

        var error = await RefusedAsync(Durable("moved_slot", other.UriFor(_database)));

        Assert.Contains("cluster", error, StringComparison.Ordinal);
        Assert.Contains("another pipeline name or state folder", error, StringComparison.Ordinal);
        Assert.Equal(0L, await other.ScalarAsync<long>("SELECT count(*) FROM pg_replication_slots"));
    }

    [Fact]
    public async Task SecondProcess_OnTheSameState_IsRefused()
    {
        await using var first = StartDurable("shared_slot");
        await first.LogContainsAsync("captures changes", TimeSpan.FromSeconds(60));

        var error = await RefusedAsync(Durable("shared_slot"));

        Assert.Equal(
            $"State directory '{Path.Combine(State, "shared_slot")}' of pipeline 'shared_slot' is in use by process {first.Id}; stop it, "
            + "or give this pipeline another pipeline_name or --state-dir.",
            error);
        first.EnsureRuns();
    }

    [Fact]
    public async Task DamagedJournal_IsRefused()
    {
        await CaptureAndStopAsync("damaged_slot");
        var journal = Path.Combine(State, "damaged_slot", "journal");
        var bytes = await File.ReadAllBytesAsync(journal);
        bytes[bytes.Length / 4] ^= 0x40;
        await File.WriteAllBytesAsync(journal, bytes);

        var error = await RefusedAsync(Durable("damaged_slot"));

        Assert.StartsWith($"Journal '{journal}' is damaged at offset ", error, StringComparison.Ordinal);
        Assert.EndsWith(
            "Nothing was changed. Put back a copy of the file, or move it away to start without the state that it holds.", error, StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(journal));
    }

    [Fact]
    public async Task StateThatThisVersionDoesNotWrite_IsRefused()
    {
        var path = Path.Combine(State, "future_slot", "journal");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var journal = Journal.Open(new PhysicalFileSystem(), path, new JournalOptions(), NullLogger.Instance))
            await journal.WriteAsync("pipeline/pipeline/future_slot", expectedVersion: 0, "[]"u8.ToArray());

        var error = await RefusedAsync(Durable("future_slot"));

        Assert.StartsWith($"State 'pipeline/pipeline/future_slot' in journal '{path}' is not what this version writes: ", error, StringComparison.Ordinal);
        await AssertUntouchedAsync();
    }

    private string State => Path.Combine(_folder, "state");

    private static string AheadOfTheCheckpoint(string slot) =>
        $"^Slot '{slot}' is confirmed up to [0-9A-F]+/[0-9A-F]+, ahead of the checkpoint at [0-9A-F]+/[0-9A-F]+: it was recreated or read by somebody else, "
        + "and the changes between are lost; copy the tables afresh and start with a new pipeline state.$";

    private string[] Durable(string slot, string? url = null) =>
        ["--all-tables", "--persistent-slot", "--slot-name", slot, "--db", url ?? Url];

    private string[] Everything(string[] arguments) =>
        ["listen", .. arguments, "-a", "file", "--file-path", Path.Combine(_folder, "events.jsonl"), "--state-dir", State, "--log-format", "text"];

    private PgCdcProcess StartDurable(string slot) => PgCdcProcess.Start(Everything(Durable(slot)), _folder);

    /// <returns>The one line behind "Error: ".</returns>
    private async Task<string> RefusedAsync(params string[] arguments)
    {
        var (exitCode, output, log) = await PgCdcProcess.RunAsync(Everything(arguments));
        Assert.True(exitCode == 1, $"exit code {exitCode}: {log}");
        Assert.Empty(output);
        const string prefix = "Error: ";
        return Assert.Single(log.Split('\n'), line => line.StartsWith(prefix, StringComparison.Ordinal))[prefix.Length..];
    }

    /// <summary>Leaves a checkpoint behind that covers one change.</summary>
    private async Task CaptureAndStopAsync(string slot)
    {
        await using var process = StartDurable(slot);
        await process.LogContainsAsync("captures changes", TimeSpan.FromSeconds(60));
        await Cluster.ExecuteAsync("INSERT INTO orders VALUES (1)", _database);
        var file = new FileInfo(Path.Combine(_folder, "events.jsonl"));
        await Eventually.HoldsAsync(
            "the captured change",
            () =>
            {
                file.Refresh();
                return file.Exists && file.Length > 0;
            },
            TimeSpan.FromSeconds(30),
            process.Describe);
        process.Send(Signal.TERM);
        Assert.Equal(0, await process.ExitAsync(TimeSpan.FromSeconds(30)));
    }

    private Task CreateSlotAsync(string slot, string plugin) =>
        Cluster.ExecuteAsync($"SELECT pg_create_logical_replication_slot('{slot}', '{plugin}')", _database);

    private Task DropSlotAsync(string slot) => Cluster.ExecuteAsync($"SELECT pg_drop_replication_slot('{slot}')", _database);

    private async Task AssertUntouchedAsync()
    {
        Assert.Equal(0L, await Cluster.ScalarAsync<long>($"SELECT count(*) FROM pg_replication_slots WHERE database = '{_database}'"));
        Assert.Equal(0L, await Cluster.ScalarAsync<long>("SELECT count(*) FROM pg_publication", _database));
        Assert.Equal("orders", await Cluster.ScalarAsync<string>("SELECT string_agg(relname, ',') FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace", _database));
    }
}
