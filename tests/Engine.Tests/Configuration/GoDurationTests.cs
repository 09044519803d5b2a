using PgCdc.Engine.Configuration;
using Xunit;

namespace PgCdc.Engine.Tests.Configuration;

public sealed class GoDurationTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("1h30m", 54_000_000_000)]
    [InlineData("1.5s", 15_000_000)]
    [InlineData("500ms", 5_000_000)]
    [InlineData("1us", 10)]
    [InlineData("1µs", 10)]
    [InlineData("100ns", 1)]
    [InlineData("99ns", 0)]
    [InlineData("-1m", -600_000_000)]
    [InlineData(".5s", 5_000_000)]
    [InlineData("1.s", 10_000_000)]
    [InlineData("2m3.25s", 1_232_500_000)]
    public void Parse_GoText_GivesTheTime(string text, long ticks)
    {
        Assert.True(GoDuration.TryParse(text, out var value));
        Assert.Equal(ticks, value.Ticks);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData(".s")]
    [InlineData("1 s")]
    [InlineData("1d")]
    [InlineData("1h30")]
    [InlineData("1..5s")]
    [InlineData("00:00:05")]
    [InlineData("99999999999h")]
    [InlineData("999999999999999999999999999999999h")]
    public void Parse_OtherText_Refuses(string text) => Assert.False(GoDuration.TryParse(text, out _));

    [Fact]
    public void Format_AnyDuration_IsReadBackAsTheSame()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var i = 0; i < 10_000; i++)
        {
            var value = TimeSpan.FromTicks(random.NextInt64() >> random.Next(1, 63)) * (random.Next(2) == 0 ? 1 : -1);
            var text = GoDuration.Format(value);
            Assert.True(GoDuration.TryParse(text, out var again) && again == value, $"seed {seed}: {value} became {text} became {again}");
        }
    }

    [Theory]
    [InlineData(54_000_000_000, "1h30m")]
    [InlineData(15_000_000, "1.5s")]
    [InlineData(5_000_000, "500ms")]
    [InlineData(1, "0.1us")]
    [InlineData(0, "0")]
    public void Format_KnownTimes_AreShort(long ticks, string text) => Assert.Equal(text, GoDuration.Format(TimeSpan.FromTicks(ticks)));
}
