using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Storage;
using PgCdc.Engine.State.Journaling;
using PgCdc.Errors;
using PgCdc.Grains.Adapters;
using PgCdc.Silo.State;
using PgCdc.TestKit.Files;
using Xunit;

namespace PgCdc.Grains.Tests.State;

public sealed class JournalGrainStorageTests : IDisposable
{
    private const string Name = "adapter";

    private static readonly GrainId s_grain = GrainId.Create("adapter", "shop/file");

    private readonly ForgetfulFileSystem _files = new();
    private readonly Journal _journal;
    private readonly JournalGrainStorage _storage;

    public JournalGrainStorageTests()
    {
        _journal = Open();
        _storage = new JournalGrainStorage(_journal);
    }

    public void Dispose() => _journal.Dispose();

    [Fact]
    public async Task State_NeverWritten_IsNew()
    {
        var record = await ReadAsync(_storage);

        Assert.False(record.RecordExists);
        Assert.Null(record.ETag);
        Assert.Equal(new AdapterGrainState(), record.State);
    }

    [Fact]
    public async Task State_Written_IsThereInTheNextProcess()
    {
        var record = await ReadAsync(_storage);
        record.State = new AdapterGrainState { Epoch = 5 };
        await _storage.WriteStateAsync(Name, s_grain, record);
        _journal.Dispose();
        using var next = Open();
        var read = await ReadAsync(new JournalGrainStorage(next));

        Assert.Equal(record.ETag, read.ETag);
        Assert.Equal(record.State, read.State);
    }

    [Fact]
    public async Task Write_BehindAnother_IsAConflictAndChangesNothing()
    {
        var one = await ReadAsync(_storage);
        var other = await ReadAsync(_storage);
        one.State = new AdapterGrainState { Epoch = 1 };
        other.State = new AdapterGrainState { Epoch = 2 };
        await _storage.WriteStateAsync(Name, s_grain, one);

        await Assert.ThrowsAsync<InconsistentStateException>(() => _storage.WriteStateAsync(Name, s_grain, other));
        await Assert.ThrowsAsync<InconsistentStateException>(() => _storage.WriteStateAsync(Name, s_grain, new GrainState<AdapterGrainState> { State = new() }));
        Assert.Equal(1, (await ReadAsync(_storage)).State!.Epoch);
    }

    [Fact]
    public async Task State_Cleared_IsNewAndCanBeWritten()
    {
        var record = await ReadAsync(_storage);
        await _storage.WriteStateAsync(Name, s_grain, record);
        await _storage.ClearStateAsync(Name, s_grain, record);
        Assert.False((await ReadAsync(_storage)).RecordExists);

        await _storage.WriteStateAsync(Name, s_grain, record);
        Assert.True((await ReadAsync(_storage)).RecordExists);
    }

    [Theory]
    [InlineData("{\"Epoch\":")]
    [InlineData("{\"Epoch\":\"five\"}")]
    [InlineData("null")]
    [InlineData("")]
    public async Task State_NotReadable_IsAnErrorThatNamesIt(string json)
    {
        await _journal.WriteAsync($"{Name}/{s_grain}", 0, System.Text.Encoding.UTF8.GetBytes(json));

        var error = await Assert.ThrowsAsync<CheckpointException>(() => ReadAsync(_storage));
        Assert.Equal(ErrorCode.StateCorrupt, error.Code);
        Assert.StartsWith($"State '{Name}/{s_grain}' in journal '/state/journal' is not what this version writes: ", error.Message, StringComparison.Ordinal);
    }

    private static async Task<GrainState<AdapterGrainState>> ReadAsync(JournalGrainStorage storage)
    {
        var record = new GrainState<AdapterGrainState>();
        await storage.ReadStateAsync(Name, s_grain, record);
        return record;
    }

    private Journal Open()
    {
        _files.CreateDirectory("/state", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return Journal.Open(_files, "/state/journal", new JournalOptions(), NullLogger.Instance);
    }
}
