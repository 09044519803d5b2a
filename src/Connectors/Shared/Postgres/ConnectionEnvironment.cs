namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>What libpq reads besides the connection string: PG* variables, the home folder, the user's name.</summary>
internal sealed record ConnectionEnvironment(Func<string, string?> Variable, string HomeFolder, string UserName)
{
    private const string DebianSocketFolder = "/var/run/postgresql";

    public static ConnectionEnvironment OfProcess() =>
        new(Environment.GetEnvironmentVariable, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), Environment.UserName);

    /// <summary>The Unix socket of a local server where the distribution puts one, else TCP.</summary>
    public static string DefaultHost => Directory.Exists(DebianSocketFolder) ? DebianSocketFolder : "localhost";

    /// <summary>A file of <c>~/.postgresql</c>, or <c>null</c> when there is none.</summary>
    public string? DefaultFile(string name)
    {
        var path = Path.Combine(HomeFolder, ".postgresql", name);
        return File.Exists(path) ? path : null;
    }
}
