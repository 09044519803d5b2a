using PgCdc.Engine.Encoding;
using Xunit;

namespace PgCdc.Engine.Tests.Encoding;

public sealed class Rfc3339Tests
{
    [Theory]
    [InlineData(0, "2025-06-15T12:00:00Z")]
    [InlineData(1_234_560, "2025-06-15T12:00:00.123456Z")]
    [InlineData(1, "2025-06-15T12:00:00.0000001Z")]
    [InlineData(5_000_000, "2025-06-15T12:00:00.5Z")]
    [InlineData(100_000_000, "2025-06-15T12:00:10Z")]
    public void Time_WithFraction_HasNoTrailingZeros(long ticks, string expected) =>
        Assert.Equal(expected, Format(new DateTime(2025, 6, 15, 12, 0, 0).Ticks + ticks));

    [Fact]
    public void Time_AtTheEndsOfTheCalendar_IsWritten()
    {
        Assert.Equal("0001-01-01T00:00:00Z", Format(DateTime.MinValue.Ticks));
        Assert.Equal("9999-12-31T23:59:59.9999999Z", Format(DateTime.MaxValue.Ticks));
    }

    private static string Format(long ticks)
    {
        Span<byte> text = stackalloc byte[Rfc3339.MaxLength];
        return System.Text.Encoding.ASCII.GetString(text[..Rfc3339.Write(text, ticks)]);
    }
}
