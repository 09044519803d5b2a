namespace PgCdc.Engine.Encoding;

/// <summary>A column as a member of a row's JSON object.</summary>
/// <param name="Column">Place of the column in the tuple.</param>
/// <param name="Opening">Comma, name, colon and the opening quote of the value: <c>,"name":"</c>.</param>
internal readonly record struct RowMember(int Column, byte[] Opening);
