using PgCdc.Client.Cli.Commands.Playground;
using Xunit;

namespace PgCdc.Scenarios.Playground;

public sealed class SummaryTests
{
    [Fact]
    public void Summary_EqualCounts_SaysSo()
    {
        var summary = new Summary(Counts(("orders", "INSERT", 12), ("orders", "DELETE", 3)), Counts(("orders", "INSERT", 12), ("orders", "DELETE", 3)));

        Assert.True(summary.IsEqual);
        Assert.Equal(
            """
            TABLE   OPERATION  GENERATED  DELIVERED
            orders  DELETE             3          3
            orders  INSERT            12         12
            total                     15         15

            """,
            TextOf(summary));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(13)]
    public void Summary_LostOrDoubledEvent_Differs(long delivered)
    {
        var summary = new Summary(Counts(("orders", "INSERT", 12)), Counts(("orders", "INSERT", delivered)));

        Assert.False(summary.IsEqual);
        Assert.Contains("differs", TextOf(summary), StringComparison.Ordinal);
    }

    [Fact]
    public void Summary_EventOfAnUnknownTable_Differs() =>
        Assert.False(new Summary(Counts(), Counts(("stray", "INSERT", 1))).IsEqual);

    [Fact]
    public void Summary_LossAndSurplusThatAddUp_Differs() => Assert.False(
        new Summary(Counts(("orders", "INSERT", 5), ("orders", "DELETE", 5)), Counts(("orders", "INSERT", 6), ("orders", "DELETE", 4))).IsEqual);

    private static string TextOf(Summary summary)
    {
        using var text = new StringWriter { NewLine = "\n" };
        summary.Write(text);
        return text.ToString();
    }

    private static ChangeCounts Counts(params (string Table, string Operation, long Count)[] changes)
    {
        var counts = new ChangeCounts();
        foreach (var (table, operation, count) in changes)
            counts.Add(table, operation, count);
        return counts;
    }
}
