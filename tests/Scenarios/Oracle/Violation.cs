namespace PgCdc.Scenarios.Oracle;

internal enum ViolationKind
{
    /// <summary>A line is no event.</summary>
    Unreadable,

    /// <summary>A committed change is missing.</summary>
    Lost,

    /// <summary>Events came in another order than they were committed.</summary>
    Reordered,

    /// <summary>An event seen twice differs in its bytes.</summary>
    ChangedDuplicate,

    /// <summary>An event cannot follow from the rows before it.</summary>
    Impossible,

    /// <summary>A rebuilt table differs from the real one.</summary>
    Diverged,
}

internal sealed record Violation(ViolationKind Kind, string Text)
{
    public override string ToString() => $"{Kind}: {Text}";
}
