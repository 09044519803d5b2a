using PgCdc.Events;

namespace PgCdc.Engine.Delivery;

/// <summary>How far an adapter is.</summary>
/// <param name="End">Sequence just behind its last event.</param>
/// <param name="Place">The last event's place in the source's order.</param>
/// <param name="Lsn">The last event's place in the source's log, for metrics.</param>
internal readonly record struct DeliveryMark(long End, SourcePlace Place, ulong Lsn);
