namespace PgCdc.Events;

/// <summary>Logical name of a stream of change events, such as <c>pgcdc:orders</c>. Compared byte by byte.</summary>
/// <param name="Value">The name; never empty for an event.</param>
public readonly record struct ChannelName(string Value)
{
    /// <summary>The channel of transaction markers.</summary>
    public static ChannelName Transactions { get; } = new("pgcdc:_txn");

    /// <summary>The channel of a table: <c>pgcdc:table</c> in schema <c>public</c>, else <c>pgcdc:schema.table</c>.</summary>
    /// <param name="schema">Schema (namespace) of the table; empty means <c>public</c>.</param>
    /// <param name="table">Name of the table.</param>
    public static ChannelName OfTable(string schema, string table) =>
        schema is "" or "public" ? new($"pgcdc:{table}") : new($"pgcdc:{schema}.{table}");

    /// <inheritdoc/>
    public override string ToString() => Value;
}
