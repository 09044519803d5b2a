using Microsoft.Extensions.Logging.Abstractions;
using PgCdc.Engine.State.Journaling;
using PgCdc.Errors;
using PgCdc.Files;
using PgCdc.TestKit.Files;
using Xunit;

namespace PgCdc.Engine.Tests.State;

public sealed class JournalTests
{
    private const string Path = "/journal";
    private readonly ForgetfulFileSystem _files = new();

    [Fact]
    public async Task Journal_Reopened_HoldsWhatWasWritten()
    {
        using (var journal = Open())
        {
            var version = await journal.WriteAsync("a", 0, "one"u8.ToArray());
            await journal.WriteAsync("a", version, "two"u8.ToArray());
            await journal.DeleteAsync("b", 0);
            var gone = await journal.WriteAsync("c", 0, "three"u8.ToArray());
            await journal.DeleteAsync("c", gone);
        }

        using var again = Open();
        Assert.Equal(["a"], again.Keys);
        Assert.True(again.TryRead("a", out var entry));
        Assert.Equal("two", System.Text.Encoding.UTF8.GetString(entry.Value.Span));
        Assert.Equal(6, await again.WriteAsync("c", 0, ReadOnlyMemory<byte>.Empty));
    }

    [Fact]
    public async Task Write_ChangedSinceRead_IsRefusedAndChangesNothing()
    {
        using var journal = Open();
        var version = await journal.WriteAsync("a", 0, "one"u8.ToArray());

        var refusal = await Assert.ThrowsAsync<VersionConflictException>(async () => await journal.WriteAsync("a", version + 1, "two"u8.ToArray()));

        Assert.Equal("State 'a' has version 1 where 2 was expected; somebody else wrote it.", refusal.Message);
        Assert.True(journal.TryRead("a", out var entry));
        Assert.Equal(new JournalEntry(version, entry.Value), entry);
        Assert.Equal("one", System.Text.Encoding.UTF8.GetString(entry.Value.Span));
    }

    [Fact]
    public async Task Write_DiskFull_FailsRecognisablyAndWorksAgainWithSpace()
    {
        using var journal = Open();
        var version = await journal.WriteAsync("a", 0, "one"u8.ToArray());
        _files.FreeBytes = 10;

        var error = await Assert.ThrowsAsync<CheckpointException>(async () => await journal.WriteAsync("a", version, new byte[100]));

        Assert.Equal(ErrorCode.DiskFull, error.Code);
        Assert.Equal("Journal '/journal' failed: Cannot write '/journal': No space left on device; free some space.", error.Message);
        Assert.Equal(10, _files.FreeBytes);
        _files.FreeBytes = 1000;
        await journal.WriteAsync("a", version, "two"u8.ToArray());
        _files.Crash(1);
        Assert.Equal("two", System.Text.Encoding.UTF8.GetString(JournalSnapshot.Read(_files, Path).Entries["a"].Value.Span));
    }

    [Fact]
    public async Task Write_SyncFails_NoMoreWritesUntilReopened()
    {
        var journal = Open();
        var version = await journal.WriteAsync("a", 0, "one"u8.ToArray());
        _files.Fault = (operation, path) =>
            operation is FileOperation.Sync ? new FileSystemException(FileError.Other, "sync", path, "Input/output error") : null;
        await Assert.ThrowsAsync<CheckpointException>(async () => await journal.WriteAsync("a", version, "two"u8.ToArray()));
        _files.Fault = null;

        var error = await Assert.ThrowsAsync<CheckpointException>(async () => await journal.WriteAsync("b", 0, "three"u8.ToArray()));

        Assert.Equal(ErrorCode.StateUnavailable, error.Code);
        Assert.Equal(
            "Journal '/journal' takes no more writes since this failed: Cannot sync '/journal': Input/output error. "
            + "What was not answered may be lost; restart to go on with what is on the disk.",
            error.Message);
        journal.Dispose();
        using var reopened = Open();
        Assert.True(reopened.TryRead("a", out var seen));
        await reopened.WriteAsync("b", 0, "three"u8.ToArray());
        _files.Crash(1);
        Assert.Equal(seen.Value.ToArray(), JournalSnapshot.Read(_files, Path).Entries["a"].Value.ToArray());
    }

