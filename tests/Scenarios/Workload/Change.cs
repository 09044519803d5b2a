namespace PgCdc.Scenarios.Workload;

/// <summary>One statement of a transaction.</summary>
/// <param name="Sql">The statement with its values in it.</param>
/// <param name="Events">Row events it makes; null: as many as rows are affected.</param>
internal sealed record Change(string Sql, int? Events = null);
