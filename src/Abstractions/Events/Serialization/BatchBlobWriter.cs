namespace PgCdc.Events.Serialization;

internal static class BatchBlobWriter
{
    /// <summary>Room for a header and for what a usual batch has once.</summary>
    private const int HeaderRoom = 72;
    private const int FixedRoom = 1024;

    public static byte[] Write(EventBatch batch)
    {
        var output = new BlobWriter(checked(batch.Bytes + (batch.StoredCount * HeaderRoom) + FixedRoom));
        output.Byte(BatchBlob.Version);
        output.Text(batch.Source);
        output.Text(batch.Lineage);
        output.Int64(batch.Epoch);
        output.Int64(batch.FirstSequence);
        output.Int32(batch.ConfigurationVersion);
        WriteChannels(output, batch);
        WriteSchemas(output, batch);
        output.Int32(batch.StoredCount);
        WriteTransactions(output, batch);
        output.Bytes(batch.Buffer);
        WriteHeaders(output, batch);
        WriteSelection(output, batch);
        WriteMark(output, batch.Mark);
        return output.ToArray();
    }

    private static void WriteChannels(BlobWriter output, EventBatch batch)
    {
        output.Int32(batch.Channels.Count);
        foreach (var channel in batch.Channels)
            output.Text(channel.Value);
    }

    private static void WriteSchemas(BlobWriter output, EventBatch batch)
    {
        output.Int32(batch.Schemas.Count);
        foreach (var schema in batch.Schemas)
        {
            output.UInt32(schema.RelationId);
            output.Text(schema.Schema);
            output.Text(schema.Table);
            output.Byte((byte)schema.Identity);
            output.Flag(schema.Published);
            WriteColumns(output, schema.Columns);
        }
    }

    private static void WriteColumns(BlobWriter output, IReadOnlyList<ColumnSchema> columns)
    {
        output.Int32(columns.Count);
        foreach (var column in columns)
        {
            output.Text(column.Name);
            output.UInt32(column.TypeOid);
            output.Int32(column.TypeModifier);
            output.Flag(column.IsKey);
        }
    }

    private static void WriteTransactions(BlobWriter output, EventBatch batch)
    {
        output.Int32(batch.Transactions.Count);
        foreach (var transaction in batch.Transactions)
        {
            output.UInt32(transaction.Xid);
            output.UInt64(transaction.CommitLsn);
            output.Int64(transaction.CommitTimeTicks);
            output.Int32(transaction.First);
            output.Int32(transaction.Count);
            output.Flag(transaction.Begins);
            output.Flag(transaction.Ends);
            output.Flag(transaction.Published);
        }
    }

    private static void WriteHeaders(BlobWriter output, EventBatch batch)
    {
        foreach (ref readonly var header in batch.Headers)
        {
            output.UInt128(header.Id);
            output.Int64(header.CreatedAtTicks);
            output.UInt64(header.Lsn);
            output.Int32(header.Channel);
            output.Int32(header.Schema);
            output.Int32(header.Transaction);
            output.Int32(header.Ordinal);
            output.Int32(header.Offset);
            output.Int32(header.Length);
            output.Int32(header.OldOffset);
            output.Int32(header.OldLength);
            output.Byte((byte)header.Operation);
            output.Byte((byte)header.Content);
            output.Byte((byte)header.Old);
        }
    }

    private static void WriteSelection(BlobWriter output, EventBatch batch)
    {
        output.Flag(!batch.IsWhole);
        if (batch.IsWhole)
            return;

        output.Int32(batch.Count);
        for (var index = 0; index < batch.Count; index++)
            output.Int32(batch.StoredIndex(index));
    }

    private static void WriteMark(BlobWriter output, PositionMark? mark)
    {
        output.Flag(mark is not null);
        if (mark is not { } known)
            return;

        output.Int32(known.EventsBefore);
        output.Text(known.Position.ToString());
        output.UInt64(known.LogBytes);
    }
}
