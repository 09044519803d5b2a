using System.Buffers.Binary;
using PgCdc.Events;

namespace PgCdc.TestKit.Events;

/// <summary>Tuples as PostgreSQL's pgoutput sends them.</summary>
public static class TupleBytes
{
    public static byte[] Of(params TupleValue[] columns)
    {
        using var bytes = new MemoryStream();
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt16BigEndian(number, (short)columns.Length);
        bytes.Write(number[..2]);
        foreach (var column in columns)
        {
            bytes.WriteByte((byte)column.Kind);
            if (column.Kind is not (TupleColumn.Text or TupleColumn.Binary))
                continue;

            BinaryPrimitives.WriteInt32BigEndian(number, column.Bytes.Length);
            bytes.Write(number);
            bytes.Write(column.Bytes.Span);
        }

        return bytes.ToArray();
    }
}
