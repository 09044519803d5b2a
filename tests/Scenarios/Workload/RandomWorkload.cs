namespace PgCdc.Scenarios.Workload;

/// <summary>Several writers at once, repeatable but for their interleaving: the seed gives each writer its transactions.</summary>
internal sealed class RandomWorkload : IAsyncDisposable
{
    private const int Writers = 2;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(5);
    private readonly CancellationTokenSource _stop = new();
    private readonly Writer[] _writers;
    private readonly Task _running;

    private RandomWorkload(string connectionString, int seed)
    {
        _writers = [.. Enumerable.Range(1, Writers).Select(id => new Writer(id, seed + (1000 * id), connectionString, s_pause))];
        _running = Task.WhenAll(_writers.Select(writer => writer.RunAsync(_stop.Token)));
    }

    public long Committed => _writers.Sum(writer => writer.Committed);

    public static RandomWorkload Start(string connectionString, int seed) => new(connectionString, seed);

    /// <summary>Lets the transactions under way end.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }
}
