using System.Buffers;

namespace PgCdc.Events.Serialization;

/// <summary>Reads a batch in the order in which <see cref="BatchBlobWriter"/> wrote it; an index or range that points nowhere is refused.</summary>
internal static class BatchBlobReader
{
    // The fewest bytes of one thing: every text empty, every list without entries.
    private const int LeastText = 4;
    private const int LeastSchema = 18;
    private const int LeastColumn = 13;
    private const int LeastHeader = 67;
    private const int LeastTransaction = 31;
    private const int LeastSelected = 4;

    public static EventBatch Read(ReadOnlySpan<byte> blob)
    {
        var input = new BlobReader(blob);
        ReadVersion(ref input);
        var source = input.Text();
        var lineage = input.Text();
        var epoch = input.Int64();
        var firstSequence = input.Int64();
        var configurationVersion = input.Int32();
        var channels = ReadChannels(ref input);
        var schemas = ReadSchemas(ref input);
        var count = input.Count(LeastHeader);
        var transactions = ReadTransactions(ref input, count);
        var buffer = input.Bytes();
        var headers = ReadHeaders(ref input, count, new Bounds(channels.Length, schemas.Length, transactions.Length, buffer.Length));
        var selection = ReadSelection(ref input, count);
        var mark = ReadMark(ref input, count);
        input.End();
        var storage = new BatchStorage(Pooled(buffer), buffer.Length, headers, count)
        {
            Channels = channels,
            Schemas = schemas,
            Transactions = transactions,
        };
        var batch = new EventBatch(source, lineage, storage, mark).Numbered(epoch, firstSequence, configurationVersion);
        return selection is null ? batch : batch.Select(selection);
    }

    private static void ReadVersion(ref BlobReader input)
    {
        var version = input.Byte();
        if (version != BatchBlob.Version)
            throw input.Unreadable($"its layout is {version} instead of {BatchBlob.Version}");
    }

    private static ChannelName[] ReadChannels(ref BlobReader input)
    {
        var channels = new ChannelName[input.Count(LeastText)];
        for (var index = 0; index < channels.Length; index++)
            channels[index] = new ChannelName(input.Text());

        return channels;
    }

    private static RelationSchema[] ReadSchemas(ref BlobReader input)
    {
        var schemas = new RelationSchema[input.Count(LeastSchema)];
        for (var index = 0; index < schemas.Length; index++)
        {
            var relationId = input.UInt32();
            var schema = input.Text();
            var table = input.Text();
            var identity = ReadIdentity(ref input);
            var published = input.Flag();
            schemas[index] = new RelationSchema(relationId, schema, table, identity, ReadColumns(ref input), published);
        }

        return schemas;
    }

    private static ReplicaIdentity ReadIdentity(ref BlobReader input)
    {
        var identity = (ReplicaIdentity)input.Byte();
        return Enum.IsDefined(identity) ? identity : throw input.Unreadable($"{(byte)identity} is no replica identity");
    }

    private static ColumnSchema[] ReadColumns(ref BlobReader input)
    {
        var columns = new ColumnSchema[input.Count(LeastColumn)];
        for (var index = 0; index < columns.Length; index++)
            columns[index] = new ColumnSchema(input.Text(), input.UInt32(), input.Int32(), input.Flag());

        return columns;
    }

    private static TransactionInfo[] ReadTransactions(ref BlobReader input, int events)
    {
        var transactions = new TransactionInfo[input.Count(LeastTransaction)];
        for (var index = 0; index < transactions.Length; index++)
        {
            var xid = input.UInt32();
            var commitLsn = input.UInt64();
            var commitTimeTicks = input.Ticks();
            var first = input.Int32(0, events);
            transactions[index] = new TransactionInfo
            {
                Xid = xid,
                CommitLsn = commitLsn,
                CommitTimeTicks = commitTimeTicks,
                First = first,
                Count = input.Int32(0, events - first),
                Begins = input.Flag(),
                Ends = input.Flag(),
                Published = input.Flag(),
            };
        }

        return transactions;
    }

    private static EventHeader[] ReadHeaders(ref BlobReader input, int count, Bounds bounds)
    {
        var headers = ArrayPool<EventHeader>.Shared.Rent(count);
        for (var index = 0; index < count; index++)
            headers[index] = ReadHeader(ref input, bounds);

        return headers;
    }

    private static EventHeader ReadHeader(ref BlobReader input, Bounds bounds)
    {
        var header = new EventHeader
        {
            Id = input.UInt128(),
            CreatedAtTicks = input.Ticks(),
            Lsn = input.UInt64(),
            Channel = input.Int32(0, bounds.Channels - 1),
            Schema = input.Int32(-1, bounds.Schemas - 1),
            Transaction = input.Int32(-1, bounds.Transactions - 1),
            Ordinal = input.Int32(),
            Offset = input.Int32(0, bounds.Bytes),
            Length = input.Int32(0, bounds.Bytes),
            OldOffset = input.Int32(0, bounds.Bytes),
            OldLength = input.Int32(0, bounds.Bytes),
            Operation = (Operation)input.Byte((byte)Operation.Commit),
            Content = (EventContent)input.Byte((byte)EventContent.Json),
            Old = (OldTuple)input.Byte((byte)OldTuple.Full),
        };
        return header.Length <= bounds.Bytes - header.Offset && header.OldLength <= bounds.Bytes - header.OldOffset
            ? header
            : throw input.Unreadable("an event lies outside the buffer");
    }

    private static int[]? ReadSelection(ref BlobReader input, int events)
    {
        if (!input.Flag())
            return null;

        var selection = new int[input.Count(LeastSelected)];
        var least = 0;
        for (var index = 0; index < selection.Length; index++)
        {
            selection[index] = input.Int32(least, events - 1);
            least = selection[index] + 1;
        }

        return selection;
    }

    private static PositionMark? ReadMark(ref BlobReader input, int events) =>
        input.Flag() ? new PositionMark(input.Int32(0, events), new Position(input.Text()), input.UInt64()) : null;

    private static byte[] Pooled(ReadOnlySpan<byte> bytes)
    {
        var pooled = ArrayPool<byte>.Shared.Rent(bytes.Length);
        bytes.CopyTo(pooled);
        return pooled;
    }

    /// <summary>What the indexes and ranges of a header may point to.</summary>
    private readonly record struct Bounds(int Channels, int Schemas, int Transactions, int Bytes);
}
