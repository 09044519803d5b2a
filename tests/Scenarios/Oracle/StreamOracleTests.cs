using Xunit;

namespace PgCdc.Scenarios.Oracle;

/// <summary>An oracle that finds nothing proves nothing: every kind of damage at every place of a good stream must show.</summary>
public sealed class StreamOracleTests
{
    private const int FirstOfSecondTransaction = 4;

    public static TheoryData<int> Places => [.. Enumerable.Range(0, GoodStream.Lines.Count)];

    public static TheoryData<int> PlacesWithSuccessor => [.. Enumerable.Range(0, GoodStream.Lines.Count - 1)];

    [Fact]
    public void GoodStream_ReadOnce_IsAccepted()
    {
        var oracle = Judge(GoodStream.Lines);

        Assert.Empty(oracle.Violations);
        Assert.Equal((GoodStream.Lines.Count, 0), (oracle.Distinct, oracle.Repeated));
    }

    [Theory, MemberData(nameof(Places))]
    public void GoodStream_RepeatedFromAnyPlace_IsAccepted(int place)
    {
        // A crash after the event at `place`, with a checkpoint anywhere before it.
        var lines = GoodStream.Lines.Take(place + 1).Concat(GoodStream.Lines.Skip(place / 2)).ToArray();

        var oracle = Judge(lines);

        Assert.Empty(oracle.Violations);
        Assert.Equal(lines.Length - GoodStream.Lines.Count, oracle.Repeated);
    }

    [Theory, MemberData(nameof(Places))]
    public void LostEvent_AtAnyPlace_IsFound(int place) =>
        Assert.NotEmpty(Judge(GoodStream.Lines.Where((_, i) => i != place)).Violations);

    [Fact]
    public void LostTransaction_WhoseRowsAreGoneLater_IsFound()
    {
        // Its only row is deleted by the next transaction: leaving out both changes the tables in nothing.
        var lines = GoodStream.Lines.Where((_, i) => i is not (7 or 8 or 9));

        Assert.Contains(Judge(lines).Violations, violation => violation.Kind == ViolationKind.Lost);
    }

    [Theory, MemberData(nameof(PlacesWithSuccessor))]
    public void SwappedEvents_AtAnyPlace_AreFound(int place)
    {
        var lines = GoodStream.Lines.ToArray();
        (lines[place], lines[place + 1]) = (lines[place + 1], lines[place]);

        Assert.NotEmpty(Judge(lines).Violations);
    }

    [Theory, MemberData(nameof(Places))]
    public void ChangedDuplicate_AtAnyPlace_IsFound(int place)
    {
        var lines = GoodStream.Lines.Take(place + 1).Append(GoodStream.Lines[place].Replace("2026-01-02", "2026-01-03", StringComparison.Ordinal));

        Assert.Contains(Judge(lines.Concat(GoodStream.Lines.Skip(place + 1))).Violations, violation => violation.Kind == ViolationKind.ChangedDuplicate);
    }

    [Fact]
    public void Repeat_ThatLeavesEventsOut_IsFound()
    {
        var lines = GoodStream.Lines.Concat(GoodStream.Lines.Skip(2).Where((_, i) => i != 3));

        Assert.Equal(ViolationKind.Reordered, Assert.Single(Judge(lines).Violations).Kind);
    }

    [Fact]
    public void Repeat_ThatEndsEarly_IsFound()
    {
        var lines = GoodStream.Lines.Take(9).Concat(GoodStream.Lines.Skip(3).Take(2)).Concat(GoodStream.Lines.Skip(9));

        Assert.Contains(Judge(lines).Violations, violation => violation.Kind == ViolationKind.Reordered);
    }

    [Fact]
    public void SameEvent_UnderANewId_IsFound()
    {
        var lines = GoodStream.Lines.Take(5).Append(GoodStream.Lines[4].Replace("101-1", "another", StringComparison.Ordinal)).Concat(GoodStream.Lines.Skip(5));

        Assert.NotEmpty(Judge(lines).Violations);
    }

    [Theory, MemberData(nameof(Places))]
    public void TornLine_AtAnyPlace_IsFound(int place)
    {
        var lines = GoodStream.Lines.Take(place).Append(GoodStream.Lines[place][..40]).Concat(GoodStream.Lines.Skip(place));

        Assert.Equal(ViolationKind.Unreadable, Assert.Single(Judge(lines).Violations).Kind);
    }

    [Fact]
    public void StreamCutInsideATransaction_IsFound()
    {
        var oracle = Judge(GoodStream.Lines.Take(FirstOfSecondTransaction + 1));

        Assert.Contains(oracle.Violations, violation => violation.Text.Contains("breaks off", StringComparison.Ordinal));
    }

    [Fact]
    public void OtherTableContents_AreFound()
    {
        var contents = GoodStream.Contents.ToDictionary(table => table.Key, table => table.Value);
        contents[GoodStream.Keyless.Name] = [.. contents[GoodStream.Keyless.Name], contents[GoodStream.Keyless.Name][0]];
        var oracle = Read(GoodStream.Lines);

        oracle.Finish(contents);

        Assert.Equal(ViolationKind.Diverged, Assert.Single(oracle.Violations).Kind);
    }

    private static StreamOracle Judge(IEnumerable<string> lines)
    {
        var oracle = Read(lines);
        oracle.Finish(GoodStream.Contents);
        return oracle;
    }

    private static StreamOracle Read(IEnumerable<string> lines)
    {
        var oracle = new StreamOracle(GoodStream.Tables);
        foreach (var line in lines)
            oracle.Read(line);
        return oracle;
    }
}
