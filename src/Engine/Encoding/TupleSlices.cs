using System.Buffers;
using PgCdc.Events;

namespace PgCdc.Engine.Encoding;

/// <summary>The columns of a tuple, found in one walk, so that they can be written in another order. Used again for the next tuple.</summary>
internal struct TupleSlices
{
    private TupleSlice[]? _columns;

    public int Unchanged { get; private set; }

    public readonly TupleSlice this[int column] => _columns![column];

    public void Clear() => Unchanged = 0;

    /// <returns>False when the bytes are not a tuple of that many columns.</returns>
    public bool TryRead(ReadOnlySpan<byte> buffer, int offset, int length, int columns)
    {
        Unchanged = 0;
        var reader = new TupleReader(buffer.Slice(offset, length));
        if (reader.IsBroken || reader.ColumnCount != columns)
            return false;

        var end = offset + length;
        var slices = Room(columns);
        var place = 0;
        while (place < slices.Length && reader.Next())
        {
            if (reader.Kind is TupleColumn.Unchanged)
                Unchanged++;

            slices[place++] = new TupleSlice(reader.Kind, end - reader.Rest.Length - reader.Value.Length, reader.Value.Length);
        }

        return place == columns;
    }

    /// <summary>Takes a value that did not change, and was therefore not sent, from the old tuple.</summary>
    public void TakeUnchanged(in TupleSlices old, ReadOnlySpan<RowMember> sent)
    {
        foreach (var member in sent)
        {
            ref var slice = ref _columns![member.Column];
            if (slice.Kind is not TupleColumn.Unchanged || old[member.Column].Kind is TupleColumn.Unchanged)
                continue;

            slice = old[member.Column];
            Unchanged--;
        }
    }

    public void Return()
    {
        if (_columns is not null)
            ArrayPool<TupleSlice>.Shared.Return(_columns);

        _columns = null;
    }

    private Span<TupleSlice> Room(int columns)
    {
        if (_columns is null || _columns.Length < columns)
        {
            Return();
            _columns = ArrayPool<TupleSlice>.Shared.Rent(columns);
        }

        return _columns.AsSpan(0, columns);
    }
}
