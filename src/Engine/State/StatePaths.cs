using PgCdc.Files;

namespace PgCdc.Engine.State;

/// <summary>Where a pipeline keeps what. Making one touches nothing; it serves readers that hold no lock.</summary>
public sealed record StatePaths
{
    private const string JournalName = "journal";

    private StatePaths(string folder, string pipeline)
    {
        Folder = folder;
        Pipeline = pipeline;
    }

    public string Pipeline { get; }

    /// <summary>The pipeline's own folder, an absolute path.</summary>
    public string Folder { get; }

    /// <summary>Grain state and reminders (<see cref="Journaling.Journal"/>).</summary>
    public string Journal => Path.Combine(Folder, JournalName);

    /// <summary>The socket on which the running process answers.</summary>
    public string ControlSocket => Path.Combine(Folder, "control.sock");

    internal string Lock => Path.Combine(Folder, "lock");

    /// <param name="root">The state directory of all pipelines (<c>--state-dir</c>).</param>
    /// <param name="pipeline">Any name that is not empty.</param>
    public static StatePaths Of(string root, string pipeline) =>
        new(Path.Combine(Path.GetFullPath(root), FolderName.Encode(pipeline)), pipeline);

    /// <summary>The pipelines that have a folder. A very long name is given as its folder is called.</summary>
    public static IReadOnlyList<string> Pipelines(IFileSystem files, string root) =>
        files.Exists(root) ? [.. files.List(root).Where(name => files.Exists(Path.Combine(root, name, JournalName))).Select(FolderName.Decode)] : [];
}
