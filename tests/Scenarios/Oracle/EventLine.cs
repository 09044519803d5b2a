using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PgCdc.Scenarios.Oracle;

/// <summary>One line of output, parsed as a reader outside the project would: nothing of the engine is used.</summary>
internal sealed record EventLine
{
    public required string Id { get; init; }

    public required TableName Table { get; init; }

    public required string Operation { get; init; }

    /// <summary>The new row, or the deleted one; values are PostgreSQL texts.</summary>
    public required IReadOnlyDictionary<string, string?> Row { get; init; }

    /// <summary>The old tuple as far as the replica identity sends it; empty when absent.</summary>
    public required IReadOnlyDictionary<string, string?> Old { get; init; }

    /// <summary>Columns whose value the server did not send because it did not change.</summary>
    public required IReadOnlySet<string> Unchanged { get; init; }

    public required uint Xid { get; init; }

    /// <summary>Number of the event in its transaction, from 1.</summary>
    public required int Seq { get; init; }

    /// <summary>Stands for the exact bytes of the line.</summary>
    public required UInt128 Fingerprint { get; init; }

    /// <exception cref="JsonException">The line is not a complete event.</exception>
    public static EventLine Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        try
        {
            return From(document.RootElement, line);
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new JsonException($"Not a row event: {error.Message}", error);
        }
    }

    private static EventLine From(JsonElement root, string line)
    {
        var payload = root.GetProperty("payload");
        var transaction = root.GetProperty("transaction");
        return new EventLine
        {
            Id = Text(root, "id"),
            Table = new TableName(Text(payload, "schema"), Text(payload, "table")),
            Operation = Text(root, "operation"),
            Row = Columns(payload, "row"),
            Old = Columns(payload, "old"),
            Unchanged = Names(payload, "_unchanged_toast_columns"),
            Xid = transaction.GetProperty("xid").GetUInt32(),
            Seq = transaction.GetProperty("seq").GetInt32(),
            Fingerprint = UInt128.Parse(
                Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(line)).AsSpan(..16)), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        };
    }

    private static string Text(JsonElement parent, string member) =>
        parent.GetProperty(member).GetString() ?? throw new FormatException($"{member} is null");

    private static Dictionary<string, string?> Columns(JsonElement payload, string member)
    {
        var element = payload.GetProperty(member);
        return element.ValueKind == JsonValueKind.Null
            ? []
            : element.EnumerateObject().ToDictionary(column => column.Name, column => column.Value.GetString());
    }

    private static HashSet<string> Names(JsonElement payload, string member) =>
        payload.TryGetProperty(member, out var names) ? [.. names.EnumerateArray().Select(name => name.GetString()!)] : [];
}
