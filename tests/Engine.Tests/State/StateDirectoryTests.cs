using System.Runtime.Versioning;
using Microsoft.Extensions.Logging.Abstractions;
using PgCdc.Engine.Files;
using PgCdc.Engine.State;
using PgCdc.Engine.State.Journaling;
using PgCdc.Errors;
using PgCdc.Files;
using PgCdc.TestKit.Files;
using Xunit;

namespace PgCdc.Engine.Tests.State;

[SupportedOSPlatform("linux")]
public sealed class StateDirectoryTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("pgcdc-state");
    private readonly PhysicalFileSystem _files = new();

    private string Root => Path.Combine(_directory.FullName, "deep", ".pgcdc");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Open_NothingThere_MakesFoldersForTheOwnerOnly()
    {
        using var state = StateDirectory.Open(_files, StatePaths.Of(Root, "orders"));
        Assert.Equal(Path.Combine(Root, "orders"), state.Paths.Folder);
        Assert.Equal(Path.Combine(Root, "orders", "journal"), state.Paths.Journal);
        Assert.Equal(Path.Combine(Root, "orders", "control.sock"), state.Paths.ControlSocket);
        Assert.Equal(FileModes.OwnerOnlyDirectory, File.GetUnixFileMode(Root));
        Assert.Equal(FileModes.OwnerOnlyDirectory, File.GetUnixFileMode(state.Paths.Folder));
    }

    [Fact]
    public void Open_SamePipelineTwice_IsRefusedWithTheProcess()
    {
        var paths = StatePaths.Of(Root, "orders");
        using (StateDirectory.Open(_files, paths))
        {
            using var other = StateDirectory.Open(_files, StatePaths.Of(Root, "invoices"));
            var error = Assert.Throws<CheckpointException>(() => StateDirectory.Open(_files, paths));
            Assert.Equal(
                (ErrorCode.StateInUse, $"State directory '{paths.Folder}' of pipeline 'orders' is in use by process {Environment.ProcessId}; "
                    + "stop it, or give this pipeline another pipeline_name or --state-dir."),
                (error.Code, error.Message));
        }

        StateDirectory.Open(_files, paths).Dispose();
    }

    [Fact]
    public void Open_RootIsAFile_IsRefused()
    {
        File.WriteAllText(Path.Combine(_directory.FullName, "file"), "");
        var paths = StatePaths.Of(Path.Combine(_directory.FullName, "file"), "orders");

        var error = Assert.Throws<CheckpointException>(() => StateDirectory.Open(_files, paths));

        Assert.Equal(
            (ErrorCode.StateUnavailable, $"State directory '{paths.Folder}' of pipeline 'orders' cannot be used: "
                + $"Cannot create the directory '{paths.Folder}': Not a directory; see to that or choose another --state-dir."),
            (error.Code, error.Message));
    }

    [Fact]
    public void Open_PowerLostAfterwards_FoldersAreStillThere()
    {
        var files = new ForgetfulFileSystem();
        for (var seed = 0; seed < 20; seed++)
        {
            StateDirectory.Open(files, StatePaths.Of($"/state{seed}/.pgcdc", "orders")).Dispose();
            files.Crash(seed);
            Assert.True(files.Exists($"/state{seed}/.pgcdc/orders"));
        }
    }

    [Theory]
    [InlineData("orders", "orders")]
    [InlineData("shop.orders-v2_A", "shop.orders-v2_A")]
    [InlineData("..", "%2E.")]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("größe ~%", "gr%C3%B6%C3%9Fe%20%7E%25")]
    [InlineData("\n", "%0A")]
    public void Folder_OddNames_AreSafeAndComeBack(string pipeline, string folder)
    {
        using var state = StateDirectory.Open(_files, StatePaths.Of(Root, pipeline));
        Assert.Equal(Path.Combine(Root, folder), state.Paths.Folder);
        Assert.Empty(StatePaths.Pipelines(_files, Root));

        using var journal = Journal.Open(_files, state.Paths.Journal, new JournalOptions(), NullLogger.Instance);
        Assert.Equal([pipeline], StatePaths.Pipelines(_files, Root));
    }

    [Fact]
    public void Folder_LongNames_AreShortenedAndStayApart()
    {
        var first = StatePaths.Of(Root, new string('ä', 200));
        var second = StatePaths.Of(Root, new string('ä', 201));
        Assert.Equal(97, Path.GetFileName(first.Folder).Length);
        Assert.NotEqual(first.Folder, second.Folder);
        Assert.Empty(StatePaths.Pipelines(_files, Root));
    }
}
