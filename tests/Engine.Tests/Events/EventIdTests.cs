using PgCdc.Events;
using Xunit;

namespace PgCdc.Engine.Tests.Events;

public sealed class EventIdTests
{
    private const long UnixMs = 1_770_113_472_345;

    /// <summary>Ids are stored by consumers: these values, computed by an independent program, never change.</summary>
    [Theory]
    [InlineData(1, 0, "019c22fc-1759-76c7-b80d-e37ef1ea6d68")]
    [InlineData(2, 0, "019c22fc-1759-7fe0-bc79-de92c5d11edb")]
    [InlineData(0, 1, "019c22fc-1759-7225-9f49-ca76601db51c")]
    public void Id_OfAKnownPlace_NeverChanges(int ordinal, int kind, string expected) =>
        Assert.Equal(expected, EventId.Format(EventId.Of(Key(0x16B3748, 771), ordinal, kind, UnixMs)));

    [Fact]
    public void Id_Always_HasVersionSevenTheVariantAndTheTime()
    {
        var random = new Random(1);
        for (var round = 0; round < 100_000; round++)
        {
            var unixMs = random.NextInt64(1L << 48);
            var id = EventId.Of(Key((ulong)random.NextInt64(), (uint)random.Next()), random.Next(), random.Next(4), unixMs);
            Assert.Equal(7, (int)(id >> 76) & 0xF);
            Assert.Equal(2, (int)(id >> 62) & 0x3);
            Assert.Equal(unixMs, (long)(id >> 80));
        }
    }

    [Fact]
    public void Id_BeforeTheUnixEpoch_CountsAsTheEpoch() =>
        Assert.Equal(EventId.Of(Key(1, 1), 1, 0, 0), EventId.Of(Key(1, 1), 1, 0, -62_135_596_800_000));

    [Fact]
    public void Id_OverMillionsOfPlaces_IsUnique()
    {
        const int Transactions = 10_000;
        const int Ordinals = 100;
        const int Kinds = 2;
        var ids = new UInt128[Transactions * Ordinals * Kinds];
        var count = 0;
        for (uint transaction = 0; transaction < Transactions; transaction++)
        {
            // Neighbours in the log differ in few bits, which is what a weak hash would mix up.
            var key = Key(0x1000_0000UL + (transaction * 8), 700 + transaction);
            for (var ordinal = 0; ordinal < Ordinals; ordinal++)
            {
                for (var kind = 0; kind < Kinds; kind++)
                    ids[count++] = EventId.Of(key, ordinal, kind, UnixMs);
            }
        }

        Array.Sort(ids);
        for (var index = 1; index < count; index++)
            Assert.True(ids[index - 1] != ids[index], $"two places have the id {EventId.Format(ids[index])}");
    }

    [Fact]
    public void TransactionKey_OneInputChanged_IsAnotherKey()
    {
        UInt128[] keys =
        [
            EventId.TransactionKey(1, 2, 3, 4), EventId.TransactionKey(9, 2, 3, 4), EventId.TransactionKey(1, 9, 3, 4),
            EventId.TransactionKey(1, 2, 9, 4), EventId.TransactionKey(1, 2, 3, 9),
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Fact]
    public void Format_OfBytes_EqualsFormatOfText()
    {
        var id = EventId.Of(Key(1, 2), 3, 0, UnixMs);
        var text = new byte[EventId.TextLength];
        EventId.Format(id, text);
        Assert.Equal(EventId.Format(id), System.Text.Encoding.ASCII.GetString(text));
        Assert.Throws<ArgumentException>(() => EventId.Format(id, text.AsSpan(1)));
    }

    private static UInt128 Key(ulong commitLsn, uint xid) => EventId.TransactionKey(7_000_000_000_000_000_001, 16_384, commitLsn, xid);
}
