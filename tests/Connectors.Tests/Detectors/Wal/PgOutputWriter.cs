using System.Buffers.Binary;
using System.Text;

namespace PgCdc.Connectors.Tests.Detectors.Wal;

/// <summary>Writes pgoutput messages as the server does. A column's value is null for NULL and <see cref="Unchanged"/> for an unsent TOAST value.</summary>
internal static class PgOutputWriter
{
    public const string Unchanged = "\0unchanged";

    public static byte[] Begin(ulong commitLsn, long microseconds, uint xid) => new Message('B').Int64((long)commitLsn).Int64(microseconds).Int32((int)xid).Bytes;

    public static byte[] Commit(ulong commitLsn, ulong endLsn, long microseconds) =>
        new Message('C').Byte(0).Int64((long)commitLsn).Int64((long)endLsn).Int64(microseconds).Bytes;

    public static byte[] Relation(uint id, string schema, string table, char identity, params (string Name, uint Type, bool IsKey)[] columns)
    {
        var message = new Message('R').Int32((int)id).Text(schema).Text(table).Byte((byte)identity).Int16((short)columns.Length);
        foreach (var (name, type, isKey) in columns)
            message.Byte(isKey ? (byte)1 : (byte)0).Text(name).Int32((int)type).Int32(-1);
        return message.Bytes;
    }

    public static byte[] Insert(uint id, string?[] row) => new Message('I').Int32((int)id).Byte((byte)'N').Tuple(row).Bytes;

    public static byte[] Update(uint id, char? oldLetter, string?[]? old, string?[] row)
    {
        var message = new Message('U').Int32((int)id);
        if (oldLetter is { } letter)
            message.Byte((byte)letter).Tuple(old!);
        return message.Byte((byte)'N').Tuple(row).Bytes;
    }

    public static byte[] Delete(uint id, char oldLetter, string?[] old) => new Message('D').Int32((int)id).Byte((byte)oldLetter).Tuple(old).Bytes;

    public static byte[] Truncate(params uint[] ids)
    {
        var message = new Message('T').Int32(ids.Length).Byte(0);
        foreach (var id in ids)
            message.Int32((int)id);
        return message.Bytes;
    }

    public static byte[] Type(uint id, string schema, string name) => new Message('Y').Int32((int)id).Text(schema).Text(name).Bytes;

    public static byte[] Origin(ulong lsn, string name) => new Message('O').Int64((long)lsn).Text(name).Bytes;

    public static byte[] Logical(ulong lsn, string prefix, string content) =>
        new Message('M').Byte(1).Int64((long)lsn).Text(prefix).Int32(content.Length).Raw(Encoding.UTF8.GetBytes(content)).Bytes;

    private sealed class Message
    {
        private readonly List<byte> _bytes = [];

        public Message(char type) => Byte((byte)type);

        public byte[] Bytes => _bytes.ToArray();

        public Message Byte(byte value)
        {
            _bytes.Add(value);
            return this;
        }

        public Message Raw(ReadOnlySpan<byte> bytes)
        {
            _bytes.AddRange(bytes);
            return this;
        }

        public Message Int16(short value)
        {
            Span<byte> bytes = stackalloc byte[2];
            BinaryPrimitives.WriteInt16BigEndian(bytes, value);
            return Raw(bytes);
        }

        public Message Int32(int value)
        {
            Span<byte> bytes = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(bytes, value);
            return Raw(bytes);
        }

        public Message Int64(long value)
        {
            Span<byte> bytes = stackalloc byte[8];
            BinaryPrimitives.WriteInt64BigEndian(bytes, value);
            return Raw(bytes);
        }

        public Message Text(string text) => Raw(Encoding.UTF8.GetBytes(text)).Byte(0);

        public Message Tuple(string?[] row)
        {
            Int16((short)row.Length);
            foreach (var value in row)
                Column(value);
            return this;
        }

        private void Column(string? value)
        {
            if (value is null or Unchanged)
            {
                Byte(value is null ? (byte)'n' : (byte)'u');
                return;
            }

            var bytes = Encoding.UTF8.GetBytes(value);
            Byte((byte)'t').Int32(bytes.Length).Raw(bytes);
        }
    }
}
