namespace PgCdc.Events;

/// <summary>Layout of a captured table at one moment. Immutable; events of one layout share one instance, so it is compared by reference.</summary>
public sealed class RelationSchema
{
    /// <summary>Creates a layout.</summary>
    public RelationSchema(
        uint relationId, string schema, string table, ReplicaIdentity identity, IReadOnlyList<ColumnSchema> columns, bool published = false)
    {
        RelationId = relationId;
        Schema = schema;
        Table = table;
        Identity = identity;
        Columns = [.. columns];
        Published = published;
        Channel = ChannelName.OfTable(schema, table);
    }

    /// <summary>OID of the table.</summary>
    public uint RelationId { get; }

    /// <summary>Schema (namespace) of the table.</summary>
    public string Schema { get; }

    /// <summary>Name of the table without its schema.</summary>
    public string Table { get; }

    /// <summary>What old tuples hold.</summary>
    public ReplicaIdentity Identity { get; }

    /// <summary>Columns in the order of the tuples.</summary>
    public IReadOnlyList<ColumnSchema> Columns { get; }

    /// <summary>Whether event JSON carries <c>schema</c> and <c>columns</c> (<c>include_schema</c>).</summary>
    public bool Published { get; }

    /// <summary>The channel of the table's events.</summary>
    public ChannelName Channel { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Schema}.{Table}";
}
