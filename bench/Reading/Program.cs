// Compares the ways of reading a replication stream. Arguments: rows, rows per transaction, rounds.
// Or, with "count" or "stamp" as first argument, reads a slot of any server: see BareReader.
using System.Globalization;
using System.Text.Json;
using PgCdc.Reading;
using PgCdc.TestKit.Postgres;

switch (args.FirstOrDefault())
{
    case "count":
        BareReader.Of(args[1..]).Count(Console.Out);
        return;
    case "stamp":
        BareReader.Of(args[1..]).Stamp(Console.Out);
        return;
}

int Argument(int index, int otherwise) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;

await using var cluster = await PostgresCluster.StartNewAsync(new PostgresClusterOptions
{
    Tls = true,
    Settings = new Dictionary<string, string>
    {
        // The figures shall not depend on the machine's disk, nor on what the server does beside.
        ["max_wal_size"] = "8GB",
        ["checkpoint_timeout"] = "1h",
        ["autovacuum"] = "off",
        // A reader starved by a busy machine is slow here, not dead.
        ["wal_sender_timeout"] = "0",
    },
});
var workload = new Workload(cluster, Argument(0, 500_000), Argument(1, 500));
await workload.PrepareAsync();
IReader[] readers =
[
    new RecvLogicalReader(),
    new NpgsqlReader(),
    new SessionReader("session, eager", TimeSpan.Zero, "disable"),
    new SessionReader("session, 1 ms wait", TimeSpan.FromMilliseconds(1), "disable"),
    new SessionReader("session, 1 ms wait, TLS", TimeSpan.FromMilliseconds(1), "require"),
];
var runs = new List<Measurement>();
var rounds = Argument(2, 5);
// Round 0 warms up files, buffers and the JIT and is not counted.
for (var round = 0; round <= rounds; round++)
{
    foreach (var reader in readers)
    {
        var run = await Measurement.TakeAsync(reader, workload, round);
        if (round > 0)
            runs.Add(run);
    }
}
var result = new
{
    workload.Rows,
    workload.RowsPerTransaction,
    Rounds = rounds,
    Median = runs.GroupBy(run => run.Reader).Select(group => Measurement.MedianOf([.. group])).ToArray(),
};
Console.WriteLine(JsonSerializer.Serialize(result, JsonSerializerOptions.Web));
