using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using PgCdc.Connectors.Shared.Postgres;

namespace PgCdc.Reading;

/// <summary>
/// What any reader on the own session costs at least, for bench/EndToEnd: it looks at message types and nothing else. Arguments: URI, slot,
/// publication, number of inserted rows after which it ends.
/// </summary>
internal sealed class BareReader(string uri, string slot, string publication, int rows)
{
    private static readonly DateTimeOffset s_postgresEpoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Dictionary<string, string> _options = new() { ["proto_version"] = "1", ["publication_names"] = publication };

    public static BareReader Of(string[] arguments) =>
        new(arguments[0], arguments[1], arguments[2], int.Parse(arguments[3], CultureInfo.InvariantCulture));

    /// <summary>Writes the seconds from the first row to the last.</summary>
    public void Count(TextWriter output)
    {
        var first = 0L;
        Read(beginning: static _ => { }, row: () => first = first == 0 ? Stopwatch.GetTimestamp() : first);
        output.WriteLine(JsonSerializer.Serialize(new { seconds = Stopwatch.GetElapsedTime(first).TotalSeconds }));
    }

    /// <summary>Writes for each row the microseconds from its commit to its arrival.</summary>
    public void Stamp(TextWriter output)
    {
        var delays = new List<long>(rows);
        var committed = s_postgresEpoch;
        Read(
            beginning: begin => committed = s_postgresEpoch.AddMicroseconds(BinaryPrimitives.ReadInt64BigEndian(begin[9..])),
            row: () => delays.Add((long)(TimeProvider.System.GetUtcNow() - committed).TotalMicroseconds));
        foreach (var delay in delays)
            output.WriteLine(delay);
    }

    private void Read(Action<ReadOnlySpan<byte>> beginning, Action row)
    {
        using var connection = ReplicationConnection.Open(ConnectionSettings.Parse(uri), new ReplicationSessionOptions());
        var stream = connection.StartLogicalReplication(slot, 0, _options);
        for (var read = 0; read < rows;)
        {
            var message = stream.Read();
            if (message.Kind != ReplicationMessageKind.Data)
            {
                if (message.ReplyRequested)
                    stream.SendStatus(default);
            }
            else if (message.Data[0] == 'B')
            {
                beginning(message.Data);
            }
            else if (message.Data[0] == 'I')
            {
                row();
                read++;
            }
        }
    }
}
