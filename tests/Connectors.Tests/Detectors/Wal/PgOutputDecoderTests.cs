using PgCdc.Connectors.Detectors.Wal;
using PgCdc.Connectors.Detectors.Wal.Assembly;
using PgCdc.Connectors.Detectors.Wal.Decoding;
using PgCdc.Errors;
using PgCdc.Events;
using Xunit;

namespace PgCdc.Connectors.Tests.Detectors.Wal;

public sealed class PgOutputDecoderTests
{
    private static readonly byte[] s_relation = PgOutputWriter.Relation(7, "public", "t", 'd', ("id", 23, true), ("name", 25, false));
    private static readonly byte[] s_begin = PgOutputWriter.Begin(0x100, 5, 771);

    public static TheoryData<string, byte[]> EveryMessage => new()
    {
        { "B", s_begin },
        { "C", PgOutputWriter.Commit(0x100, 0x140, 5) },
        { "R", PgOutputWriter.Relation(8, "sales", "u", 'f', ("id", 23, true), ("name", 25, true)) },
        { "I", PgOutputWriter.Insert(7, ["1", null]) },
        { "U", PgOutputWriter.Update(7, null, null, ["1", PgOutputWriter.Unchanged]) },
        { "UK", PgOutputWriter.Update(7, 'K', ["1", null], ["2", "b"]) },
        { "UO", PgOutputWriter.Update(7, 'O', ["1", "a"], ["2", "b"]) },
        { "D", PgOutputWriter.Delete(7, 'K', ["1", null]) },
        { "T", PgOutputWriter.Truncate(7, 7) },
        { "Y", PgOutputWriter.Type(99, "public", "mood") },
        { "O", PgOutputWriter.Origin(5, "elsewhere") },
        { "M", PgOutputWriter.Logical(5, "p", "content") },
    };

    [Fact]
    public void GeneratedLogs_AreReadBackWhole()
    {
        for (var seed = 0; seed < 60; seed++)
            AssertReadBack(new GeneratedLog(seed, transactions: 30), seed);
    }

    [Fact]
    public void GeneratedLogs_SentAgainAfterAnyBatch_GiveEachEventOnce()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var log = new GeneratedLog(seed, transactions: 20);
            var random = new Random(seed);
            var (delivered, texts) = (default(Delivered), new List<string>());
            for (var isWhole = false; !isWhole;)
            {
                // The server sends from the start; this connection dies after some of its batches were taken.
                var take = random.Next(1, 6);
                var batches = Batches(log.Messages, delivered, flushEvery: random.Next(1, 400));
                foreach (var batch in batches.Take(take))
                {
                    texts.AddRange(Read(batch).Select(seen => seen.Text));
                    delivered = delivered.After(batch);
                }

                isWhole = batches.Count <= take;
            }

