using System.ComponentModel.DataAnnotations;
using PgCdc.Configuration;
using PgCdc.Connectors.Detectors.Wal;
using PgCdc.Errors;
using PgCdc.TestKit.Postgres;
using Xunit;

namespace PgCdc.Connectors.Tests.Detectors.Wal;

/// <summary>Servers and roles that cannot be captured from are refused, each with its full text.</summary>
public sealed class SourceRefusalTests
{
    private static readonly WalDetectorOptions s_options = new() { Publication = "pub", PersistentSlot = true, SlotName = "refused" };

    [Fact]
    public Task Server_ThatDoesNotAnswer_IsUnavailable() => RefusedAsync(
        s_options with { DatabaseUrl = new Secret("postgres://alice@127.0.0.1:1/shop?sslmode=disable") },
        ErrorCode.SourceUnavailable,
        isTransient: true,
        "Cannot reach PostgreSQL at 127.0.0.1:1: Connection refused; check --db and that the server runs.");

    [Fact]
    public async Task Role_WithWrongPasswordOrWithoutRight_IsRefused()
    {
        await using var server = await PostgresCluster.StartNewAsync(new PostgresClusterOptions { Hba = ["host all alice all scram-sha-256"] });
        await server.ExecuteAsync("CREATE ROLE alice LOGIN PASSWORD 'right'; CREATE ROLE bob LOGIN; CREATE PUBLICATION pub FOR ALL TABLES");
        var address = $"localhost:{server.Port}";

        await RefusedAsync(
            s_options with { DatabaseUrl = new Secret(server.UriFor("postgres", "alice", "wrong")) },
            ErrorCode.SourceAuthentication,
            isTransient: false,
            $"PostgreSQL at {address} refuses role 'alice': password authentication failed for user \"alice\"; check user and password of --db, and pg_hba.conf.");
        await RefusedAsync(
            s_options with { DatabaseUrl = new Secret(server.UriFor("postgres", "bob")) },
            ErrorCode.SourceNotReady,
            isTransient: false,
            "Role 'bob' lacks a privilege for logical replication: must be superuser or replication role to start walsender; "
            + "run ALTER ROLE \"bob\" REPLICATION (on RDS: GRANT rds_replication).");
        await server.ExecuteAsync("ALTER ROLE bob REPLICATION; REVOKE CONNECT ON DATABASE template1 FROM PUBLIC");
        await RefusedAsync(
            s_options with { DatabaseUrl = new Secret(server.UriFor("template1", "bob")) },
            ErrorCode.SourceNotReady,
            isTransient: false,
            "Role 'bob' may not enter database 'template1': permission denied for database \"template1\"; run GRANT CONNECT ON DATABASE \"template1\" TO \"bob\".");
        await RefusedAsync(
            s_options with { DatabaseUrl = new Secret(server.UriFor("postgres", "bob")), Publication = "", AllTables = true },
            ErrorCode.SourceNotReady,
            isTransient: false,
            "Role 'bob' may not create publication 'all' FOR ALL TABLES, which needs a superuser; let one run "
            + "CREATE PUBLICATION \"all\" FOR ALL TABLES, or set --publication to an existing one.");
        await RefusedAsync(
            s_options with { DatabaseUrl = new Secret(server.UriFor("nowhere")) },
            ErrorCode.SourceNotReady,
            isTransient: false,
            $"Database 'nowhere' does not exist on PostgreSQL at {address}; check --db.");
        await RefusedAsync(
            s_options with { DatabaseUrl = new Secret(server.Uri), Publication = "orders" },
            ErrorCode.SourceNotReady,
            isTransient: false,
            "Publication 'orders' does not exist in database 'postgres'; run CREATE PUBLICATION \"orders\" FOR TABLE …, or use --all-tables.");
    }

    [Fact]
    public async Task Server_WithoutLogicalLog_IsRefused()
    {
        await using var server = await PostgresCluster.StartNewAsync(
            new PostgresClusterOptions { Settings = new Dictionary<string, string> { ["wal_level"] = "replica" } });
        await server.ExecuteAsync("CREATE PUBLICATION pub FOR ALL TABLES");

        await RefusedAsync(
            s_options with { DatabaseUrl = new Secret(server.Uri) },
            ErrorCode.SourceNotReady,
            isTransient: false,
            $"wal_level of PostgreSQL at localhost:{server.Port} is 'replica', not 'logical'; run ALTER SYSTEM SET wal_level = logical and restart the server.");
    }

