namespace PgCdc.Events;

/// <summary>A column of a captured table.</summary>
/// <param name="Name">Name of the column.</param>
/// <param name="TypeOid">Type as the source numbers it (PostgreSQL type OID).</param>
/// <param name="TypeModifier">Type modifier, or -1.</param>
/// <param name="IsKey">Whether the column belongs to the replica identity.</param>
public sealed record ColumnSchema(string Name, uint TypeOid, int TypeModifier, bool IsKey);
