using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace PgCdc.Scenarios.Processes;

/// <summary>A run of the real program. Disposing it kills what still runs.</summary>
internal sealed class PgCdcProcess : IAsyncDisposable
{
    private const int LogLinesInMessages = 40;
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();
    private readonly Task _readingLog;

    private PgCdcProcess(Process process)
    {
        _process = process;
        _readingLog = ReadLogAsync();
    }

    public int Id => _process.Id;

    public bool IsRunning => !_process.HasExited;

    /// <summary>What the program says on stderr, so far.</summary>
    public IReadOnlyCollection<string> Log => _log;

    public StreamReader Output => _process.StandardOutput;

    public static PgCdcProcess Start(IEnumerable<string> arguments, string? workingDirectory = null)
    {
        var start = new ProcessStartInfo("dotnet", [RepositoryLayout.Program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? Path.GetTempPath(),
        };
        // Settings of whoever runs the tests are no part of them.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PGCDC_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        // A test does not wait seconds to see a reconnect.
        start.Environment["PGCDC_DETECTOR_BACKOFF_BASE"] = "100ms";
        start.Environment["PGCDC_DETECTOR_BACKOFF_CAP"] = "1s";
        return new PgCdcProcess(Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start."));
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        await using var process = Start(arguments);
        var output = process.Output.ReadToEndAsync();
        var exitCode = await process.ExitAsync(TimeSpan.FromSeconds(60));
        return (exitCode, await output, string.Join('\n', process.Log));
    }

    public void Send(Signal signal)
    {
        using var kill = Process.Start("kill", ["-s", signal.ToString(), Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>SIGKILL; returns when the process is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Waits for the end of the program and of its log.</summary>
    public async Task<int> ExitAsync(TimeSpan timeout)
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(timeout);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The program did not end within {timeout.TotalSeconds} s. {Describe()}");
        }
        await _readingLog;
        return _process.ExitCode;
    }

    public bool LogContains(string text) => _log.Any(line => line.Contains(text, StringComparison.OrdinalIgnoreCase));

    public Task LogContainsAsync(string text, TimeSpan timeout) =>
        Eventually.HoldsAsync($"'{text}' in the log", () => LogContains(text), timeout, Describe);

    /// <summary>Resident memory, bytes.</summary>
    public long ResidentBytes()
    {
        var line = File.ReadLines($"/proc/{Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.AsSpan("VmRSS:".Length, line.Length - "VmRSS:".Length - " kB".Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
    }

    /// <summary>Ends a wait that can only time out.</summary>
    public void EnsureRuns()
    {
        if (!IsRunning)
            throw new InvalidOperationException(Describe());
    }

    /// <summary>For messages of failures.</summary>
    public string Describe()
    {
        var state = IsRunning ? "runs" : $"ended with exit code {_process.ExitCode}";
        return $"The program {state}; the end of its log:{Environment.NewLine}{string.Join(Environment.NewLine, _log.TakeLast(LogLinesInMessages))}";
    }

    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
            await KillAsync();
        await _readingLog;
        _process.Dispose();
    }

    private async Task ReadLogAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
            _log.Enqueue(line);
    }
}
