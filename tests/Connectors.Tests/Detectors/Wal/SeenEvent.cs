using System.Text;
using PgCdc.Events;

namespace PgCdc.Connectors.Tests.Detectors.Wal;

/// <summary>An event read from a batch, kept beyond it.</summary>
public sealed record SeenEvent
{
    public required UInt128 Id { get; init; }

    public required SortKey SortKey { get; init; }

    public required int Ordinal { get; init; }

    public required ulong Lsn { get; init; }

    public required uint Xid { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required RelationSchema? Schema { get; init; }

    public required OldTuple Old { get; init; }

    /// <summary>For reading in an assertion: <c>UPDATE pgcdc:t (1,b) was (1,a)</c>.</summary>
    public required string Text { get; init; }

    public static SeenEvent Of(ChangeEvent source) => new()
    {
        Id = source.Id,
        SortKey = source.SortKey,
        Ordinal = source.Header.Ordinal,
        Lsn = source.Header.Lsn,
        Xid = source.Transaction!.Xid,
        CreatedAt = source.CreatedAt,
        Schema = source.Schema,
        Old = source.Header.Old,
        Text = TextOf(source),
    };

    private static string TextOf(ChangeEvent source)
    {
        var text = new StringBuilder($"{OperationText.Of(source.Operation)} {source.Channel}");
        if (source.Header.Content == EventContent.Json)
            return text.Append(' ').Append(Encoding.UTF8.GetString(source.Content)).ToString();

        if (!source.Content.IsEmpty)
            text.Append(' ').Append(Tuple(source.Content));
        if (!source.OldContent.IsEmpty)
            text.Append(" was ").Append(Tuple(source.OldContent));
        return text.ToString();
    }

    private static string Tuple(ReadOnlySpan<byte> bytes)
    {
        var columns = new List<string>();
        var reader = new TupleReader(bytes);
        while (reader.Next())
            columns.Add(reader.Kind switch
            {
                TupleColumn.Null => "null",
                TupleColumn.Unchanged => "unchanged",
                _ => Encoding.UTF8.GetString(reader.Value),
            });
        return $"({string.Join(",", columns)})";
    }
}
