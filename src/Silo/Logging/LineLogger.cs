using Microsoft.Extensions.Logging;

namespace PgCdc.Silo.Logging;

/// <summary>Writes entries of one category as lines.</summary>
internal sealed class LineLogger(string category, LineLoggerProvider lines) : ILogger
{
    private readonly string _component = category[(category.LastIndexOf('.') + 1)..];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => lines.IsEnabled(category, logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) lines.Write(logLevel, formatter(state, exception), LogEntryText.Fields(state, _component, exception));
    }
}
