using System.Buffers.Binary;
using Microsoft.Extensions.Logging.Abstractions;
using PgCdc.Engine.State.Journaling;
using PgCdc.Errors;
using PgCdc.Files;
using PgCdc.TestKit.Files;
using Xunit;

namespace PgCdc.Engine.Tests.State;

/// <summary>A journal with three frames of 116 bytes (20 + 15 + 1 + 80) behind the header of 32.</summary>
public sealed class JournalDamageTests
{
    private const string Path = "/journal";
    private const int FrameSize = 116;
    private const string Advice = " Nothing was changed. Put back a copy of the file, or move it away to start without the state that it holds.";
    private readonly ForgetfulFileSystem _files = new();

    public static TheoryData<int> TornLengths => [.. Enumerable.Range(1, FrameSize - 1)];

    [Theory]
    [MemberData(nameof(TornLengths))]
    public async Task Open_LastFrameCutAnywhere_CutsItOffAndGoesOn(int missing)
    {
        await WriteThree();
        var whole = _files.ReadAll(Path);
        Replace(whole[..^missing]);

        using (var journal = Open())
            Assert.Equal(["a", "b"], journal.Keys.Order());

        Assert.Equal(whole[..^FrameSize], _files.ReadAll(Path));
    }

    [Fact]
    public async Task Open_LastFrameZeroed_CutsItOff()
    {
        await WriteThree();
        var file = _files.ReadAll(Path);
        file.AsSpan(file.Length - FrameSize, 50).Clear();
        Replace(file);

        using var journal = Open();
        Assert.Equal(["a", "b"], journal.Keys.Order());
    }

    [Fact]
    public async Task Snapshot_TornTail_IsReportedAndNotCut()
    {
        await WriteThree();
        var torn = _files.ReadAll(Path)[..^7];
        Replace(torn);

        var snapshot = JournalSnapshot.Read(_files, Path);

        Assert.Equal(FrameSize - 7, snapshot.TornBytes);
        Assert.Equal(2, snapshot.Entries.Count);
        Assert.Equal(torn, _files.ReadAll(Path));
    }

    [Fact]
    public async Task Open_ByteChangedInTheMiddle_IsRefused()
    {
        await WriteThree();
        var file = _files.ReadAll(Path);
        file[148 + 60] ^= 1;
        var (stored, computed) = Checksums(file, 148);

        AssertRefused(file, $"Journal '/journal' is damaged at offset 148: frame 2 has the checksum {stored:x8} but its bytes give {computed:x8}, "
            + "but frame 3 at offset 264 is whole, so this is not an unfinished write." + Advice);
    }

    [Fact]
    public async Task Open_MarkerChangedInTheMiddle_IsRefused()
    {
        await WriteThree();
        var file = _files.ReadAll(Path);
        file[148] ^= 1;

        AssertRefused(file, "Journal '/journal' is damaged at offset 148: frame 2 has no header, but frame 3 at offset 264 is whole, "
            + "so this is not an unfinished write." + Advice);
    }

    [Fact]
    public async Task Open_LengthChangedInTheMiddle_IsRefused()
    {
        await WriteThree();
        var file = _files.ReadAll(Path);
        file[148 + 7] = 0x7f;

        AssertRefused(file, "Journal '/journal' is damaged at offset 148: frame 2 says 2130706528 bytes where 212 are left, "
            + "but frame 3 at offset 264 is whole, so this is not an unfinished write." + Advice);
    }

    [Fact]
    public async Task Open_FrameMissing_IsRefused()
    {
        await WriteThree();
        var file = _files.ReadAll(Path);

        AssertRefused([.. file[..148], .. file[264..]], "Journal '/journal' is damaged at offset 148: frame 2 must be here, but frame 3 is." + Advice);
    }

    [Fact]
    public async Task Open_UnknownEntry_IsRefused()
    {
        await WriteThree();
        var file = _files.ReadAll(Path);
        file[264 + 20] = 9;
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(264 + 16), FrameBuilder.Checksum(file.AsSpan(264)));

        AssertRefused(file, "Journal '/journal' is damaged at offset 264: "
            + "frame 3 has a right checksum but holds no entries that this program can read." + Advice);
    }

    [Fact]
    public void Open_EmptyFile_IsRefused() => AssertRefused([], "Journal '/journal' is damaged at offset 0: "
        + "a header of 32 bytes starting with 50474344434a4e4c must be here, but the file has 0 bytes." + Advice);

    [Fact]
    public void Open_OtherFile_IsRefused() => AssertRefused(System.Text.Encoding.ASCII.GetBytes("# some other file, of somebody else\n"),
        "Journal '/journal' is damaged at offset 0: a header of 32 bytes starting with 50474344434a4e4c must be here, "
        + "but the file has 36 bytes and starts with 2320736f6d65206f." + Advice);

    [Fact]
    public async Task Open_OtherFormat_IsRefused()
    {
        await WriteThree();
        var file = _files.ReadAll(Path);
        file[8] = 2;

        AssertRefused(file, "Journal '/journal' has format 2, this program reads format 1. Start the version of pgcdc that wrote it.");
    }

    [Fact]
    public async Task Open_HeaderChanged_IsRefused()
    {
        await WriteThree();
        var file = _files.ReadAll(Path);
        file[12] ^= 1;
        var stored = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(28));

        AssertRefused(file, $"Journal '/journal' is damaged at offset 0: the header's checksum is {stored:x8} "
            + $"but its bytes give {Crc32C.Of(file.AsSpan(0, 28)):x8}." + Advice);
    }

    [Fact]
    public void Crc32C_CheckString_GivesThePublishedValue() => Assert.Equal(0xE3069283u, Crc32C.Of("123456789"u8));

    private static (uint Stored, uint Computed) Checksums(byte[] file, int offset) =>
        (BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(offset + 16)), FrameBuilder.Checksum(file.AsSpan(offset, FrameSize)));

    private void AssertRefused(byte[] file, string message)
    {
        Replace(file);
        var error = Assert.Throws<CheckpointException>(Open);
        Assert.Equal((ErrorCode.StateCorrupt, message), (error.Code, error.Message));
        Assert.Equal(file, _files.ReadAll(Path));
    }

    private async Task WriteThree()
    {
        using var journal = Open();
        foreach (var key in (string[])["a", "b", "c"])
            await journal.WriteAsync(key, 0, new byte[80]);
    }

    private void Replace(byte[] content)
    {
        using var file = _files.Open(Path, FileOpening.Truncate);
        file.Write(0, content);
        file.Sync();
    }

    private Journal Open() => Journal.Open(_files, Path, new JournalOptions(), NullLogger.Instance);
}
