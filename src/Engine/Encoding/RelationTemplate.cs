using System.Globalization;
using System.Runtime.CompilerServices;
using PgCdc.Events;

namespace PgCdc.Engine.Encoding;

/// <summary>What the JSON of a table's events has in common, escaped and sorted once per layout.</summary>
internal sealed class RelationTemplate
{
    private static readonly ConditionalWeakTable<RelationSchema, RelationTemplate> s_known = [];
    private static readonly Operation[] s_operations = [Operation.Insert, Operation.Update, Operation.Delete, Operation.Truncate];

    private readonly byte[][] _envelopes;
    private readonly byte[][] _operations;
    private readonly byte[][] _quotedNames;

    private RelationTemplate(RelationSchema schema)
    {
        Schema = schema;
        _quotedNames = [.. schema.Columns.Select(column => Bytes($"\"{Text(column.Name)}\""))];
        Row = Sorted(schema, _ => true);
        Key = Sorted(schema, column => column.IsKey);
        _envelopes = [.. s_operations.Select(operation => Envelope(schema.Channel, operation))];
        _operations = [.. s_operations.Select(operation => Bytes($",\"op\":\"{OperationText.Of(operation)}\",\"row\":"))];
        Columns = schema.Published ? Bytes($"\"columns\":[{string.Join(',', schema.Columns.Select(Column))}],") : [];
        Tail = Bytes(schema.Published
            ? $",\"schema\":\"{Text(schema.Schema)}\",\"table\":\"{Text(schema.Table)}\"}}"
            : $",\"table\":\"{Text(schema.Table)}\"}}");
    }

    public RelationSchema Schema { get; }

    /// <summary>All columns in the byte order of their names.</summary>
    public RowMember[] Row { get; }

    /// <summary>The columns of the replica identity, in the byte order of their names.</summary>
    public RowMember[] Key { get; }

    /// <summary>The payload's <c>columns</c> member with a comma behind it; empty unless published.</summary>
    public byte[] Columns { get; }

    /// <summary>The payload from behind <c>row</c> to its end.</summary>
    public byte[] Tail { get; }

    /// <summary>The template of a layout, made at the first call and kept as long as the layout.</summary>
    public static RelationTemplate Of(RelationSchema schema) => s_known.GetValue(schema, static made => new RelationTemplate(made));

    /// <summary>The envelope from behind the id to before the payload.</summary>
    public ReadOnlySpan<byte> Envelope(Operation operation) => _envelopes[(int)operation];

    /// <summary>The payload between the values of <c>old</c> and <c>row</c>.</summary>
    public ReadOnlySpan<byte> OperationMember(Operation operation) => _operations[(int)operation];

    /// <summary>A column's name as a JSON string.</summary>
    public ReadOnlySpan<byte> QuotedName(int column) => _quotedNames[column];

    private static byte[] Envelope(ChannelName channel, Operation operation) =>
        Bytes($"\",\"channel\":\"{Text(channel.Value)}\",\"operation\":\"{OperationText.Of(operation)}\",\"payload\":");

    private static RowMember[] Sorted(RelationSchema schema, Func<ColumnSchema, bool> wanted) =>
    [
        .. schema.Columns
            .Select((column, place) => (column, place))
            .Where(pair => wanted(pair.column))
            .OrderBy(pair => Bytes(pair.column.Name), ByteOrder.Instance)
            .Select(pair => new RowMember(pair.place, Bytes($",\"{Text(pair.column.Name)}\":\""))),
    ];

    private static string Column(ColumnSchema column) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"name\":\"{Text(column.Name)}\",\"type_name\":\"{Text(TypeName(column))}\",\"type_oid\":{column.TypeOid}}}");

    private static string TypeName(ColumnSchema column) => PostgresTypeNames.Of(column.TypeOid);

    private static string Text(string text) => System.Text.Encoding.UTF8.GetString(JsonText.Escaped(text));

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private sealed class ByteOrder : IComparer<byte[]>
    {
        public static ByteOrder Instance { get; } = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}
