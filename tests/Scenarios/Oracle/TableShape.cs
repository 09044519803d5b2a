namespace PgCdc.Scenarios.Oracle;

/// <summary>What the oracle must know of a table to rebuild it.</summary>
/// <param name="Name">The table.</param>
/// <param name="Key">Columns that tell rows apart in the stream (the replica identity); empty: rows are compared as a multiset.</param>
/// <param name="Version">A column that every UPDATE of a row raises by one: shows lost and reordered updates of one key.</param>
internal sealed record TableShape(TableName Name, IReadOnlyList<string> Key, string? Version = null);
