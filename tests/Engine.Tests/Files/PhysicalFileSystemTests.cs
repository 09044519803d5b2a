using System.Diagnostics;
using System.Runtime.Versioning;
using Microsoft.Extensions.Logging.Abstractions;
using PgCdc.Engine.Files;
using PgCdc.Engine.State.Journaling;
using PgCdc.Errors;
using PgCdc.Files;
using Xunit;

namespace PgCdc.Engine.Tests.Files;

[SupportedOSPlatform("linux")]
public sealed class PhysicalFileSystemTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("pgcdc-files");
    private readonly PhysicalFileSystem _files = new();

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void File_WrittenTruncatedAndSynced_ReadsBack()
    {
        using (var file = _files.Open(At("a"), FileOpening.OpenOrCreate, FileModes.WorldReadable))
        {
            file.Write(0, "hello world"u8);
            file.Write(6, "there"u8);
            file.Truncate(9);
            file.Sync();
            Assert.Equal(9, file.Length);
        }

        _files.SyncDirectory(_directory.FullName);
        using var again = _files.Open(At("a"), FileOpening.Read);
        var bytes = new byte[20];
        Assert.Equal("hello the"u8.ToArray(), bytes[..again.Read(0, bytes)]);
        Assert.Equal(3, again.Read(6, bytes));
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(At("a")) & ~FileModes.WorldReadable);
    }

    [Fact]
    public void Names_RenamedAndDeleted_AreListed()
    {
        _files.CreateDirectory(At("d"), FileModes.OwnerOnlyDirectory);
        _files.CreateDirectory(At("d"), FileModes.OwnerOnlyDirectory);
        _files.Open(At("b"), FileOpening.OpenOrCreate).Dispose();
        _files.Open(At("a"), FileOpening.OpenOrCreate).Dispose();
        _files.Rename(At("a"), At("c"));
        _files.Delete(At("b"));
        _files.Delete(At("b"));

        Assert.Equal(["c", "d"], _files.List(_directory.FullName));
        Assert.True(_files.Exists(At("d")));
        Assert.False(_files.Exists(At("a")));
        Assert.Equal(FileModes.OwnerOnlyDirectory, File.GetUnixFileMode(At("d")));
        Assert.Equal(FileModes.OwnerOnly, File.GetUnixFileMode(At("c")));
    }

    [Fact]
    public void Open_Truncate_EmptiesTheFile()
    {
        using (var file = _files.Open(At("a"), FileOpening.OpenOrCreate))
            file.Write(0, "hello"u8);
        using var again = _files.Open(At("a"), FileOpening.Truncate);
        Assert.Equal(0, again.Length);
    }

    [Fact]
    public void Failures_OfTheKernel_AreTold()
    {
        _files.Open(At("file"), FileOpening.OpenOrCreate).Dispose();

        AssertFails(FileError.NotFound, $"Cannot open '{At("a")}': No such file or directory", () => _files.Open(At("a"), FileOpening.Read));
        AssertFails(FileError.IsDirectory, $"Cannot open '{_directory}': Is a directory", () => _files.Open(_directory.FullName, FileOpening.OpenOrCreate));
        AssertFails(FileError.NotDirectory, $"Cannot open '{At("file/a")}': Not a directory", () => _files.Open(At("file/a"), FileOpening.OpenOrCreate));
        AssertFails(FileError.NotFound, $"Cannot rename to '{At("b")}' the file '{At("a")}': No such file or directory", () => _files.Rename(At("a"), At("b")));
        AssertFails(FileError.NotFound, $"Cannot open '{At("a")}': No such file or directory", () => _files.SyncDirectory(At("a")));
        AssertFails(FileError.NotFound, $"Cannot list '{At("a")}': No such directory", () => _files.List(At("a")));
        AssertFails(FileError.Other, $"Cannot create the directory '{At("file")}': File exists", () => _files.CreateDirectory(At("file"), FileModes.OwnerOnlyDirectory));
    }

    [Fact]
    public void Write_NoSpaceOnTheDevice_IsDiskFull()
    {
        using var full = _files.Open("/dev/full", FileOpening.ReadWrite);
        var error = Assert.Throws<FileSystemException>(() => full.Write(0, "x"u8));
        Assert.True(error.IsDiskFull);
        Assert.Equal("Cannot write '/dev/full': No space left on device", error.Message);
    }

    [Fact]
    public async Task Journal_RealDiskFull_RefusesAndGoesOnWithSpace()
    {
        using var disk = SmallDisk.Mount();
        var ballast = Path.Combine(disk.Path, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[40 * 1024]);
        var path = Path.Combine(disk.Path, "journal");
        using (var journal = Journal.Open(_files, path, new JournalOptions(), NullLogger.Instance))
        {
            var version = await journal.WriteAsync("a", 0, new byte[100]);
            var error = await Assert.ThrowsAsync<CheckpointException>(async () => await journal.WriteAsync("a", version, new byte[30_000]));
            Assert.Equal(ErrorCode.DiskFull, error.Code);
            version = await journal.WriteAsync("a", version, new byte[200]);
            File.Delete(ballast);
            await journal.WriteAsync("a", version, new byte[30_000]);
        }

        Assert.Equal(30_000, JournalSnapshot.Read(_files, path).Entries["a"].Value.Length);
    }

    [Fact]
    public void Lock_HeldByThisProcess_KeepsOthersOut()
    {
        using (_files.TryLock(At("lock")))
        {
            Assert.Null(_files.TryLock(At("lock")));
            Assert.Equal(Environment.ProcessId, _files.ReadLockHolder(At("lock")));
            Assert.Equal(5, FlockExitCode());
        }

        Assert.Equal(0, FlockExitCode());
    }

    [Fact]
    public async Task Lock_HeldByAnotherProcess_EndsWhenThatIsKilled()
    {
        var start = new ProcessStartInfo("flock", ["-o", At("lock"), "sh", "-c", "echo held; exec cat"])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        using var holder = Process.Start(start)!;
        Assert.Equal("held", await holder.StandardOutput.ReadLineAsync());
        Assert.Null(_files.TryLock(At("lock")));

        holder.Kill();
        await holder.WaitForExitAsync();

        using var taken = _files.TryLock(At("lock"));
        Assert.NotNull(taken);
    }

    [Fact]
    public void FileLock_HeldOnce_KeepsOtherWritersOutAndLetsReadersIn()
    {
        using var file = _files.Open(At("events"), FileOpening.OpenOrCreate);
        using var other = _files.Open(At("events"), FileOpening.OpenOrCreate);
        file.Write(0, "line\n"u8);

        Assert.True(file.TryLock());
        Assert.False(other.TryLock());
        Assert.Equal("line\n", File.ReadAllText(At("events")));
    }

    private static void AssertFails(FileError error, string message, Action action)
    {
        var failure = Assert.Throws<FileSystemException>(action);
        Assert.Equal((error, message), (failure.Error, failure.Message));
    }

    private static void AssertFails(FileError error, string message, Func<object> action) => AssertFails(error, message, () => { _ = action(); });

    private int FlockExitCode()
    {
        using var process = Process.Start("flock", ["-n", "-E", "5", At("lock"), "true"]);
        process.WaitForExit();
        return process.ExitCode;
    }

    private string At(string name) => Path.Combine(_directory.FullName, name);
}
