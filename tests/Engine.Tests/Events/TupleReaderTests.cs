using PgCdc.Events;
using PgCdc.TestKit.Events;
using Xunit;

namespace PgCdc.Engine.Tests.Events;

public sealed class TupleReaderTests
{
    [Fact]
    public void Tuple_OfRandomColumns_IsReadAsWritten()
    {
        for (var seed = 0; seed < 1_000; seed++)
        {
            var changes = new RandomChanges(new Random(seed));
            var columns = changes.Row(changes.Table(published: false));
            var reader = new TupleReader([.. TupleBytes.Of(columns), 0xAA]);
            Assert.Equal(columns.Length, reader.ColumnCount);
            foreach (var column in columns)
            {
                Assert.True(reader.Next(), $"a column is missing, seed {seed}");
                Assert.Equal(column.Kind, reader.Kind);
                Assert.True(reader.Value.SequenceEqual(column.Bytes.Span), $"a value differs, seed {seed}");
            }

            Assert.False(reader.Next());
            Assert.False(reader.IsBroken);
            Assert.Equal(1, reader.Rest.Length);
        }
    }

    [Fact]
    public void Tuple_CutAnywhere_IsBroken()
    {
        var tuple = TupleBytes.Of("abc", TupleValue.Null, TupleValue.Unchanged, TupleValue.Binary(1, 2), "");
        for (var length = 0; length < tuple.Length; length++)
            Assert.True(Walk(tuple.AsSpan(0, length)), $"cut to {length} bytes");
    }

    [Theory]
    [InlineData("ffff")]
    [InlineData("000178")]
    [InlineData("0001747fffffff")]
    [InlineData("000174ffffffff")]
    [InlineData("00017400000002aa")]
    public void Tuple_WithAnImpossibleCountLetterOrLength_IsBroken(string hex) => Assert.True(Walk(Convert.FromHexString(hex)));

    /// <summary>The bytes around the tuple are checked by value: a reader that strayed outside would give them back.</summary>
    [Fact]
    public void Tuple_OfRandomBytes_NeverThrowsNorReadsOutside()
    {
        var random = new Random(4711);
        for (var round = 0; round < 200_000; round++)
        {
            var bytes = new byte[random.Next(48)];
            random.NextBytes(bytes);
            if (bytes.Length > 3 && round % 2 == 0)
                (bytes[0], bytes[1], bytes[2]) = (0, (byte)random.Next(6), "nutb"u8[random.Next(4)]);

            Walk(bytes);
        }
    }

    private static bool Walk(ReadOnlySpan<byte> tuple)
    {
        var reader = new TupleReader(tuple);
        var columns = 0;
        while (reader.Next())
        {
            columns++;
            Assert.True(reader.Value.IsEmpty || tuple.Overlaps(reader.Value), "a value lies outside the tuple");
        }

        Assert.True(reader.IsBroken || columns == reader.ColumnCount);
        Assert.False(reader.Next());
        return reader.IsBroken;
    }
}
