using System.Buffers.Binary;
using PgCdc.Connectors.Shared.Postgres;
using Xunit;

namespace PgCdc.Connectors.Tests.Shared.Postgres;

public sealed class FrameReaderTests
{
    [Fact]
    public void Frames_SplitAtEveryByte_AreReadWhole()
    {
        byte[][] bodies = [[], [1], [.. Enumerable.Range(0, 40).Select(value => (byte)value)], [9, 9]];
        var bytes = bodies.SelectMany(body => Message('d', body)).ToArray();
        for (var first = 0; first <= bytes.Length; first++)
        {
            for (var second = first; second <= bytes.Length; second++)
            {
                var reader = new FrameReader(new PiecesStream(bytes[..first], bytes[first..second], bytes[second..]), 16, "server");
                foreach (var body in bodies)
                    Assert.Equal(body, reader.Read().Body.ToArray());
            }
        }
    }

    [Fact]
    public void Frames_LargerThanTheBuffer_GrowItAndAreFollowedByOthers()
    {
        var large = new byte[5_000_000];
        new Random(1).NextBytes(large);
        var reader = new FrameReader(new MemoryStream([.. Message('d', [1]), .. Message('d', large), .. Message('d', [2])]), 64, "server");

        Assert.Equal([1], reader.Read().Body.ToArray());
        Assert.True(reader.Read().Body.SequenceEqual(large));
        Assert.Equal([2], reader.Read().Body.ToArray());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(105)]
    [InlineData(int.MaxValue)]
    public void Frame_WithAnImpossibleLength_IsAProtocolError(int length)
    {
        var message = new byte[5];
        message[0] = (byte)'d';
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), length);
        var reader = new FrameReader(new MemoryStream(message), 64, "server") { MaxBodyBytes = 100 };

        var error = Assert.Throws<PostgresProtocolException>(() => { reader.Read(); });

        Assert.Equal($"server sent a message of type 0x64 with length {length}; allowed are 4 to 104.", error.Message);
    }

    [Fact]
    public void Frame_OfAClaimedGigabyte_CostsOnlyWhatCame()
    {
        byte[] message = [(byte)'d', 0x3f, 0xff, 0xff, 0xff, .. new byte[100]];
        var reader = new FrameReader(new MemoryStream(message), 64, "server");
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<PostgresSessionException>(() => { reader.Read(); });

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Frame_CutOff_IsToldApartFromAnEndBetweenFrames()
    {
        var cut = new FrameReader(new MemoryStream(Message('d', [1, 2])[..^1]), 64, "server");
        var whole = new FrameReader(new MemoryStream([]), 64, "server");

        Assert.Equal(
            "server closed the connection in the middle of a message.", Assert.Throws<PostgresSessionException>(() => { cut.Read(); }).Message);
        Assert.Equal("server closed the connection.", Assert.Throws<PostgresSessionException>(() => { whole.Read(); }).Message);
    }

    [Fact]
    public void Read_OfManyFrames_AllocatesNothing()
    {
        var reader = new FrameReader(new MemoryStream([.. Enumerable.Range(0, 10_000).SelectMany(_ => Message('d', new byte[50]))]), 4096, "server");
        reader.Read();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var count = 1; count < 10_000; count++)
            reader.Read();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static byte[] Message(char type, byte[] body) => new MessageBuilder(type).AddBytes(body).Build();
}
