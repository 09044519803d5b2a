using PgCdc.Events;

namespace PgCdc.Engine.Encoding;

/// <summary>Where in the batch's buffer the value of a column lies.</summary>
internal readonly record struct TupleSlice(TupleColumn Kind, int Offset, int Length);
