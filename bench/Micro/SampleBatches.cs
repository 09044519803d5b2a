using PgCdc.Events;
using PgCdc.TestKit.Events;

namespace PgCdc.Micro;

/// <summary>The batches that numbers are measured with: one transaction of full size.</summary>
internal static class SampleBatches
{
    public static EventBatch Inserts(bool transactionMetadata = false)
    {
        var script = Begin(transactionMetadata);
        var table = SampleTables.Wide();
        for (var row = 0; row < EventBatchBuilder.MaxEvents; row++)
            script.Insert(table, SampleTables.WideRow(row));

        return script.Commit().Build();
    }

    public static EventBatch FullUpdates()
    {
        var script = Begin(transactionMetadata: false);
        var table = SampleTables.Wide();
        for (var row = 0; row < EventBatchBuilder.MaxEvents; row++)
            script.Update(table, SampleTables.WideRow(row), OldTuple.Full, SampleTables.WideRow(row + 1));

        return script.Commit().Build();
    }

    public static EventBatch NonAsciiInserts()
    {
        var script = Begin(transactionMetadata: false);
        var table = SampleTables.Wide();
        for (var row = 0; row < EventBatchBuilder.MaxEvents; row++)
            script.Insert(table, [.. SampleTables.WideRow(row)[..7], "bitte vor die Tür legen – „danke“ <äöü> 日本語"]);

        return script.Commit().Build();
    }

    private static ChangeScript Begin(bool transactionMetadata) =>
        new ChangeScript().Begin(771, 0x16B3748, new DateTime(2026, 2, 3, 10, 11, 12, DateTimeKind.Utc).AddTicks(3_456_780), transactionMetadata);
}
