namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>
/// Tells whether bytes come in a flow rather than now and then. Only in a flow does it pay to let them gather before reading again: a reader
/// that is quicker than the server is woken for every message, and makes the server pay for each wake-up.
/// </summary>
/// <param name="time">Measures the time between reads.</param>
internal sealed class ReadFlow(TimeProvider time)
{
    /// <summary>A flow brings this much within <see cref="s_window"/>: well above a thousand small transactions per second.</summary>
    private const int FlowBytes = 4 * 1024;

    private static readonly TimeSpan s_window = TimeSpan.FromMilliseconds(4);

    private long _since = time.GetTimestamp();
    private int _bytes;

    public void Received(int bytes) => _bytes += bytes;

    /// <summary>Whether a flow was seen since it was last asked for and told so; the next answer needs new bytes.</summary>
    public bool TryTake()
    {
        var isYoung = time.GetElapsedTime(_since) <= s_window;
        if (isYoung && _bytes < FlowBytes)
            return false;

        var isFlow = isYoung;
        _since = time.GetTimestamp();
        _bytes = 0;
        return isFlow;
    }
}
