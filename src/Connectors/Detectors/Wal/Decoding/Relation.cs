using PgCdc.Events;

namespace PgCdc.Connectors.Detectors.Wal.Decoding;

/// <summary>A table as the server described it last, with its places in the batch that is being collected.</summary>
internal sealed class Relation(RelationSchema schema)
{
    public RelationSchema Schema { get; } = schema;

    /// <summary>Whether we write the table ourselves: its changes are counted but make no events.</summary>
    public bool IsOwn { get; } = OwnTables.Contains(schema.Table);

    /// <summary>Number of the batch that the two indexes belong to; -1 before the first.</summary>
    public long Batch { get; set; } = -1;

    public int SchemaIndex { get; set; }

    public int ChannelIndex { get; set; }
}
