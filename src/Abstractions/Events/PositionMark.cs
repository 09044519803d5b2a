namespace PgCdc.Events;

/// <summary>
/// A zero-event entry in the sequence: once every earlier event is acked, the position may be checkpointed and confirmed to the source.
/// </summary>
/// <param name="EventsBefore">How many events of its batch come before the mark.</param>
/// <param name="Position">What may be confirmed.</param>
/// <param name="LogBytes">The same place as a number of bytes in the source's log, for lag and pacing; 0 when the source has no such number.</param>
public readonly record struct PositionMark(int EventsBefore, Position Position, ulong LogBytes);