    [Fact]
    public async Task Write_MuchGarbage_RewritesTheFile()
    {
        using var journal = Open(new JournalOptions { GarbageLimit = 10_000 });
        long version = 0;
        for (var write = 0; write < 500; write++)
            version = await journal.WriteAsync("a", version, new byte[500]);

        Assert.True(_files.ReadAll(Path).Length < 12_000);
        _files.Crash(1);
        Assert.Equal(version, JournalSnapshot.Read(_files, Path).Entries["a"].Version);
    }

    [Fact]
    public async Task Write_RewriteFindsNoSpace_KeepsTheOldFileAndTheWrite()
    {
        using var journal = Open(new JournalOptions { GarbageLimit = 1000 });
        var kept = await journal.WriteAsync("kept", 0, new byte[900]);
        var version = await journal.WriteAsync("a", 0, new byte[900]);
        _files.Fault = (operation, path) => operation is FileOperation.Write && path.EndsWith(".new", StringComparison.Ordinal)
            ? new FileSystemException(FileError.DiskFull, "write", path, "No space left on device")
            : null;
        for (var write = 0; write < 10; write++)
            version = await journal.WriteAsync("a", version, new byte[900]);

        Assert.True(_files.ReadAll(Path).Length > 10_000);
        _files.Fault = null;
        for (var write = 0; write < 3; write++)
            version = await journal.WriteAsync("a", version, new byte[900]);
        Assert.True(_files.ReadAll(Path).Length < 6_000);
        _files.Crash(1);
        var entries = JournalSnapshot.Read(_files, Path).Entries;
        Assert.Equal((kept, version), (entries["kept"].Version, entries["a"].Version));
    }

    [Fact]
    public async Task Write_OthersWaiting_ShareOneSync()
    {
        const int Others = 10;
        using var journal = Open();
        using var inFirstSync = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var syncs = 0;
        _files.BeforeSync = () =>
        {
            if (Interlocked.Increment(ref syncs) > 1)
                return;
            inFirstSync.Set();
            goOn.Wait();
        };
        var first = Task.Factory.StartNew(() => journal.WriteAsync("first", 0, new byte[1]).AsTask(), TaskCreationOptions.LongRunning).Unwrap();
        inFirstSync.Wait();
        var others = Enumerable.Range(0, Others).Select(other => journal.WriteAsync("other" + other, 0, new byte[1]).AsTask()).ToArray();
        Assert.All(others, other => Assert.False(other.IsCompleted));
        goOn.Set();

        await first;
        var versions = await Task.WhenAll(others);

        Assert.Equal(2, syncs);
        Assert.Equal(Enumerable.Range(2, Others).Select(version => (long)version), versions);
    }

    [Fact]
    public async Task Write_SameKeyTwiceAtOnce_OneWinsAndTheOtherIsToldTheDurableVersion()
    {
        using var journal = Open();
        using var inFirstSync = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        _files.BeforeSync = () =>
        {
            if (inFirstSync.IsSet)
                return;
            inFirstSync.Set();
            goOn.Wait();
        };
        var first = Task.Factory.StartNew(() => journal.WriteAsync("first", 0, new byte[1]).AsTask(), TaskCreationOptions.LongRunning).Unwrap();
        inFirstSync.Wait();
        var winner = journal.WriteAsync("epoch", 0, new byte[1]).AsTask();
        var loser = journal.WriteAsync("epoch", 0, new byte[2]).AsTask();
        goOn.Set();

        await first;
        var version = await winner;
        var refusal = await Assert.ThrowsAsync<VersionConflictException>(() => loser);
        Assert.Equal(version, refusal.Actual);
    }

    [Fact]
    public async Task Snapshot_WriterOpen_ReadsWithoutChangingAnything()
    {
        using var journal = Open();
        await journal.WriteAsync("a", 0, "one"u8.ToArray());
        var operations = _files.Operations;

        var snapshot = JournalSnapshot.Read(_files, Path);

        Assert.Equal("one", System.Text.Encoding.UTF8.GetString(snapshot.Entries["a"].Value.Span));
        Assert.Equal(operations + 1, _files.Operations); // the open
        Assert.Empty(JournalSnapshot.Read(_files, "/absent").Entries);
    }

    [Fact]
    public async Task Write_AfterDispose_Fails()
    {
        var journal = Open();
        journal.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await journal.WriteAsync("a", 0, new byte[1]));
    }

    private Journal Open(JournalOptions? options = null) => Journal.Open(_files, Path, options ?? new JournalOptions(), NullLogger.Instance);
}
