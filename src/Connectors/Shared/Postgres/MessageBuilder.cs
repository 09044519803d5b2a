using System.Buffers.Binary;
using System.Text;

namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>Builds one frontend message. For the few messages of a session's start; status updates have their own path.</summary>
internal sealed class MessageBuilder
{
    private readonly List<byte> _bytes = [];
    private readonly int _lengthAt;

    /// <summary>A message with a type byte.</summary>
    public MessageBuilder(char type)
    {
        _bytes.Add((byte)type);
        _lengthAt = 1;
        AddInt32(0);
    }

    /// <summary>One of the messages before the session proper, which have no type.</summary>
    public MessageBuilder() => AddInt32(0);

    public MessageBuilder AddInt32(int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return AddBytes(bytes);
    }

    public MessageBuilder AddBytes(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
            _bytes.Add(value);
        return this;
    }

    public MessageBuilder AddText(string text) => AddBytes(Encoding.UTF8.GetBytes(text)).AddBytes([0]);

    public byte[] Build()
    {
        var message = _bytes.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(_lengthAt), message.Length - _lengthAt);
        return message;
    }
}
