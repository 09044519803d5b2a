namespace PgCdc.Scenarios.Oracle;

/// <summary>
/// At-least-once delivery may go back to an earlier event and say everything from there again, word by word. It may not skip, swap or reword.
/// </summary>
internal sealed class DeliveryOrder(Verdict verdict)
{
    private readonly Dictionary<string, int> _places = [];
    private readonly List<UInt128> _fingerprints = [];
    private int _next;

    /// <summary>Events seen once.</summary>
    public int Distinct => _fingerprints.Count;

    /// <summary>Events seen again.</summary>
    public int Repeated { get; private set; }

    /// <returns>True when the event is seen for the first time.</returns>
    public bool Accept(EventLine line)
    {
        if (_places.TryGetValue(line.Id, out var place))
        {
            AcceptAgain(line, place);
            return false;
        }
        if (_next < Distinct)
            verdict.Add(ViolationKind.Reordered, $"new event {line.Id} of {line.Table} although the repeat before it ended {Distinct - _next} events early");
        _places.Add(line.Id, Distinct);
        _fingerprints.Add(line.Fingerprint);
        _next = Distinct;
        return true;
    }

    private void AcceptAgain(EventLine line, int place)
    {
        Repeated++;
        if (_fingerprints[place] != line.Fingerprint)
            verdict.Add(ViolationKind.ChangedDuplicate, $"event {line.Id} of {line.Table} came again with other bytes");
        if (place > _next)
            verdict.Add(ViolationKind.Reordered, $"a repeat skips {place - _next} events before {line.Id} of {line.Table}");
        _next = place + 1;
    }
}
