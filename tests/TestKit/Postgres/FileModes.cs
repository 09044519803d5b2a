namespace PgCdc.TestKit.Postgres;

internal static class FileModes
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode Enterable = Private | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>0600: the server refuses a key that others can read.</summary>
    public static void MakePrivate(string path) => Set(path, Private);

    /// <summary>0755: the server and the test run as different users.</summary>
    public static void MakeEnterable(string path) => Set(path, Enterable);

    private static void Set(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }
}
