using System.Globalization;
using System.Text;

namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>The password file: lines of <c>host:port:database:user:password</c>, the first match wins.</summary>
internal static class PassFile
{
    private const int FieldCount = 5;

    public static string? Find(string path, string host, int port, string database, string user)
    {
        if (!IsUsable(path))
            return null;
        // A socket folder stands in the file as localhost when it is the default one, and as itself otherwise.
        string[] hosts = host == ConnectionEnvironment.DefaultHost && host.StartsWith('/') ? [host, "localhost"] : [host];
        return File.ReadLines(path)
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(Split)
            .FirstOrDefault(fields => fields.Count == FieldCount
                && hosts.Any(candidate => Matches(fields[0], candidate))
                && Matches(fields[1], port.ToString(CultureInfo.InvariantCulture))
                && Matches(fields[2], database)
                && Matches(fields[3], user))?[4];
    }

    /// <summary>libpq ignores a password file that others can read.</summary>
    private static bool IsUsable(string path)
    {
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        return File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & others) == 0);
    }

    private static bool Matches(string pattern, string value) => pattern == "*" || pattern == value;

    private static List<string> Split(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        for (var index = 0; index < line.Length; index++)
        {
            if (line[index] == ':' && fields.Count < FieldCount - 1)
            {
                fields.Add(field.ToString());
                field.Clear();
                continue;
            }
            if (line[index] == '\\' && index + 1 < line.Length)
                index++;
            field.Append(line[index]);
        }
        fields.Add(field.ToString());
        return fields;
    }
}
