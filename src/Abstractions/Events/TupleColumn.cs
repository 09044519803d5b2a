namespace PgCdc.Events;

/// <summary>Form of a column's value in a tuple; the values are the letters of the pgoutput protocol.</summary>
public enum TupleColumn : byte
{
    /// <summary>SQL NULL.</summary>
    Null = (byte)'n',

    /// <summary>A TOASTed value that did not change and was not sent.</summary>
    Unchanged = (byte)'u',

    /// <summary>The value in text format, UTF-8.</summary>
    Text = (byte)'t',

    /// <summary>The value in the type's binary send format.</summary>
    Binary = (byte)'b',
}
