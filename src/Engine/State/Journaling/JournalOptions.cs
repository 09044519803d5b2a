namespace PgCdc.Engine.State.Journaling;

/// <summary>Limits of a journal.</summary>
public sealed record JournalOptions
{
    /// <summary>Longest key, in bytes of UTF-8.</summary>
    public const int MaxKeyBytes = 1024;

    /// <summary>Largest value in bytes; state is small, and a larger one is a mistake of its owner.</summary>
    public const int MaxValueBytes = 16 * 1024 * 1024;

    /// <summary>The file is rewritten when its outdated bytes exceed this and the living ones.</summary>
    public long GarbageLimit { get; init; } = 1024 * 1024;

    /// <summary>Writes that wait share one sync up to this many bytes.</summary>
    public int GroupBytes { get; init; } = 1024 * 1024;
}
