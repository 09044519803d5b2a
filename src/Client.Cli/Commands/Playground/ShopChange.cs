namespace PgCdc.Client.Cli.Commands.Playground;

/// <summary>One statement of a shop transaction; changes exactly one row.</summary>
internal sealed record ShopChange(string Table, string Operation, string Sql, params object[] Values);
