using System.Globalization;
using PgCdc.Files;

namespace PgCdc.Connectors.Adapters.File;

/// <summary>
/// The names of rotated files: <c>path.1</c> is the youngest, <c>path.{keep}</c> the oldest, which the next one replaces. Every rename is
/// synced before the following one, so that a crash leaves each file under one name or the other and at most one number unused.
/// </summary>
internal sealed class Rotation(IFileSystem files, string path, int keep)
{
    private readonly string _directory = Path.GetDirectoryName(Path.GetFullPath(path))!;

    public void Shift()
    {
        for (var number = FirstUnused() - 1; number >= 1; number--)
            Rename(Numbered(number), Numbered(number + 1));
        Rename(path, Numbered(1));
    }

    /// <summary>Makes the names durable as they are now.</summary>
    public void SyncNames() => files.SyncDirectory(_directory);

    /// <summary>A number that a crash left unused takes up the shift, so that nothing is pushed out before it must be.</summary>
    private int FirstUnused()
    {
        var number = 1;
        while (number < keep && files.Exists(Numbered(number)))
            number++;
        return number;
    }

    private void Rename(string source, string destination)
    {
        files.Rename(source, destination);
        SyncNames();
    }

    private string Numbered(int number) => string.Create(CultureInfo.InvariantCulture, $"{path}.{number}");
}
