namespace PgCdc.Errors;

/// <summary>Kinds of errors, stable for logs, metrics and the API.</summary>
public enum ErrorCode
{
    /// <summary>Flags, environment or files hold a value that cannot be used.</summary>
    InvalidConfiguration,

    /// <summary>The source cannot be reached or broke off.</summary>
    SourceUnavailable,

    /// <summary>The source refuses user, password or certificate.</summary>
    SourceAuthentication,

    /// <summary>The source lacks a setting, privilege or object that capture needs.</summary>
    SourceNotReady,

    /// <summary>The slot or log position needed is gone, or belongs to something else.</summary>
    SourcePositionLost,

    /// <summary>The source sent bytes that the protocol does not allow.</summary>
    SourceProtocol,

    /// <summary>Somebody else reads the slot.</summary>
    SourceInUse,

    /// <summary>A newer run of the pipeline exists.</summary>
    StaleEpoch,

    /// <summary>The destination did not take events.</summary>
    DeliveryFailed,

    /// <summary>The destination has no space left.</summary>
    DiskFull,

    /// <summary>A transform failed.</summary>
    TransformFailed,

    /// <summary>A plug-in failed.</summary>
    PluginFailed,

    /// <summary>State could not be read or written.</summary>
    StateUnavailable,

    /// <summary>State is damaged in a way that a crash cannot explain.</summary>
    StateCorrupt,

    /// <summary>Another process uses the state.</summary>
    StateInUse,

    /// <summary>A batch from another silo is damaged or of another layout.</summary>
    BatchUnreadable,
}
