using PgCdc.Events;

namespace PgCdc.TestKit.Events;

/// <summary>A column's value as it stands in a tuple. Texts and null convert to it.</summary>
public readonly record struct TupleValue(TupleColumn Kind, ReadOnlyMemory<byte> Bytes)
{
    public static TupleValue Null { get; } = new(TupleColumn.Null, default);

    public static TupleValue Unchanged { get; } = new(TupleColumn.Unchanged, default);

    public static TupleValue Binary(params byte[] bytes) => new(TupleColumn.Binary, bytes);

    /// <summary>A text value whose bytes need not be UTF-8.</summary>
    public static TupleValue Raw(params byte[] bytes) => new(TupleColumn.Text, bytes);

    public static TupleValue FromString(string? text) => text is null ? Null : Raw(System.Text.Encoding.UTF8.GetBytes(text));

    public static implicit operator TupleValue(string? text) => FromString(text);
}
