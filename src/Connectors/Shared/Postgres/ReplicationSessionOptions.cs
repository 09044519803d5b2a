namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>How a replication session behaves on the wire.</summary>
internal sealed record ReplicationSessionOptions
{
    public static readonly ReplicationSessionOptions Default = new();

    /// <summary>Replaces the connection settings' <c>application_name</c>.</summary>
    public string? ApplicationName { get; init; }

    /// <summary>Session settings; these make the text of values independent of the server's and the database's configuration.</summary>
    public IReadOnlyDictionary<string, string> RuntimeParameters { get; init; } = new Dictionary<string, string>
    {
        ["DateStyle"] = "ISO",
        ["IntervalStyle"] = "postgres",
        ["extra_float_digits"] = "3",
    };

    /// <summary>
    /// While streaming: after half of this time without a byte the server is asked for a reply, after all of it the session is dead.
    /// It must be longer than the server may compute in silence; the server's <c>wal_sender_timeout</c> is a good value.
    /// </summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A write that takes longer means that the peer is gone: the session is then broken.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes received at once; the buffer grows for a larger message and shrinks again.</summary>
    public int ReceiveBufferBytes { get; init; } = 256 * 1024;

    /// <summary>A longer message is a protocol error. PostgreSQL's own limit for one message is 1 GiB.</summary>
    public int MaxFrameBytes { get; init; } = (1 << 30) + (1 << 20);

    /// <summary>
    /// How long to let bytes gather before reading again while they come in a flow. The walsender flushes every message and pays a wake-up
    /// of its reader each time; a reader that waits costs both sides less and ends earlier. Zero reads eagerly.
    /// </summary>
    public TimeSpan CoalescingWait { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>Gets NOTICE and WARNING messages, on the thread that reads.</summary>
    public Action<ServerNotice>? OnNotice { get; init; }

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
