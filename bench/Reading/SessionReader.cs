using PgCdc.Connectors.Shared.Postgres;

namespace PgCdc.Reading;

/// <summary>The own session: blocking reads on this thread.</summary>
internal sealed class SessionReader(string name, TimeSpan coalescingWait, string sslMode) : IReader
{
    public string Name => name;

    public Task ReadAsync(string slot, Workload workload)
    {
        var settings = ConnectionSettings.Parse($"{workload.Cluster.Uri}?sslmode={sslMode}");
        using var connection = ReplicationConnection.Open(settings, new ReplicationSessionOptions { CoalescingWait = coalescingWait });
        var stream = connection.StartLogicalReplication(slot, 0, Workload.PluginOptions);
        for (var commits = 0; commits < workload.Transactions;)
        {
            var message = stream.Read();
            if (message.Kind == ReplicationMessageKind.Data && message.Data[0] == 'C')
                commits++;
            else if (message.ReplyRequested)
                stream.SendStatus(default);
        }
        return Task.CompletedTask;
    }
}
