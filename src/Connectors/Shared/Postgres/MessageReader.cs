using System.Buffers.Binary;
using System.Text;

namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>Reads the fields of one message; a field beyond its end is a protocol error.</summary>
internal ref struct MessageReader(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> _rest = body;

    public readonly ReadOnlySpan<byte> Rest => _rest;

    public byte ReadByte() => Take(1)[0];

    public short ReadInt16() => BinaryPrimitives.ReadInt16BigEndian(Take(sizeof(short)));

    public int ReadInt32() => BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int)));

    /// <summary>A zero-terminated text.</summary>
    public string ReadText()
    {
        var end = _rest.IndexOf((byte)0);
        if (end < 0)
            throw Short();
        var text = Encoding.UTF8.GetString(_rest[..end]);
        _rest = _rest[(end + 1)..];
        return text;
    }

    public ReadOnlySpan<byte> Take(int length)
    {
        if ((uint)length > (uint)_rest.Length)
            throw Short();
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    private readonly PostgresProtocolException Short() => new($"A message of the server ends in the middle of a field, {_rest.Length} bytes before its end.");
}
