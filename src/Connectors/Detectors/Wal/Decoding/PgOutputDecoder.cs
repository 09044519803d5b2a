using PgCdc.Connectors.Detectors.Wal.Assembly;
using PgCdc.Events;

namespace PgCdc.Connectors.Detectors.Wal.Decoding;

/// <summary>
/// Reads messages of the pgoutput plug-in, protocol version 1, and hands them to the assembler. A message is checked whole before it takes
/// effect. Source: PostgreSQL documentation, "Logical Replication Message Formats". Not thread safe.
/// </summary>
internal sealed class PgOutputDecoder(RelationCache relations, BatchAssembler assembler)
{
    /// <summary>Applies one message.</summary>
    /// <param name="walStart">Place of the change in the log.</param>
    /// <param name="message">The message, from its type letter on.</param>
    /// <exception cref="Errors.DetectorException">The message is broken, or the server sent it out of turn.</exception>
    public void Apply(Lsn walStart, ReadOnlySpan<byte> message)
    {
        if (message.IsEmpty)
            throw WalProtocol.Broken('?', walStart, "the message is empty");

        var type = (char)message[0];
        var reader = new MessageReader(message[1..]);
        switch (type)
        {
            case 'I':
                Insert(walStart, ref reader);
                break;
            case 'U':
                Update(walStart, ref reader);
                break;
            case 'D':
                Delete(walStart, ref reader);
                break;
            case 'B':
                Begin(walStart, ref reader);
                break;
            case 'C':
                Commit(walStart, ref reader);
                break;
            case 'R':
                WalProtocol.Demand(relations.TryRead(ref reader), type, walStart);
                break;
            case 'T':
                Truncate(walStart, ref reader);
                break;
            case 'Y':
                SkipType(walStart, ref reader);
                break;
            case 'O':
                SkipOrigin(walStart, ref reader);
                break;
            case 'M':
                SkipLogicalMessage(walStart, ref reader);
                break;
            default:
                throw WalProtocol.Broken(type, walStart, "this type is not part of protocol version 1");
        }
    }

    private void Begin(Lsn walStart, ref MessageReader reader)
    {
        var commitLsn = reader.Lsn();
        var hasTime = PostgresTime.TryTicks(reader.Int64(), out var ticks);
        var xid = reader.UInt32();
        WalProtocol.Demand(reader.IsComplete && hasTime, 'B', walStart);
        assembler.Begin(walStart, new BeginMessage(commitLsn, ticks, xid));
    }

    private void Commit(Lsn walStart, ref MessageReader reader)
    {
        var flags = reader.Byte();
        var message = new CommitMessage(reader.Lsn(), reader.Lsn());
        reader.Int64();
        WalProtocol.Demand(reader.IsComplete && flags == 0, 'C', walStart);
        assembler.Commit(walStart, message);
    }

    private void Insert(Lsn walStart, ref MessageReader reader)
    {
        var relation = Relation('I', walStart, ref reader);
        var isNew = reader.Byte() == 'N';
        var tuple = reader.Tuple(relation.Schema.Columns.Count);
        WalProtocol.Demand(reader.IsComplete && isNew, 'I', walStart);
        assembler.Row(walStart, new RowMessage { Operation = Operation.Insert, Relation = relation, NewTuple = tuple });
    }

    private void Update(Lsn walStart, ref MessageReader reader)
    {
        var relation = Relation('U', walStart, ref reader);
        var columns = relation.Schema.Columns.Count;
        var letter = reader.Byte();
        var old = OldTupleOf(letter);
        ReadOnlySpan<byte> oldTuple = default;
        if (old != OldTuple.None)
        {
            oldTuple = reader.Tuple(columns);
            letter = reader.Byte();
        }

        var newTuple = reader.Tuple(columns);
        WalProtocol.Demand(reader.IsComplete && letter == 'N', 'U', walStart);
        assembler.Row(walStart, new RowMessage { Operation = Operation.Update, Relation = relation, Old = old, OldTuple = oldTuple, NewTuple = newTuple });
    }

    private void Delete(Lsn walStart, ref MessageReader reader)
    {
        var relation = Relation('D', walStart, ref reader);
        var old = OldTupleOf(reader.Byte());
        var tuple = reader.Tuple(relation.Schema.Columns.Count);
        WalProtocol.Demand(reader.IsComplete && old != OldTuple.None, 'D', walStart);
        assembler.Row(walStart, new RowMessage { Operation = Operation.Delete, Relation = relation, Old = old, OldTuple = tuple });
    }

    private void Truncate(Lsn walStart, ref MessageReader reader)
    {
        var count = reader.Int32();
        reader.Byte();
        var ids = reader.Bytes(count is < 0 or > int.MaxValue / sizeof(uint) ? -1 : count * sizeof(uint));
        WalProtocol.Demand(reader.IsComplete && count > 0, 'T', walStart);

        var list = new MessageReader(ids);
        for (var index = 0; index < count; index++)
            assembler.Row(walStart, new RowMessage { Operation = Operation.Truncate, Relation = Relation('T', walStart, ref list) });
    }

    private static void SkipType(Lsn walStart, ref MessageReader reader)
    {
        reader.UInt32();
        reader.Text();
        reader.Text();
        WalProtocol.Demand(reader.IsComplete, 'Y', walStart);
    }

    private static void SkipOrigin(Lsn walStart, ref MessageReader reader)
    {
        reader.Lsn();
        reader.Text();
        WalProtocol.Demand(reader.IsComplete, 'O', walStart);
    }

    private static void SkipLogicalMessage(Lsn walStart, ref MessageReader reader)
    {
        reader.Byte();
        reader.Lsn();
        reader.Text();
        reader.Bytes(reader.Int32());
        WalProtocol.Demand(reader.IsComplete, 'M', walStart);
    }

    private Relation Relation(char type, Lsn walStart, ref MessageReader reader)
    {
        var id = reader.UInt32();
        WalProtocol.Demand(reader.IsSound, type, walStart);
        return relations.Find(id) ?? throw WalProtocol.UnknownRelation(type, walStart, id);
    }

    private static OldTuple OldTupleOf(byte letter) => letter switch
    {
        (byte)'K' => OldTuple.Key,
        (byte)'O' => OldTuple.Full,
        _ => OldTuple.None,
    };
}
