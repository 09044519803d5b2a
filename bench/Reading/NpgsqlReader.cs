using Npgsql.Replication;
using Npgsql.Replication.Internal;
using Npgsql.Replication.PgOutput;

namespace PgCdc.Reading;

/// <summary>Npgsql's replication connection, as raw frames: its own decoder is left out.</summary>
internal sealed class NpgsqlReader : IReader
{
    private static readonly Dictionary<string, string?> s_options = Workload.PluginOptions.ToDictionary(option => option.Key, option => (string?)option.Value);

    public string Name => "npgsql";

    public async Task ReadAsync(string slot, Workload workload)
    {
        await using var connection = new LogicalReplicationConnection(workload.Cluster.ConnectionString);
        await connection.Open();
        using var stop = new CancellationTokenSource();
        var frames = connection.StartLogicalReplication(
            new PgOutputReplicationSlot(slot), stop.Token, options: s_options, bypassingStream: true);
        var commits = 0;
        var buffer = new byte[64 * 1024];
        await foreach (var frame in frames)
        {
            var length = await frame.Data.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false);
            if (length > 0 && buffer[0] == 'C' && ++commits == workload.Transactions)
                break;
        }
    }
}
