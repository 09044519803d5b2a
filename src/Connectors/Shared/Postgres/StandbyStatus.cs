using System.Buffers.Binary;

namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>How far this side is: received, made durable (this is what the slot confirms), applied.</summary>
internal readonly record struct StandbyStatus(ulong Written, ulong Flushed, ulong Applied)
{
    public const int MessageBytes = 5 + BodyBytes;
    private const int BodyBytes = 1 + (4 * sizeof(ulong)) + 1;
    private static readonly DateTime s_postgresEpoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Writes the whole CopyData message.</summary>
    public void Write(Span<byte> message, DateTimeOffset now, bool replyRequested)
    {
        message[0] = (byte)'d';
        BinaryPrimitives.WriteInt32BigEndian(message[1..], sizeof(int) + BodyBytes);
        message[5] = (byte)'r';
        BinaryPrimitives.WriteUInt64BigEndian(message[6..], Written);
        BinaryPrimitives.WriteUInt64BigEndian(message[14..], Flushed);
        BinaryPrimitives.WriteUInt64BigEndian(message[22..], Applied);
        BinaryPrimitives.WriteInt64BigEndian(message[30..], (now.UtcDateTime - s_postgresEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        message[38] = replyRequested ? (byte)1 : (byte)0;
    }
}
