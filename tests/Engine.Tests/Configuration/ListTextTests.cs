using PgCdc.Engine.Configuration;
using Xunit;

namespace PgCdc.Engine.Tests.Configuration;

public sealed class ListTextTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("a", new[] { "a" })]
    [InlineData("a, b", new[] { "a", "b" })]
    [InlineData("\"a,b\",c", new[] { "a,b", "c" })]
    [InlineData("\"say \"\"hi\"\"\"", new[] { "say \"hi\"" })]
    public void Parse_Text_GivesTheEntries(string text, string[] entries) => Assert.Equal(entries, ListText.Parse(text));

    [Fact]
    public void Format_AnyEntries_AreReadBackAsTheSame()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var i = 0; i < 2_000; i++)
        {
            var entries = Enumerable.Range(0, random.Next(1, 5)).Select(_ => "x" + new string(random.GetItems("ab,\"".AsSpan(), random.Next(0, 6)))).ToArray();
            var text = ListText.Format(entries);
            Assert.True(ListText.Parse(text).SequenceEqual(entries), $"seed {seed}: {text}");
        }
    }
}
