namespace PgCdc.Connectors.Shared.Postgres;

internal enum ReplicationMessageKind
{
    /// <summary>XLogData: one message of the output plugin.</summary>
    Data,

    Keepalive,

    /// <summary>The server ended the stream, for example because it shuts down.</summary>
    End,
}

/// <summary>One message of the stream. Its data lie in the receive buffer: valid until the next read.</summary>
internal readonly ref struct ReplicationMessage
{
    public ReplicationMessageKind Kind { get; init; }

    /// <summary>Start of the data in the WAL; 0 in a keepalive.</summary>
    public ulong WalStart { get; init; }

    /// <summary>End of the WAL on the server when it sent this.</summary>
    public ulong WalEnd { get; init; }

    /// <summary>The server's clock, in microseconds since 2000-01-01 UTC.</summary>
    public long ServerTime { get; init; }

    /// <summary>A keepalive that wants a status update at once.</summary>
    public bool ReplyRequested { get; init; }

    public ReadOnlySpan<byte> Data { get; init; }
}
