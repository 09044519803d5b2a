using Microsoft.Extensions.Logging;
using PgCdc.Engine.Configuration;

namespace PgCdc.Silo.Logging;

/// <summary>Logs as lines to one writer, which is stderr: stdout belongs to data. Thread safe.</summary>
public sealed class LineLoggerProvider : ILoggerProvider
{
    private const string OwnCategories = "PgCdc";

    private readonly TextWriter _writer;
    private readonly TimeProvider _time;
    private readonly LogFormat _format;
    private readonly LogLevel _least;
    private readonly Lock _lock = new();

    /// <param name="writer">Where lines go; stays open.</param>
    /// <param name="format">Form; <see cref="LogFormat.Auto"/> counts as text, see <see cref="Resolve"/>.</param>
    /// <param name="threshold">Least level.</param>
    /// <param name="time">Clock of the lines.</param>
    public LineLoggerProvider(TextWriter writer, LogFormat format, LogThreshold threshold, TimeProvider time)
    {
        _writer = writer;
        _format = format;
        _least = threshold switch
        {
            LogThreshold.Debug => LogLevel.Debug,
            LogThreshold.Info => LogLevel.Information,
            LogThreshold.Warn => LogLevel.Warning,
            _ => LogLevel.Error,
        };
        _time = time;
    }

    /// <summary>What auto means: colour on a terminal unless <c>NO_COLOR</c> is set.</summary>
    public static LogFormat Resolve(LogFormat format, bool isTerminal, string? noColor) => format switch
    {
        LogFormat.Auto when isTerminal && string.IsNullOrEmpty(noColor) => LogFormat.Color,
        LogFormat.Auto => LogFormat.Text,
        _ => format,
    };

    public ILogger CreateLogger(string categoryName) => new LineLogger(categoryName, this);

    public void Dispose()
    {
    }

    // Libraries below us tell about themselves at info; that is noise unless somebody debugs.
    internal bool IsEnabled(string category, LogLevel level) =>
        level != LogLevel.None
        && level >= _least
        && (level >= LogLevel.Warning || _least <= LogLevel.Debug || category.StartsWith(OwnCategories, StringComparison.Ordinal));

    internal void Write(LogLevel level, string message, IEnumerable<KeyValuePair<string, object?>> fields)
    {
        var time = _time.GetUtcNow();
        var line = _format == LogFormat.Json
            ? LogEntryText.Json(time, level, message, fields)
            : LogEntryText.Pairs(time, level, message, fields, _format == LogFormat.Color);
        lock (_lock) _writer.WriteLine(line);
    }
}
