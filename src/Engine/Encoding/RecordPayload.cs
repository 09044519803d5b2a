using System.Diagnostics.CodeAnalysis;
using PgCdc.Errors;
using PgCdc.Events;

namespace PgCdc.Engine.Encoding;

/// <summary>Writes payloads of row changes: keys sorted by byte order at every level, values as PostgreSQL's text or null.</summary>
internal ref struct RecordPayload(ReadOnlySpan<byte> buffer)
{
    private readonly ReadOnlySpan<byte> _buffer = buffer;
    private TupleSlices _new;
    private TupleSlices _old;

    public void Write(ref Utf8Output output, RelationTemplate template, in EventHeader header)
    {
        Read(ref _new, template.Schema, header.Offset, header.Length);
        Read(ref _old, template.Schema, header.OldOffset, header.OldLength);
        ReadOnlySpan<RowMember> sent = header.Old is OldTuple.Key ? template.Key : template.Row;
        if (_new.Unchanged > 0 && header.OldLength > 0)
            _new.TakeUnchanged(in _old, sent);

        output.Write((byte)'{');
        if (_new.Unchanged > 0)
            WriteUnchangedNames(ref output, template);

        output.Write(template.Columns);
        output.Write("\"old\":"u8);
        if (header.Operation is Operation.Update && header.OldLength > 0)
            WriteRow(ref output, in _old, sent);
        else
            output.Write("null"u8);

        output.Write(template.OperationMember(header.Operation));
        if (header.Operation is Operation.Delete && header.OldLength > 0)
            WriteRow(ref output, in _old, sent);
        else if (header.Length > 0)
            WriteRow(ref output, in _new, template.Row);
        else
            output.Write("null"u8);

        output.Write(template.Tail);
    }

    public void Return()
    {
        _new.Return();
        _old.Return();
    }

    private readonly void Read(ref TupleSlices slices, RelationSchema schema, int offset, int length)
    {
        if (length == 0)
            slices.Clear();
        else if (!slices.TryRead(_buffer, offset, length, schema.Columns.Count))
            ThrowBroken(schema);
    }

    private readonly void WriteUnchangedNames(ref Utf8Output output, RelationTemplate template)
    {
        output.Write("\"_unchanged_toast_columns\":"u8);
        var separator = (byte)'[';
        for (var column = 0; column < template.Row.Length; column++)
        {
            if (_new[column].Kind is not TupleColumn.Unchanged)
                continue;

            output.Write(separator);
            output.Write(template.QuotedName(column));
            separator = (byte)',';
        }

        output.Write("],"u8);
    }

    private readonly void WriteRow(ref Utf8Output output, in TupleSlices slices, ReadOnlySpan<RowMember> members)
    {
        output.Write((byte)'{');
        var comma = 1;
        foreach (ref readonly var member in members)
        {
            WriteValue(ref output, member.Opening.AsSpan(comma), slices[member.Column]);
            comma = 0;
        }

        output.Write((byte)'}');
    }

    private readonly void WriteValue(ref Utf8Output output, ReadOnlySpan<byte> opening, TupleSlice slice)
    {
        if (slice.Kind is TupleColumn.Null or TupleColumn.Unchanged)
        {
            output.Write(opening[..^1]);
            output.Write("null"u8);
            return;
        }

        output.Write(opening);
        var value = _buffer.Slice(slice.Offset, slice.Length);
        if (slice.Kind is TupleColumn.Text)
            JsonText.WriteEscaped(ref output, value);
        else
            WriteHex(ref output, value);

        output.Write((byte)'"');
    }

    /// <summary>Values in binary form are given as PostgreSQL prints <c>bytea</c>.</summary>
    private static void WriteHex(ref Utf8Output output, ReadOnlySpan<byte> value)
    {
        output.Write("\\\\x"u8);
        Convert.TryToHexStringLower(value, output.Free(checked(value.Length * 2)), out var written);
        output.Advance(written);
    }

    [DoesNotReturn]
    private static void ThrowBroken(RelationSchema schema) => throw new DetectorException(
        ErrorCode.SourceProtocol,
        $"A row of table {schema} is not a tuple of {schema.Columns.Count} columns; the captured bytes are damaged or belong to another layout.",
        isTransient: false);
}
