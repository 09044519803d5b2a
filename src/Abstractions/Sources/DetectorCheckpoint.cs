using PgCdc.Events;

namespace PgCdc.Sources;

/// <summary>Position of one detector from which a restart loses nothing.</summary>
/// <param name="Position">The detector's position.</param>
/// <param name="LogBytes">The same place in bytes of the source's log; 0 when it has no such number.</param>
/// <param name="Identity">What the position belongs to.</param>
public sealed record DetectorCheckpoint(Position Position, ulong LogBytes, SourceIdentity Identity);
