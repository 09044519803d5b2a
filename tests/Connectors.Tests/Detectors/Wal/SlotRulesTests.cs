using PgCdc.Connectors.Detectors.Wal;
using PgCdc.Connectors.Detectors.Wal.Slots;
using PgCdc.Errors;
using PgCdc.Events;
using PgCdc.Sources;
using Xunit;

namespace PgCdc.Connectors.Tests.Detectors.Wal;

/// <summary>Rules that need a failover, or a later server than the tests have.</summary>
public sealed class SlotRulesTests
{
    private static readonly SourceIdentity s_identity = new() { System = "1", Timeline = 2, Database = "d", Slot = "s" };
    private static readonly SlotFacts s_slot = new() { Name = "s", Plugin = "pgoutput", Database = "d", ConfirmedFlush = new Lsn(50) };

    [Fact]
    public void LaterTimeline_OfAFailoverSlot_IsReadOn() =>
        Assert.Equal(new SlotDecision(SlotAction.Resume, new Lsn(100)), Decide(s_slot with { IsFailover = true }, timeline: 1));

    [Fact]
    public void EarlierTimeline_EvenOfAFailoverSlot_IsRefused() => Refused(s_slot with { IsFailover = true }, timeline: 3);

    [Fact]
    public void LaterTimeline_OfAnOrdinarySlot_IsRefused() => Refused(s_slot, timeline: 1);

    [Theory]
    [InlineData("rows_removed")]
    [InlineData("wal_level_insufficient")]
    [InlineData("conflicting")]
    public void InvalidatedSlot_IsRefusedWithTheServersReason(string reason) =>
        Assert.Contains($"({reason})", Refused(s_slot with { InvalidationReason = reason }, timeline: 2).Message, StringComparison.Ordinal);

    [Fact]
    public void TemporarySlot_OfTheSameName_IsRefused() => Assert.Equal(
        "Slot 's' is a temporary slot of process 7; set --slot-name to another name.",
        Refused(s_slot with { IsTemporary = true, ActivePid = 7 }, timeline: 2, ErrorCode.SourceNotReady).Message);

    private static DetectorException Refused(SlotFacts slot, uint timeline, ErrorCode code = ErrorCode.SourcePositionLost)
    {
        var error = Assert.Throws<DetectorException>(() => Decide(slot, timeline));
        Assert.Equal((code, false), (error.Code, error.IsTransient));
        return error;
    }

    private static SlotDecision Decide(SlotFacts slot, uint timeline) => SlotRules.Decide(new SlotSituation
    {
        Slot = "s",
        Identity = s_identity,
        Facts = slot,
        Checkpoint = new DetectorCheckpoint(new Position("0/64"), 100, s_identity with { Timeline = timeline }),
    });
}
