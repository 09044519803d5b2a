namespace PgCdc.Client.Cli.Validation;

/// <summary>What was found out about one part of a configuration.</summary>
internal sealed record CheckRow(string Component, string Status, string Duration, string Message);
