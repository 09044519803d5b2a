namespace PgCdc.Engine.Delivery;

/// <summary>How an adapter is doing.</summary>
public enum AdapterCondition : byte
{
    /// <summary>It delivers.</summary>
    Running,

    /// <summary>A delivery failed and is tried again.</summary>
    Retrying,

    /// <summary>This incarnation cannot go on; another can.</summary>
    Broken,

    /// <summary>It cannot go on at all until somebody mends the cause.</summary>
    Halted,
}