    [Fact]
    public async Task Server_AtItsLimits_IsRefused()
    {
        await using var server = await PostgresCluster.StartNewAsync(new PostgresClusterOptions
        {
            Settings = new Dictionary<string, string> { ["max_replication_slots"] = "1", ["max_wal_senders"] = "1", ["max_slot_wal_keep_size"] = "1MB" },
        });
        await server.ExecuteAsync("CREATE PUBLICATION pub FOR ALL TABLES");
        var options = s_options with { DatabaseUrl = new Secret(server.Uri) };
        await using (var reader = await DetectorRun.StartAsync(options with { SlotName = "first" }))
        {
            await RefusedAsync(
                options,
                ErrorCode.SourceUnavailable,
                isTransient: true,
                $"PostgreSQL at localhost:{server.Port} takes no further connection: number of requested standby connections exceeds max_wal_senders "
                + "(currently 1); raise max_wal_senders or max_connections, or stop another reader.");
            await reader.Session.CloseAsync(CancellationToken.None);
        }

        await RefusedAsync(
            options,
            ErrorCode.SourceNotReady,
            isTransient: false,
            $"PostgreSQL at localhost:{server.Port} is at a limit: all replication slots are in use; "
            + "raise max_replication_slots and restart it, or drop an unused slot (pgcdc slot list).");

        await server.ExecuteAsync("CREATE TABLE t (id int)");
        for (var segment = 0; segment < 3; segment++)
            await server.ExecuteAsync("INSERT INTO t VALUES (1); SELECT pg_switch_wal()");
        await server.ExecuteAsync("CHECKPOINT");
        await RefusedAsync(
            options with { SlotName = "first" },
            ErrorCode.SourcePositionLost,
            isTransient: false,
            "Slot 'first' was invalidated by the server (wal_status lost) and changes are lost; drop the slot, raise max_slot_wal_keep_size, "
            + "then copy the tables afresh and start with a new pipeline state.");
    }

    [Fact]
    public void Options_ThatNameNoPublication_AreRefused() => Assert.Equal(
        ["detector.publication: no publication is named; set --publication or --all-tables"], Problems(new WalDetectorOptions()));

    [Fact]
    public void SlotName_MadeFromAPublicationThatCannotNameASlot_IsRefused() => Assert.Equal(
        ["detector.slot_name: 'pgcdc_Orders' cannot name a slot, which takes 1 to 63 of a-z, 0-9 and _; set --slot-name"],
        Problems(new WalDetectorOptions { Publication = "Orders", PersistentSlot = true }));

    [Fact]
    public void DatabaseUrl_ThatCannotBeRead_IsRefused()
    {
        var error = Assert.Throws<ConfigurationException>(
            () => DetectorRun.Create(new WalDetectorOptions { DatabaseUrl = new Secret("postgres://h:x/"), AllTables = true }));

        Assert.StartsWith("database_url: Database connection parameter 'port': ", Assert.Single(error.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AllTables_WithoutAPublication_MakesItAtTheStartAndNotWhenValidated()
    {
        await using var server = await PostgresCluster.StartNewAsync();
        await server.ExecuteAsync("CREATE TABLE t (id int)");
        var options = new WalDetectorOptions { DatabaseUrl = new Secret(server.Uri), AllTables = true };

        await using var run = DetectorRun.Create(options);
        await run.ValidateAsync();
        Assert.Equal(0L, await server.ScalarAsync<long>("SELECT (SELECT count(*) FROM pg_publication) + (SELECT count(*) FROM pg_replication_slots)"));

        await run.ConnectAsync(null);
        await server.ExecuteAsync("INSERT INTO t VALUES (1)");
        await run.ReadEventsAsync(1);

        Assert.Equal("all", await server.ScalarAsync<string>("SELECT pubname::text FROM pg_publication WHERE puballtables"));
        Assert.Null(run.Session.Origin.Identity.Slot);
        Assert.Matches("^pgcdc_[0-9a-f]{8}$", await server.ScalarAsync<string>("SELECT slot_name::text FROM pg_replication_slots WHERE temporary"));
    }

    private static IEnumerable<string?> Problems(WalDetectorOptions options) =>
        options.Validate(new ValidationContext(options)).Select(problem => problem.ErrorMessage);

    private static async Task RefusedAsync(WalDetectorOptions options, ErrorCode code, bool isTransient, string message)
    {
        await using var run = DetectorRun.Create(options);
        var error = await Assert.ThrowsAsync<DetectorException>(() => run.ConnectAsync(null));

        Assert.Equal(message, error.Message);
        Assert.Equal((code, isTransient), (error.Code, error.IsTransient));
    }
}
