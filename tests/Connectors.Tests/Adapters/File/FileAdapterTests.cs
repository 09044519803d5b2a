using Microsoft.Extensions.Logging.Abstractions;
using PgCdc.Connectors.Adapters.File;
using PgCdc.Engine.Diagnostics;
using PgCdc.Errors;
using PgCdc.Files;
using PgCdc.TestKit.Files;
using Xunit;

namespace PgCdc.Connectors.Tests.Adapters.File;

public sealed class FileAdapterTests : IDisposable
{
    private const string Path = NumberedLines.Path;
    private readonly ForgetfulFileSystem _files = new();
    private readonly PgCdcMetrics _metrics = new();

    public FileAdapterTests() => _files.CreateDirectory("/out", FileModes.OwnerOnlyDirectory);

    public void Dispose() => _metrics.Dispose();

    [Theory]
    [InlineData("{\"payload\":{\"n\":0}}\n{\"payl", 1)]
    [InlineData("{\"payload\":{\"n\":0}}\n\0\0\0\0}}\n{\"payload\":{\"n\":2}}\n", 1)]
    [InlineData("{\"payl", 0)]
    [InlineData("\0\0\0\0}}\n{\"payload\":{\"n\":1}}\n", 0)]
    public async Task Open_UnfinishedLines_AreCutOffBeforeTheNextOne(string found, int whole)
    {
        Put(Path, found);
        await using var adapter = await OpenAsync();
        await adapter.FlushAsync(NumberedLines.Batch(whole, 1), CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, whole + 1), NumberedLines.Read(_files.ReadAll(Path)));
    }

    [Fact]
    public async Task Open_ForeignFile_IsRefusedAndLeftAlone()
    {
        Put(Path, "# notes\nkeep me");

        var error = await Assert.ThrowsAsync<DeliveryException>(OpenAsync);

        Assert.Equal(
            (Disposition.Halt, "File '/out/events.jsonl' does not hold JSON lines, so nothing is appended to it; change file.path."),
            (error.Disposition, error.Message));
        Assert.Equal("# notes\nkeep me"u8.ToArray(), _files.ReadAll(Path));
    }

    [Fact]
    public async Task Open_WrittenByAnother_WaitsForIt()
    {
        await using (await OpenAsync())
        {
            var error = await Assert.ThrowsAsync<DeliveryException>(OpenAsync);
            Assert.Equal(
                (Disposition.Retry, "File '/out/events.jsonl' is written by another process; stop that one or change file.path."),
                (error.Disposition, error.Message));
        }

        await using var adapter = await OpenAsync();
    }

    [Theory]
    [InlineData(FileError.IsDirectory, "give file.path the name of a file")]
    [InlineData(FileError.NotFound, "create the directory or change file.path")]
    [InlineData(FileError.AccessDenied, "give this user the right to write the file and its directory, or change file.path")]
    [InlineData(FileError.NotSeekable, "file.path must be a regular file; for a pipe use the stdout adapter")]
    [InlineData(FileError.NotDirectory, "change file.path, a part of it is a file")]
    public async Task Open_NotPossible_HaltsWithTheFix(FileError cause, string advice)
    {
        _files.Fault = (operation, path) => operation is FileOperation.Open ? new FileSystemException(cause, "open", path, "Cause") : null;

        var error = await Assert.ThrowsAsync<DeliveryException>(OpenAsync);

        Assert.Equal((Disposition.Halt, $"Cannot open '/out/events.jsonl': Cause; {advice}."), (error.Disposition, error.Message));
    }

    [Fact]
    public async Task Flush_DiskFull_LeavesNoTornLineAndGoesOnWithSpace()
    {
        await using var adapter = await OpenAsync();
        await adapter.FlushAsync(NumberedLines.Batch(0, 2), CancellationToken.None);
        _files.FreeBytes = 250;
        var batch = NumberedLines.Batch(2, 3);

        var error = await Assert.ThrowsAsync<DeliveryException>(async () => await adapter.FlushAsync(batch, CancellationToken.None));

        Assert.Equal((Disposition.Retry, ErrorCode.DiskFull), (error.Disposition, error.Code));
        Assert.Equal(
            "Cannot write '/out/events.jsonl': No space left on device; free some space, then the delivery goes on by itself.", error.Message);
        Assert.Equal([0, 1], NumberedLines.Read(_files.ReadAll(Path)));
        _files.FreeBytes = 100_000;
        await adapter.FlushAsync(batch, CancellationToken.None);
        await adapter.SyncAsync(CancellationToken.None);
        _files.Crash(1);
        Assert.Equal([0, 1, 2, 3, 4], NumberedLines.Read(_files.ReadAll(Path)));
    }

    [Fact]
    public async Task Flush_DiskFullBehindARotation_RepeatsNoLine()
    {
        await using var adapter = await OpenAsync(maxSize: 1000);
        var batch = NumberedLines.Batch(0, 10, padding: 50);
        _files.Fault = (operation, path) => operation is FileOperation.Write && _files.Exists(Path + ".1")
            ? new FileSystemException(FileError.DiskFull, "write", path, "No space left on device")
            : null;
        await Assert.ThrowsAsync<DeliveryException>(async () => await adapter.FlushAsync(batch, CancellationToken.None));
        _files.Fault = null;

        await adapter.FlushAsync(batch, CancellationToken.None);

        Assert.Equal(Enumerable.Range(0, 10), NumberedLines.Files(_files).SelectMany(NumberedLines.Read));
    }

    [Fact]
    public async Task Flush_FileFull_RotatesBetweenLinesAndKeepsTheYoungest()
    {
        await using var adapter = await OpenAsync(maxSize: 1000, keep: 2);
        await adapter.FlushAsync(NumberedLines.Batch(0, 30, padding: 50), CancellationToken.None);

        Assert.Equal(["events.jsonl", "events.jsonl.1", "events.jsonl.2"], _files.List("/out"));
        var contents = NumberedLines.Files(_files);
        var numbers = contents.SelectMany(NumberedLines.Read).ToList();
        Assert.Equal(Enumerable.Range(numbers[0], 30 - numbers[0]), numbers);
        Assert.All(contents.SkipLast(1), rotated => Assert.InRange(rotated.Length, 1000, 1400));
    }

    [Fact]
    public async Task Flush_FileFull_RotatesAfterTheWriteAndBeforeTheNext()
    {
        await using var adapter = await OpenAsync(maxSize: 10);
        await adapter.FlushAsync(NumberedLines.Batch(0, 1), CancellationToken.None);
        Assert.Equal([], _files.ReadAll(Path));
        Assert.Equal([0], NumberedLines.Read(_files.ReadAll(Path + ".1")));
    }

    [Fact]
    public async Task Flush_RotationFails_DeliversAndRotatesLater()
    {
        await using var adapter = await OpenAsync(maxSize: 10);
        _files.Fault = (operation, path) => operation is FileOperation.Rename ? new FileSystemException(FileError.Other, "rename", path, "Cause") : null;
        await adapter.FlushAsync(NumberedLines.Batch(0, 1), CancellationToken.None);
        Assert.Equal([0], NumberedLines.Read(_files.ReadAll(Path)));
        var next = NumberedLines.Batch(1, 1);
        var error = await Assert.ThrowsAsync<DeliveryException>(async () => await adapter.FlushAsync(next, CancellationToken.None));
        Assert.Equal(Disposition.Retry, error.Disposition);
        _files.Fault = null;

        await adapter.FlushAsync(next, CancellationToken.None);

        Assert.Equal([0, 1], NumberedLines.Files(_files).SelectMany(NumberedLines.Read));
        Assert.Equal(["events.jsonl", "events.jsonl.1", "events.jsonl.2"], _files.List("/out"));
    }

    [Fact]
    public async Task Rotate_NewFileCannotBeMade_IsNotRotatedTwice()
    {
        await using var adapter = await OpenAsync(maxSize: 10);
        _files.Fault = (operation, path) => operation is FileOperation.Open && _files.Exists(Path + ".1")
            ? new FileSystemException(FileError.DiskFull, "open", path, "No space left on device")
            : null;
        await adapter.FlushAsync(NumberedLines.Batch(0, 1), CancellationToken.None);
        _files.Fault = null;

        await adapter.FlushAsync(NumberedLines.Batch(1, 1), CancellationToken.None);

        Assert.Equal([0, 1], NumberedLines.Files(_files).SelectMany(NumberedLines.Read));
        Assert.Equal(["events.jsonl", "events.jsonl.1", "events.jsonl.2"], _files.List("/out"));
    }

    [Fact]
    public async Task Sync_Fails_TakesUnsyncedLinesBackAndWorksNoMore()
    {
        var adapter = await OpenAsync();
        await adapter.FlushAsync(NumberedLines.Batch(0, 2), CancellationToken.None);
        await adapter.SyncAsync(CancellationToken.None);
        await adapter.FlushAsync(NumberedLines.Batch(2, 2), CancellationToken.None);
        var failures = 1;
        _files.Fault = (operation, path) =>
            operation is FileOperation.Sync && failures-- > 0 ? new FileSystemException(FileError.Other, "sync", path, "Input/output error") : null;

        var error = await Assert.ThrowsAsync<DeliveryException>(async () => await adapter.SyncAsync(CancellationToken.None));

        Assert.Equal(
            "Cannot sync '/out/events.jsonl': Input/output error; the lines since the last sync were taken back and are delivered again.", error.Message);
        await Assert.ThrowsAsync<DeliveryException>(async () => await adapter.SyncAsync(CancellationToken.None));
        await Assert.ThrowsAsync<FileSystemException>(async () => await adapter.FlushAsync(NumberedLines.Batch(4, 2), CancellationToken.None));
        await adapter.DisposeAsync();
        await using var again = await OpenAsync();
        await again.FlushAsync(NumberedLines.Batch(2, 4), CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, 6), NumberedLines.Read(_files.ReadAll(Path)));
    }

    [Fact]
    public async Task Sync_Blocks_FlushGoesOnBesideIt()
    {
        await using var adapter = await OpenAsync();
        await adapter.FlushAsync(NumberedLines.Batch(0, 1), CancellationToken.None);
        using var inSync = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var file = new HeldSync(inSync, goOn);
        _files.BeforeSync = file.Wait;
        var sync = adapter.SyncAsync(CancellationToken.None).AsTask();
        inSync.Wait();

        await adapter.FlushAsync(NumberedLines.Batch(1, 1), CancellationToken.None);

        Assert.False(sync.IsCompleted);
        goOn.Set();
        await sync;
        Assert.Equal([0, 1], NumberedLines.Read(_files.ReadAll(Path)));
    }

    [Fact]
    public async Task Sync_BlocksAtShutdown_CanBeCancelled()
    {
        var adapter = await OpenAsync();
        await adapter.FlushAsync(NumberedLines.Batch(0, 1), CancellationToken.None);
        using var inSync = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        _files.BeforeSync = new HeldSync(inSync, goOn).Wait;
        using var stop = new CancellationTokenSource();
        var sync = adapter.SyncAsync(stop.Token).AsTask();
        inSync.Wait();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sync);
        goOn.Set();
        await adapter.DisposeAsync();
    }

    [Fact]
    public void Append_MoreThanTheUnsyncedLimit_SyncsOnTheWay()
    {
        var options = new FileAdapterOptions { Path = Path };
        using var file = new RotatingFile(_files, options, _metrics, NullLogger.Instance) { UnsyncedLimit = 1000 };
        file.Open();
        var syncs = 0;
        _files.Fault = (operation, _) =>
        {
            syncs += operation is FileOperation.Sync ? 1 : 0;
            return null;
        };

        file.Append(new byte[3500]);

        Assert.Equal(3, syncs);
        _files.Crash(3);
        Assert.True(_files.ReadAll(Path).Length >= 3000);
    }

    [Fact]
    public async Task Validate_DirectoryMissing_SaysSo()
    {
        await using var adapter = new FileAdapter(_files, new FileAdapterOptions { Path = "/missing/a" }, _metrics, NullLogger.Instance);
        var error = await Assert.ThrowsAsync<DeliveryException>(() => adapter.ValidateConnectionAsync(CancellationToken.None));
        Assert.Equal("Cannot open '/missing/a': No such directory; create the directory or change file.path.", error.Message);
    }

    private void Put(string path, string content)
    {
        using var file = _files.Open(path, FileOpening.Truncate);
        file.Write(0, System.Text.Encoding.UTF8.GetBytes(content));
    }

    private async Task<FileAdapter> OpenAsync() => await OpenAsync(maxSize: 1_000_000);

    private async Task<FileAdapter> OpenAsync(long maxSize, int keep = 5)
    {
        var adapter = new FileAdapter(_files, new FileAdapterOptions { Path = Path, MaxSize = maxSize, MaxFiles = keep }, _metrics, NullLogger.Instance);
        try
        {
            await adapter.OpenAsync(CancellationToken.None);
            return adapter;
        }
        catch
        {
            await adapter.DisposeAsync();
            throw;
        }
    }

    private sealed class HeldSync(ManualResetEventSlim reached, ManualResetEventSlim goOn)
    {
        public void Wait()
        {
            reached.Set();
            goOn.Wait();
        }
    }
}
