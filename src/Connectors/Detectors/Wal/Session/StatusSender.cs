using PgCdc.Connectors.Shared.Postgres;

namespace PgCdc.Connectors.Detectors.Wal.Session;

/// <summary>
/// Tells the server what may be forgotten: at regular times, at once when it asks, and soon after a confirmation. It has a thread of its own,
/// so that neither a blocked reader nor a busy thread pool keeps the server waiting until it ends the session.
/// </summary>
internal sealed class StatusSender
{
    private readonly ReplicationStream _stream;
    private readonly TimeSpan _interval;
    private readonly Action _onFailure;
    private readonly object _gate = new();
    private readonly Thread _thread;
    private ulong _confirmed;
    private bool _isDue;
    private bool _isStopping;

    /// <param name="stream">Where to.</param>
    /// <param name="interval">Longest silence towards the server.</param>
    /// <param name="onFailure">Ends the session; called when the server cannot be told any more.</param>
    public StatusSender(ReplicationStream stream, TimeSpan interval, Action onFailure)
    {
        _stream = stream;
        _interval = interval;
        _onFailure = onFailure;
        _thread = new Thread(Run) { IsBackground = true, Name = "pgcdc wal status" };
    }

    /// <summary>Why the server could not be told, if so.</summary>
    public Exception? Failure { get; private set; }

    public void Start() => _thread.Start();

    /// <summary>Raises what is confirmed; a lower position changes nothing. Several confirmations at once make one message.</summary>
    public void Confirm(Lsn position)
    {
        var seen = Volatile.Read(ref _confirmed);
        while (position.Value > seen)
        {
            var before = Interlocked.CompareExchange(ref _confirmed, position.Value, seen);
            if (before == seen)
            {
                SendSoon();
                return;
            }

            seen = before;
        }
    }

    public void SendSoon() => Wake(andStop: false);

    /// <summary>Sends what is confirmed by now and stops.</summary>
    public void Stop()
    {
        Wake(andStop: true);
        _thread.Join();
    }

    /// <summary>Makes the server send something, which wakes whoever waits for the stream. After <see cref="Stop"/>.</summary>
    public void AskForReply()
    {
        try
        {
            Send(replyRequested: true);
        }
        catch (Exception error) when (error is PostgresSessionException or ObjectDisposedException)
        {
            // The stream has ended, so nobody waits for it.
        }
    }

    private void Run()
    {
        try
        {
            bool isLast;
            do
            {
                isLast = WaitForReason();
                Send(replyRequested: false);
            }
            while (!isLast);
        }
        catch (Exception error) when (error is PostgresSessionException or ObjectDisposedException)
        {
            Failure = error;
            _onFailure();
        }
    }

    private void Wake(bool andStop)
    {
        lock (_gate)
        {
            _isDue = true;
            _isStopping |= andStop;
            Monitor.Pulse(_gate);
        }
    }

    /// <returns>Whether this is the last time.</returns>
    private bool WaitForReason()
    {
        lock (_gate)
        {
            if (!_isDue)
                Monitor.Wait(_gate, _interval);
            _isDue = false;
            return _isStopping;
        }
    }

    /// <summary>Nothing confirmed yet is sent as zero, which the server reads as "no change".</summary>
    private void Send(bool replyRequested)
    {
        var confirmed = Volatile.Read(ref _confirmed);
        _stream.SendStatus(new StandbyStatus(confirmed, confirmed, confirmed), replyRequested);
    }
}
