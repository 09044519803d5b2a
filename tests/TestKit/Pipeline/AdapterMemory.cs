using PgCdc.Events;

namespace PgCdc.TestKit.Pipeline;

/// <summary>What an adapter grain keeps across runs.</summary>
public sealed class AdapterMemory
{
    public long Epoch { get; set; }

    public long Incarnation { get; set; }

    public SourcePlace AckedThrough { get; set; }
}
