using PgCdc.Events;

namespace PgCdc.Engine.Pipeline;

/// <summary>A batch for an adapter.</summary>
/// <param name="Batch">The part of the batch that the adapter gets.</param>
/// <param name="From">Where the adapter's previous batch ended.</param>
internal readonly record struct FeedEntry(EventBatch Batch, long From);