            Assert.True(log.Events.Select(expected => expected.Text).SequenceEqual(texts), $"seed {seed}");
            Assert.Equal(log.Ends[^1], delivered.Mark.Value);
        }
    }

    [Theory]
    [MemberData(nameof(EveryMessage))]
    public void Message_CutAnywhere_IsAProtocolError(string name, byte[] message)
    {
        for (var length = 1; length < message.Length; length++)
        {
            var error = Assert.Throws<DetectorException>(() => Apply(message[..length]));
            Assert.Equal($"pgoutput message '{name[0]}' at 0/ABC is broken: its length or a field is not possible.", error.Message);
            Assert.Equal((ErrorCode.SourceProtocol, true), (error.Code, error.IsTransient));
        }
    }

    [Theory]
    [MemberData(nameof(EveryMessage))]
    public void Message_WithAByteTooMany_IsAProtocolError(string name, byte[] message)
    {
        var error = Assert.Throws<DetectorException>(() => Apply([.. message, 0]));
        Assert.StartsWith($"pgoutput message '{name[0]}' at 0/ABC is broken", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(EveryMessage))]
    public void Message_WithAnyByteChanged_IsReadOrRefusedAndNothingElse(string name, byte[] message)
    {
        Assert.NotEmpty(name);
        Apply(message);
        for (var index = 0; index < message.Length; index++)
        {
            foreach (var value in new byte[] { 0, 1, 0x7F, 0x80, 0xFF, (byte)(message[index] + 1), (byte)(message[index] ^ 0x20) })
            {
                byte[] changed = [.. message];
                changed[index] = value;
                var error = Record.Exception(() => Apply(changed));
                Assert.True(error is null or DetectorException { Code: ErrorCode.SourceProtocol }, $"byte {index} = {value}: {error}");
            }
        }
    }

    [Theory]
    [InlineData("I")]
    [InlineData("U")]
    [InlineData("D")]
    [InlineData("T")]
    public void Row_OfATableNeverDescribed_IsAProtocolError(string type)
    {
        var message = type switch
        {
            "I" => PgOutputWriter.Insert(9, []),
            "U" => PgOutputWriter.Update(9, null, null, []),
            "D" => PgOutputWriter.Delete(9, 'K', []),
            _ => PgOutputWriter.Truncate(9),
        };
        var error = Assert.Throws<DetectorException>(() => Apply(message));
        Assert.Equal($"pgoutput message '{type}' at 0/ABC is broken: the server never described table 9.", error.Message);
    }

    [Fact]
    public void Row_WithMoreColumnsThanItsTable_IsAProtocolError() =>
        Assert.Throws<DetectorException>(() => Apply(PgOutputWriter.Insert(7, ["1", "2", "3"])));

    [Fact]
    public void Messages_OutOfTurn_AreProtocolErrors()
    {
        var (decoder, _) = Decoder(default, _ => { });
        decoder.Apply(default, s_relation);
        Assert.Equal(
            "pgoutput message 'I' at 0/5 is broken: no transaction is open.",
            Assert.Throws<DetectorException>(() => decoder.Apply(new Lsn(5), PgOutputWriter.Insert(7, ["1", "a"]))).Message);
        Assert.Equal(
            "pgoutput message 'C' at 0/5 is broken: it does not end the open transaction.",
            Assert.Throws<DetectorException>(() => decoder.Apply(new Lsn(5), PgOutputWriter.Commit(0x100, 0x140, 5))).Message);
        decoder.Apply(new Lsn(5), s_begin);
        Assert.Equal(
            "pgoutput message 'B' at 0/5 is broken: another transaction is still open.",
            Assert.Throws<DetectorException>(() => decoder.Apply(new Lsn(5), s_begin)).Message);
        Assert.Throws<DetectorException>(() => decoder.Apply(new Lsn(5), PgOutputWriter.Commit(0x200, 0x240, 5)));
        Assert.Equal(
            "pgoutput message '?' at 0/5 is broken: the message is empty.",
            Assert.Throws<DetectorException>(() => decoder.Apply(new Lsn(5), default)).Message);
        Assert.Equal(
            "pgoutput message 'S' at 0/5 is broken: this type is not part of protocol version 1.",
            Assert.Throws<DetectorException>(() => decoder.Apply(new Lsn(5), "S"u8)).Message);
    }

    [Fact]
    public void KeepAlive_InsideATransaction_SetsNoMark()
    {
        var batches = new List<EventBatch>();
        var (decoder, assembler) = Decoder(default, batches.Add);
        decoder.Apply(default, s_relation);
        decoder.Apply(new Lsn(5), s_begin);
        decoder.Apply(new Lsn(6), PgOutputWriter.Insert(7, ["1", "a"]));
        assembler.KeepAlive(new Lsn(0x999));
        assembler.Flush();
        decoder.Apply(new Lsn(0x140), PgOutputWriter.Commit(0x100, 0x140, 5));
        assembler.Flush();
        assembler.KeepAlive(new Lsn(0x130));
        assembler.Flush();
        assembler.KeepAlive(new Lsn(0x150));
        assembler.Flush();

        Assert.Equal([null, new PositionMark(0, new Position("0/140"), 0x140), new PositionMark(0, new Position("0/150"), 0x150)], batches.Select(b => b.Mark));
        Assert.Equal([(true, false), (false, true)], batches.SelectMany(b => b.Transactions).Select(t => (t.Begins, t.Ends)));
    }

    [Fact]
    public void Decoding_OfKnownTables_AllocatesNothingPerRow()
    {
        const int Rows = 100_000;
        var insert = PgOutputWriter.Insert(7, ["12345", "some text of usual length"]);
        var (decoder, _) = Decoder(default, batch => batch.Release());
        decoder.Apply(default, s_relation);
        decoder.Apply(new Lsn(5), s_begin);
        for (var row = 0; row < 10_000; row++)
            decoder.Apply(new Lsn(6), insert);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var row = 0; row < Rows; row++)
            decoder.Apply(new Lsn(6), insert);
        var perRow = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Rows;

        // What a batch of 1,024 rows costs, spread over its rows.
        Assert.InRange(perRow, 0, 4);
    }

    private static void AssertReadBack(GeneratedLog log, int seed)
    {
        var batches = Batches(log.Messages, default, flushEvery: 1000);
        var seen = batches.SelectMany(Read).ToList();

        Assert.True(
            log.Events.SequenceEqual(seen.Select(one => (one.Text, one.Ordinal, one.Lsn, one.Xid))), $"seed {seed}: {seen.Count} events of {log.Events.Count}");
        Assert.Equal(seen.Count, seen.Select(one => one.Id).Distinct().Count());
        Assert.Equal(seen.Select(one => one.SortKey).Order(), seen.Select(one => one.SortKey));
        var marks = batches.Where(batch => batch.Mark is not null).Select(batch => batch.Mark!.Value.LogBytes).ToList();
        Assert.Subset(log.Ends.ToHashSet(), marks.ToHashSet());
        Assert.Equal(log.Ends[^1], marks[^1]);
        Assert.All(batches, batch => Assert.InRange(batch.Count, 0, EventBatchBuilder.MaxEvents));
    }

    private static IEnumerable<SeenEvent> Read(EventBatch batch) => Enumerable.Range(0, batch.Count).Select(index => SeenEvent.Of(batch[index]));

    private static List<EventBatch> Batches(List<(ulong Lsn, byte[] Message)> messages, Delivered delivered, int flushEvery)
    {
        var batches = new List<EventBatch>();
        var (decoder, assembler) = Decoder(delivered, batches.Add);
        for (var index = 0; index < messages.Count; index++)
        {
            decoder.Apply(new Lsn(messages[index].Lsn), messages[index].Message);
            if (index % flushEvery == 0)
                assembler.Flush();
        }

        assembler.Flush();
        return batches;
    }

    /// <summary>Applies one message where it may come: in an open transaction, or before one.</summary>
    private static void Apply(byte[] message)
    {
        var (decoder, _) = Decoder(default, _ => { });
        decoder.Apply(default, s_relation);
        if (message[0] != 'B')
            decoder.Apply(new Lsn(0x50), s_begin);
        decoder.Apply(new Lsn(0xABC), message);
    }

    private static (PgOutputDecoder Decoder, BatchAssembler Assembler) Decoder(Delivered delivered, Action<EventBatch> emit)
    {
        var assembler = new BatchAssembler(new AssemblySettings { SystemIdentifier = 1, DatabaseOid = 2, Lineage = "1/1", Delivered = delivered }, emit);
        return (new PgOutputDecoder(new RelationCache(published: false), assembler), assembler);
    }
}
