using System.Text.Json;

namespace PgCdc.Scenarios.Oracle;

/// <summary>Reads delivered lines in order, rebuilds every table from them and says what is wrong.</summary>
internal sealed class StreamOracle
{
    private readonly Verdict _verdict = new();
    private readonly DeliveryOrder _delivery;
    private readonly TransactionOrder _transactions;
    private readonly Dictionary<TableName, TableReplica> _tables;

    public StreamOracle(IEnumerable<TableShape> tables)
    {
        _delivery = new DeliveryOrder(_verdict);
        _transactions = new TransactionOrder(_verdict);
        _tables = tables.ToDictionary(table => table.Name, table => TableReplica.Of(table, _verdict));
    }

    public IReadOnlyList<Violation> Violations => _verdict.Violations;

    public int Distinct => _delivery.Distinct;

    public int Repeated => _delivery.Repeated;

    public void Read(string line)
    {
        try
        {
            Read(EventLine.Parse(line));
        }
        catch (JsonException error)
        {
            _verdict.Add(ViolationKind.Unreadable, $"{error.Message} in: {RowText.Short(line)}");
        }
    }

    /// <summary>The stream is over: compares each table with its real rows at that moment.</summary>
    public void Finish(IReadOnlyDictionary<TableName, IReadOnlyList<IReadOnlyDictionary<string, string?>>> contents)
    {
        _transactions.Finish();
        foreach (var (table, replica) in _tables)
            replica.CompareWith(contents[table]);
    }

    private void Read(EventLine line)
    {
        if (!_delivery.Accept(line))
            return;
        _transactions.Accept(line);
        if (_tables.TryGetValue(line.Table, out var table))
            table.Apply(line);
        else
            _verdict.Add(ViolationKind.Impossible, $"event {line.Id} of {line.Table}, which nobody writes to");
    }
}
