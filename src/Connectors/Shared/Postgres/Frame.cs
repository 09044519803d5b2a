namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>One message of the server, inside the receive buffer: valid until the next read.</summary>
internal readonly ref struct Frame(byte type, ReadOnlySpan<byte> body)
{
    public byte Type { get; } = type;

    public ReadOnlySpan<byte> Body { get; } = body;
}
