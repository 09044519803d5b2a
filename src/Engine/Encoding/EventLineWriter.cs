using System.Buffers;
using System.Buffers.Text;
using PgCdc.Errors;
using PgCdc.Events;

namespace PgCdc.Engine.Encoding;

/// <summary>Writes the lines of one batch. What consecutive events share is looked up or formatted once.</summary>
internal ref struct EventLineWriter
{
    /// <summary>Bytes of a line beside its values, for a table of usual width: measured on eight columns, 330.</summary>
    private const int UsualFrame = 384;

    private readonly EventBatch _batch;
    private readonly ReadOnlySpan<EventHeader> _headers;
    private readonly int[] _ends;
    private readonly byte[] _source;
    private Utf8Output _output;
    private RecordPayload _records;
    private RelationTemplate? _template;
    private int _channel = -1;
    private byte[] _channelText = [];
    private Trailer _trailer;

    public EventLineWriter(EventBatch batch)
    {
        _batch = batch;
        _headers = batch.Headers;
        _source = JsonText.Escaped(batch.Source);
        _ends = ArrayPool<int>.Shared.Rent(_headers.Length);
        _output = new Utf8Output(checked(batch.Bytes + (_headers.Length * UsualFrame)));
        _records = new RecordPayload(batch.Buffer);
    }

    public EventLines WriteAll()
    {
        for (var stored = 0; stored < _headers.Length; stored++)
        {
            WriteLine(in _headers[stored]);
            _ends[stored] = _output.Length;
        }

        return new EventLines(_output.Detach(), _ends, _headers.Length);
    }

    /// <summary>Gives back what would have become the lines.</summary>
    public readonly void Discard()
    {
        _output.Discard();
        ArrayPool<int>.Shared.Return(_ends);
    }

    public void ReturnScratch() => _records.Return();

    private void WriteLine(in EventHeader header)
    {
        _output.Write("{\"id\":\""u8);
        EventId.Format(header.Id, _output.Free(EventId.TextLength));
        _output.Advance(EventId.TextLength);
        if (header.Content is EventContent.Tuples && header.Schema >= 0 && header.Operation <= Operation.Truncate)
            WriteRecord(in header);
        else
            WriteJson(in header);

        WriteTrailer(in header);
    }

    private void WriteRecord(in EventHeader header)
    {
        var schema = _batch.Schemas[header.Schema];
        if (_template?.Schema != schema)
            _template = RelationTemplate.Of(schema);

        if (_batch.Channels[header.Channel] == schema.Channel)
            _output.Write(_template.Envelope(header.Operation));
        else
            WriteEnvelope(in header);

        _records.Write(ref _output, _template, in header);
    }

    private void WriteJson(in EventHeader header)
    {
        WriteEnvelope(in header);
        if (header.Length == 0)
            _output.Write("null"u8);
        else if (header.Content is EventContent.Tuples)
            ThrowWithoutLayout(in header);
        else
            JsonText.WritePayload(ref _output, _batch.Buffer.Slice(header.Offset, header.Length));
    }

    private void WriteEnvelope(in EventHeader header)
    {
        if (_channel != header.Channel)
        {
            _channel = header.Channel;
            _channelText = JsonText.Escaped(_batch.Channels[_channel].Value);
        }

        _output.Write("\",\"channel\":\""u8);
        _output.Write(_channelText);
        _output.Write("\",\"operation\":\""u8);
        _output.WriteAscii(OperationText.Of(header.Operation));
        _output.Write("\",\"payload\":"u8);
    }

    private void WriteTrailer(in EventHeader header)
    {
        var transaction = PublishedTransaction(in header);
        if (_trailer.Length > 0 && _trailer.CreatedAtTicks == header.CreatedAtTicks && _trailer.Transaction == transaction)
            _output.Repeat(_trailer.Start, _trailer.Length);
        else
            WriteNewTrailer(header.CreatedAtTicks, transaction);

        if (transaction >= 0)
        {
            WriteNumber(header.Ordinal);
            _output.Write("}}\n"u8);
        }
        else
        {
            _output.Write("}\n"u8);
        }
    }

    /// <summary>Index of the transaction that the line carries, or -1.</summary>
    private readonly int PublishedTransaction(in EventHeader header) =>
        header.Transaction >= 0
        && header.Operation is not (Operation.Begin or Operation.Commit)
        && _batch.Transactions[header.Transaction].Published
            ? header.Transaction
            : -1;

    private void WriteNewTrailer(long createdAtTicks, int transaction)
    {
        var start = _output.Length;
        _output.Write(",\"source\":\""u8);
        _output.Write(_source);
        _output.Write("\",\"created_at\":"u8);
        WriteTime(createdAtTicks);
        if (transaction >= 0)
            WriteTransaction(_batch.Transactions[transaction]);

        _trailer = new Trailer(start, _output.Length - start, createdAtTicks, transaction);
    }

    private void WriteTransaction(TransactionInfo transaction)
    {
        _output.Write(",\"transaction\":{\"xid\":"u8);
        WriteNumber(transaction.Xid);
        _output.Write(",\"commit_time\":"u8);
        WriteTime(transaction.CommitTimeTicks);
        _output.Write(",\"seq\":"u8);
    }

    private void WriteTime(long utcTicks)
    {
        _output.Write((byte)'"');
        _output.Advance(Rfc3339.Write(_output.Free(Rfc3339.MaxLength), utcTicks));
        _output.Write((byte)'"');
    }

    private void WriteNumber(long number)
    {
        Utf8Formatter.TryFormat(number, _output.Free(20), out var length);
        _output.Advance(length);
    }

    private static void ThrowWithoutLayout(in EventHeader header) => throw new DetectorException(
        ErrorCode.SourceProtocol,
        $"The {OperationText.Of(header.Operation)} event {EventId.Format(header.Id)} carries a row without the layout of its table.",
        isTransient: false);

    /// <summary>The line from behind the payload to the ordinal: the same for all events of a transaction, so it is copied from the line before.</summary>
    private readonly record struct Trailer(int Start, int Length, long CreatedAtTicks, int Transaction);
}
