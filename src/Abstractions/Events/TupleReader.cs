using System.Buffers.Binary;

namespace PgCdc.Events;

/// <summary>
/// Walks the columns of a tuple in pgoutput's TupleData format: Int16 count, then per column a letter (<see cref="TupleColumn"/>) and, for
/// values, an Int32 length with the bytes. Source: PostgreSQL documentation, "Logical Replication Message Formats".
/// Numbers are big endian. Never reads outside the given bytes.
/// </summary>
public ref struct TupleReader
{
    private ReadOnlySpan<byte> _rest;
    private int _columnsLeft;

    /// <summary>Starts at a tuple.</summary>
    /// <param name="tuple">Bytes that start with the column count; more bytes may follow the tuple.</param>
    public TupleReader(ReadOnlySpan<byte> tuple)
    {
        if (!BinaryPrimitives.TryReadInt16BigEndian(tuple, out var count) || count < 0)
        {
            IsBroken = true;
            return;
        }

        ColumnCount = count;
        _columnsLeft = count;
        _rest = tuple[2..];
    }

    /// <summary>Number of columns that the tuple announces.</summary>
    public int ColumnCount { get; }

    /// <summary>Whether a count, letter or length was not possible; then no further column is given.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Form of the current column.</summary>
    public TupleColumn Kind { get; private set; }

    /// <summary>Bytes of the current column; empty for NULL and unchanged.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>What follows the columns read so far.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Goes to the next column.</summary>
    /// <returns>False at the end, or when the tuple is broken.</returns>
    public bool Next()
    {
        if (_columnsLeft == 0)
            return false;

        _columnsLeft--;
        if (_rest.IsEmpty)
            return Break();

        Kind = (TupleColumn)_rest[0];
        if (Kind is TupleColumn.Null or TupleColumn.Unchanged)
        {
            Value = default;
            _rest = _rest[1..];
            return true;
        }

        return Kind is TupleColumn.Text or TupleColumn.Binary ? ReadValue() : Break();
    }

    private bool ReadValue()
    {
        if (!BinaryPrimitives.TryReadInt32BigEndian(_rest[1..], out var length) || (uint)length > (uint)(_rest.Length - 5))
            return Break();

        Value = _rest.Slice(5, length);
        _rest = _rest[(5 + length)..];
        return true;
    }

    private bool Break()
    {
        IsBroken = true;
        _columnsLeft = 0;
        return false;
    }
}
