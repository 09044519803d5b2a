using System.Runtime.InteropServices;

namespace PgCdc.Client.Cli;

/// <summary>
/// SIGINT and SIGTERM ask for a graceful stop; the second one ends the process at once. A second one that follows the first immediately is the
/// same wish, sent to the process and to its group, as <c>timeout</c> does.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private static readonly TimeSpan s_sameWish = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly TextWriter _errors;
    private readonly Lock _gate = new();
    private long _firstAt;

    public StopSignals(TextWriter errors)
    {
        _errors = errors;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
        ];
    }

    public CancellationToken Stop => _stop.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _stop.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (IsFirst(TimeProvider.System.GetTimestamp(), out var sinceFirst))
        {
            _stop.Cancel();
            return;
        }

        if (sinceFirst < s_sameWish)
            return;

        _errors.WriteLine("Error: second signal, stopping at once");
        Environment.Exit(1);
    }

    private bool IsFirst(long now, out TimeSpan sinceFirst)
    {
        lock (_gate)
        {
            var isFirst = _firstAt == 0;
            _firstAt = isFirst ? now : _firstAt;
            sinceFirst = TimeProvider.System.GetElapsedTime(_firstAt, now);
            return isFirst;
        }
    }
}
