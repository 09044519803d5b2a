namespace PgCdc.Grains.Interfaces.Messages;

/// <summary>What a pipeline does at the moment.</summary>
public enum PipelineCondition
{
    /// <summary>It does nothing.</summary>
    Stopped,

    /// <summary>It was asked to run and has not reached its source yet.</summary>
    Starting,

    /// <summary>It captures changes, or is connecting again.</summary>
    Running,

    /// <summary>It drains.</summary>
    Stopping,

    /// <summary>It does nothing until it is resumed.</summary>
    Paused,

    /// <summary>It gave up; the fault tells why.</summary>
    Failed,
}
