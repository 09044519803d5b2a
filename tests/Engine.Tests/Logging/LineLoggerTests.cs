using Microsoft.Extensions.Logging;
using PgCdc.Engine.Configuration;
using PgCdc.Silo.Logging;
using Xunit;

namespace PgCdc.Engine.Tests.Logging;

public sealed partial class LineLoggerTests : IDisposable
{
    private readonly StringWriter _lines = new();

    [Fact]
    public void Text_Entry_IsKeyValuePairs()
    {
        Connected(Logger(LogFormat.Text), "orders", 7, TimeSpan.FromSeconds(1.5));

        Assert.Equal(
            "time=2026-11-20T10:00:00.000Z level=INFO msg=\"Pipeline orders found 7 tables after 00:00:01.5000000\" component=Shop pipeline=orders table_count=7 elapsed=1.5s\n",
            _lines.ToString());
    }

    [Fact]
    public void Text_QuotesInValue_StayReadable()
    {
        Connected(Logger(LogFormat.Text), "slot 'a' of <\"b\">", 7, TimeSpan.Zero);

        Assert.EndsWith("pipeline=\"slot 'a' of <\\\"b\\\">\" table_count=7 elapsed=0\n", _lines.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_Entry_IsOneObject()
    {
        Connected(Logger(LogFormat.Json), "a \"b\"", 7, TimeSpan.Zero);

        Assert.Equal(
            "{\"time\":\"2026-11-20T10:00:00.000Z\",\"level\":\"INFO\",\"msg\":\"Pipeline a \\\"b\\\" found 7 tables after 00:00:00\",\"component\":\"Shop\",\"pipeline\":\"a \\\"b\\\"\",\"table_count\":7,\"elapsed\":\"0\"}\n",
            _lines.ToString());
    }

    [Fact]
    public void Color_Level_IsColoured()
    {
        Lost(Logger(LogFormat.Color), new InvalidOperationException("line one\nline two"));

        Assert.Equal("time=2026-11-20T10:00:00.000Z level=\e[33mWARN\e[0m msg=Lost component=Shop error=\"line one\\nline two\"\n", _lines.ToString());
    }

    [Theory]
    [InlineData(LogThreshold.Debug, "PgCdc.X", LogLevel.Debug, true)]
    [InlineData(LogThreshold.Info, "PgCdc.X", LogLevel.Debug, false)]
    [InlineData(LogThreshold.Info, "PgCdc.X", LogLevel.Information, true)]
    [InlineData(LogThreshold.Warn, "PgCdc.X", LogLevel.Information, false)]
    [InlineData(LogThreshold.Error, "PgCdc.X", LogLevel.Warning, false)]
    [InlineData(LogThreshold.Error, "PgCdc.X", LogLevel.Critical, true)]
    [InlineData(LogThreshold.Info, "Orleans.Runtime", LogLevel.Information, false)]
    [InlineData(LogThreshold.Info, "Orleans.Runtime", LogLevel.Warning, true)]
    [InlineData(LogThreshold.Debug, "Orleans.Runtime", LogLevel.Information, true)]
    public void Threshold_Level_DecidesWhatIsLogged(LogThreshold threshold, string category, LogLevel level, bool logged)
    {
        using var provider = new LineLoggerProvider(_lines, LogFormat.Text, threshold, new StillTime());

        Assert.Equal(logged, provider.CreateLogger(category).IsEnabled(level));
    }

    [Theory]
    [InlineData(LogFormat.Auto, true, null, LogFormat.Color)]
    [InlineData(LogFormat.Auto, true, "1", LogFormat.Text)]
    [InlineData(LogFormat.Auto, false, null, LogFormat.Text)]
    [InlineData(LogFormat.Color, false, "1", LogFormat.Color)]
    [InlineData(LogFormat.Json, true, null, LogFormat.Json)]
    public void Resolve_Auto_FollowsTheTerminal(LogFormat format, bool isTerminal, string? noColor, LogFormat resolved) =>
        Assert.Equal(resolved, LineLoggerProvider.Resolve(format, isTerminal, noColor));

    public void Dispose() => _lines.Dispose();

    private ILogger Logger(LogFormat format) => new LineLoggerProvider(_lines, format, LogThreshold.Info, new StillTime()).CreateLogger("PgCdc.Tests.Shop");

    [LoggerMessage(1, LogLevel.Information, "Pipeline {Pipeline} found {TableCount} tables after {Elapsed}")]
    private static partial void Connected(ILogger log, string pipeline, int tableCount, TimeSpan elapsed);

    [LoggerMessage(2, LogLevel.Warning, "Lost")]
    private static partial void Lost(ILogger log, Exception error);

    private sealed class StillTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);
    }
}
