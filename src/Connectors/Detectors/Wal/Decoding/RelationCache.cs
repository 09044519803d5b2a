using PgCdc.Events;

namespace PgCdc.Connectors.Detectors.Wal.Decoding;

/// <summary>The tables that the server has described on this connection, by OID.</summary>
/// <param name="published">Whether event JSON carries schema and columns (<c>include_schema</c>).</param>
internal sealed class RelationCache(bool published)
{
    private readonly Dictionary<uint, Relation> _relations = [];
    private Relation? _last;

    /// <summary>The table, or null when the server never described it.</summary>
    public Relation? Find(uint id)
    {
        if (_last?.Schema.RelationId == id)
            return _last;

        return _relations.TryGetValue(id, out var relation) ? _last = relation : null;
    }

    /// <summary>Reads the description of a table. A layout that did not change keeps its instance, so that it is compared by reference.</summary>
    /// <returns>False when the description is broken; then nothing was changed.</returns>
    public bool TryRead(ref MessageReader reader)
    {
        var id = reader.UInt32();
        var name = reader.Text();
        // The empty name stands for pg_catalog.
        var schema = name.Length == 0 ? "pg_catalog" : name;
        var table = reader.Text();
        var identity = (ReplicaIdentity)reader.Byte();
        if (!Enum.IsDefined(identity) || !TryReadColumns(ref reader, out var columns) || !reader.IsComplete)
            return false;

        Describe(new RelationSchema(id, schema, table, identity, columns, published));
        return true;
    }

    private static bool TryReadColumns(ref MessageReader reader, out ColumnSchema[] columns)
    {
        columns = [];
        var count = reader.Int16();
        if (!reader.IsSound || count < 0)
            return false;

        columns = new ColumnSchema[count];
        for (var index = 0; index < count && reader.IsSound; index++)
        {
            var isKey = (reader.Byte() & 1) != 0;
            columns[index] = new ColumnSchema(reader.Text(), reader.UInt32(), reader.Int32(), isKey);
        }

        return reader.IsSound;
    }

    private void Describe(RelationSchema described)
    {
        if (_relations.TryGetValue(described.RelationId, out var known) && IsSame(known.Schema, described))
            return;

        _relations[described.RelationId] = new Relation(described);
        _last = null;
    }

    private static bool IsSame(RelationSchema known, RelationSchema described) =>
        known.Schema == described.Schema
        && known.Table == described.Table
        && known.Identity == described.Identity
        && known.Columns.SequenceEqual(described.Columns);
}
