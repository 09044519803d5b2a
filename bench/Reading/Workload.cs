using System.Globalization;
using PgCdc.TestKit.Postgres;

namespace PgCdc.Reading;

/// <summary>WAL written once and read again and again through copies of one slot.</summary>
internal sealed record Workload(PostgresCluster Cluster, int Rows, int RowsPerTransaction)
{
    public const string BaseSlot = "bench_base";
    public static readonly IReadOnlyDictionary<string, string> PluginOptions =
        new Dictionary<string, string> { ["proto_version"] = "1", ["publication_names"] = "bench" };

    public int Transactions => Rows / RowsPerTransaction;

    /// <summary>A WAL position behind the last commit.</summary>
    public string End { get; private set; } = "";

    public async Task PrepareAsync()
    {
        await Cluster.ExecuteAsync("""
            CREATE TABLE bench (id bigint PRIMARY KEY, name text, price numeric, at timestamptz);
            CREATE PUBLICATION bench FOR TABLE bench
            """);
        await Cluster.ExecuteAsync($"SELECT pg_create_logical_replication_slot('{BaseSlot}', 'pgoutput')");
        await Cluster.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"""
            DO $$ BEGIN
              FOR t IN 0..{Transactions - 1} LOOP
                INSERT INTO bench
                SELECT t * {RowsPerTransaction} + i, 'customer ' || repeat(md5(i::text), 2), i * 1.25, '2026-01-01'::timestamptz + i * interval '1 second'
                FROM generate_series(1, {RowsPerTransaction}) i;
                COMMIT;
              END LOOP;
            END $$
            """));
        End = (await Cluster.ScalarAsync<string>("SELECT pg_current_wal_insert_lsn()::text"))!;
    }
}
