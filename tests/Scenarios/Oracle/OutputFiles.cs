using System.Globalization;
using System.Text;

namespace PgCdc.Scenarios.Oracle;

/// <summary>What the file adapter wrote: the rotated files from the oldest on, then the current one.</summary>
internal sealed class OutputFiles(string path)
{
    private const int TailBytes = 64 * 1024;

    public IEnumerable<string> Lines() => InOrder().SelectMany(file => File.ReadLines(file, Encoding.UTF8));

    /// <summary>Whether a text stands near the end of the output. Cheap: for waiting.</summary>
    public bool TailContains(string text) => InOrder().Reverse().Take(2).Any(file => TailOf(file).Contains(text, StringComparison.Ordinal));

    public bool IsEmpty() => InOrder().All(file => TailOf(file).Length == 0);

    /// <summary>Changes when something is written.</summary>
    public (int Files, long Bytes) Size() => (InOrder().Count(), new FileInfo(path) is { Exists: true } current ? current.Length : 0);

    private IEnumerable<string> InOrder()
    {
        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
            return [];
        return Directory.GetFiles(folder, Path.GetFileName(path) + "*").OrderByDescending(AgeOf);
    }

    /// <summary>0 for the current file, else the number behind the last dot.</summary>
    private int AgeOf(string file) => file == path ? 0 : int.Parse(file[(path.Length + 1)..], CultureInfo.InvariantCulture);

    private static string TailOf(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            stream.Seek(-Math.Min(TailBytes, stream.Length), SeekOrigin.End);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            return reader.ReadToEnd();
        }
        catch (FileNotFoundException)
        {
            // Rotated away since the folder was listed; who waits asks again.
            return "";
        }
    }
}
