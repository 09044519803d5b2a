namespace PgCdc.Engine.State.Journaling;

/// <summary>A stored value and its version; versions grow with every write of any key and never come back.</summary>
public readonly record struct JournalEntry(long Version, ReadOnlyMemory<byte> Value);
