using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>The stored record is not the one the writer read: another activation has written.</summary>
public class InconsistentStateException : OrleansException
{
    public InconsistentStateException()
    {
    }

    public InconsistentStateException(string message)
        : base(message)
    {
    }

    public InconsistentStateException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
        : base(errorMsg) => (StoredEtag, CurrentEtag) = (storedEtag, currentEtag);

    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag, Exception? storageException)
        : base(errorMsg, storageException) => (StoredEtag, CurrentEtag) = (storedEtag, currentEtag);

    public string? StoredEtag { get; }

    public string? CurrentEtag { get; }
}
