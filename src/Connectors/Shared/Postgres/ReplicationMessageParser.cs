using System.Buffers.Binary;

namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>The content of CopyData messages in a replication stream.</summary>
internal static class ReplicationMessageParser
{
    private const int DataHeaderBytes = 1 + (3 * sizeof(ulong));
    private const int KeepaliveBytes = 1 + (2 * sizeof(ulong)) + 1;

    public static ReplicationMessage Parse(ReadOnlySpan<byte> body)
    {
        if (body.Length >= DataHeaderBytes && body[0] == 'w')
        {
            return new ReplicationMessage
            {
                Kind = ReplicationMessageKind.Data,
                WalStart = BinaryPrimitives.ReadUInt64BigEndian(body[1..]),
                WalEnd = BinaryPrimitives.ReadUInt64BigEndian(body[9..]),
                ServerTime = BinaryPrimitives.ReadInt64BigEndian(body[17..]),
                Data = body[DataHeaderBytes..],
            };
        }
        if (body.Length == KeepaliveBytes && body[0] == 'k')
        {
            return new ReplicationMessage
            {
                Kind = ReplicationMessageKind.Keepalive,
                WalEnd = BinaryPrimitives.ReadUInt64BigEndian(body[1..]),
                ServerTime = BinaryPrimitives.ReadInt64BigEndian(body[9..]),
                ReplyRequested = body[17] != 0,
            };
        }
        throw Unknown(body);
    }

    private static PostgresProtocolException Unknown(ReadOnlySpan<byte> body) =>
        new($"The replication stream has a message of {body.Length} bytes and type {(body.IsEmpty ? "none" : $"0x{body[0]:x2}")}, which the protocol does not know.");
}
