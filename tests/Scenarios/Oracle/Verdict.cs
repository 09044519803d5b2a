namespace PgCdc.Scenarios.Oracle;

/// <summary>What the oracle found wrong. One loss makes thousands of follow-ups, so only the first ones are kept.</summary>
internal sealed class Verdict
{
    private const int Kept = 20;
    private readonly List<Violation> _violations = [];

    public IReadOnlyList<Violation> Violations => _violations;

    public void Add(ViolationKind kind, string text)
    {
        if (_violations.Count < Kept)
            _violations.Add(new Violation(kind, text));
    }

    public override string ToString() => string.Join(Environment.NewLine, _violations);
}
