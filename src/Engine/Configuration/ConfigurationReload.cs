using System.Threading.Channels;

namespace PgCdc.Engine.Configuration;

/// <summary>Wishes of the user to read the configuration again. Wishes that come while one waits are one. Thread safe; one reader.</summary>
public sealed class ConfigurationReload(Func<ListenConfiguration> read)
{
    private readonly Channel<bool> _wishes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Asks for a reload, for example from a signal handler.</summary>
    public void Request() => _wishes.Writer.TryWrite(true);

    /// <summary>Waits for the next wish.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await _wishes.Reader.ReadAsync(cancellationToken);

    /// <summary>Reads and checks the configuration as it is now; nothing is applied.</summary>
    /// <exception cref="Errors.ConfigurationException">Everything that is wrong with it; keep what runs.</exception>
    public ListenConfiguration Read() => read();
}
