using System.Globalization;

namespace PgCdc.Scenarios.Oracle;

/// <summary>
/// Every transaction of the workload ends with a row in the ledger that tells its writer, its number and how many changes it made. So a
/// transaction that is missing, cut short or out of its writer's order shows, even when later changes wipe out its rows.
/// </summary>
internal sealed class TransactionOrder(Verdict verdict)
{
    public static readonly TableName Ledger = new("public", "ledger");

    private readonly Dictionary<string, long> _numbers = [];
    private uint _xid;
    private int _seq;
    private bool _open;

    public void Accept(EventLine line)
    {
        if (line.Seq == 1)
            Begin(line);
        else
            Continue(line);
        _seq = line.Seq;
        if (line.Table == Ledger)
            End(line);
    }

    /// <summary>The stream is over.</summary>
    public void Finish()
    {
        if (_open)
            verdict.Add(ViolationKind.Lost, $"transaction {_xid} breaks off after event {_seq}");
    }

    private void Begin(EventLine line)
    {
        Finish();
        _xid = line.Xid;
        _open = true;
    }

    private void Continue(EventLine line)
    {
        if (!_open || line.Xid != _xid)
            verdict.Add(ViolationKind.Lost, $"event {line.Seq} of transaction {line.Xid} without the events before it");
        else if (line.Seq != _seq + 1)
            verdict.Add(ViolationKind.Lost, $"transaction {line.Xid} goes from event {_seq} to {line.Seq}");
        _xid = line.Xid;
        _open = true;
    }

    private void End(EventLine line)
    {
        _open = false;
        var writer = line.Row["writer"]!;
        var number = Number(line, "number");
        var changes = Number(line, "changes");
        if (line.Seq != changes + 1)
            verdict.Add(ViolationKind.Lost, $"transaction {number} of writer {writer} made {changes} changes, {line.Seq - 1} arrived");
        var last = _numbers.GetValueOrDefault(writer);
        if (number > last + 1)
            verdict.Add(ViolationKind.Lost, $"writer {writer} goes from transaction {last} to {number}");
        else if (number <= last)
            verdict.Add(ViolationKind.Reordered, $"writer {writer} goes from transaction {last} back to {number}");
        _numbers[writer] = number;
    }

    private static long Number(EventLine line, string column) => long.Parse(line.Row[column]!, CultureInfo.InvariantCulture);
}
