namespace Orleans.Embedded.Simulation;

/// <summary>What becomes of a call.</summary>
public enum CallFate
{
    /// <summary>It arrives.</summary>
    Deliver,

    /// <summary>It is lost; the caller times out.</summary>
    Drop,

    /// <summary>It arrives and runs, its answer is lost; the caller times out.</summary>
    LoseResponse,

    /// <summary>The caller learns at once that it was rejected.</summary>
    Reject,
}
