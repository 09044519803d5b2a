using PgCdc.Grains.Interfaces.Messages;
using PgCdc.TestKit.Events;

namespace PgCdc.Grains.Tests.Hosting.Fixtures;

/// <summary>A batch on its way to an adapter.</summary>
internal static class SampleDelivery
{
    private static readonly DateTime s_committed = new(2026, 2, 3, 10, 11, 12, DateTimeKind.Utc);

    public static BatchDelivery Create() => new()
    {
        Batch = new ChangeScript()
            .Begin(xid: 7, commitLsn: 100, s_committed)
            .Insert(SampleTables.Orders(), "open", "1", "first")
            .Insert(SampleTables.Orders(), "open", "2", "second")
            .Commit()
            .Build()
            .Numbered(epoch: 5, firstSequence: 40, configurationVersion: 1),
        From = 40,
        Incarnation = 3,
    };
}
