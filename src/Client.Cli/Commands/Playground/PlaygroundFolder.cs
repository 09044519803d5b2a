using System.Security.Cryptography;
using System.Text;

namespace PgCdc.Client.Cli.Commands.Playground;

/// <summary>Where a playground keeps its things; locked, so that two playgrounds of one place do not take each other's server away.</summary>
internal sealed class PlaygroundFolder : IDisposable
{
    private readonly FileStream _lock;

    private PlaygroundFolder(string path, FileStream @lock)
    {
        Path = path;
        _lock = @lock;
    }

    public string Path { get; }

    /// <summary>State of the pipeline; empty at the start, as the slot is new as well.</summary>
    public string State => System.IO.Path.Combine(Path, "state");

    /// <exception cref="PlaygroundException">Another playground uses the folder.</exception>
    public static PlaygroundFolder Open()
    {
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(".pgcdc", "playground"));
        Directory.CreateDirectory(path);
        var folder = new PlaygroundFolder(path, Lock(System.IO.Path.Combine(path, "lock")));
        Clear(folder.State);
        return folder;
    }

    /// <summary>A folder that the server's user can reach: in here, else in a temporary place.</summary>
    public async Task<string> ServerFolderAsync(TextWriter messages, CancellationToken cancellationToken)
    {
        var inside = System.IO.Path.Combine(Path, "server");
        Directory.CreateDirectory(inside);
        if (await ServerPrograms.TryHandOverAsync(inside, cancellationToken))
            return inside;
        Directory.Delete(inside);
        var outside = $"/var/tmp/pgcdc-playground-{Hash(Path)}";
        if (new DirectoryInfo(outside).LinkTarget is not null)
            throw new PlaygroundException($"{outside} is a link of somebody else; remove it.");
        Directory.CreateDirectory(outside);
        await ServerPrograms.TryHandOverAsync(outside, cancellationToken);
        await messages.WriteLineAsync($"The user postgres cannot reach {Path}: the server's files are in {outside}");
        return outside;
    }

    public static void Clear(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string file)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        }
        catch (IOException)
        {
            throw new PlaygroundException($"Another playground runs in this folder ({file} is locked); stop it or start this one elsewhere.");
        }
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(..4));
}
