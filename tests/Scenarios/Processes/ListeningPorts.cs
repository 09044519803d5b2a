using System.Globalization;

namespace PgCdc.Scenarios.Processes;

/// <summary>The TCP ports that a process listens on, as the system tells.</summary>
internal static class ListeningPorts
{
    private const string Listening = "0A";
    private const int LocalAddress = 1;
    private const int State = 3;
    private const int Inode = 9;
    private static readonly string[] s_tables = ["tcp", "tcp6"];

    public static int[] Of(int process)
    {
        var sockets = Directory.GetFiles($"/proc/{process}/fd").Select(static file => new FileInfo(file).LinkTarget).ToHashSet();
        return
        [
            .. from table in s_tables
            from line in File.ReadLines($"/proc/{process}/net/{table}").Skip(1)
            let fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            where fields[State] == Listening && sockets.Contains($"socket:[{fields[Inode]}]")
            select int.Parse(fields[LocalAddress].Split(':')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        ];
    }
}
