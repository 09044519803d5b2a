namespace PgCdc.Silo.Http;

/// <summary>Body of every refusal.</summary>
public sealed record ErrorView(string Error);
