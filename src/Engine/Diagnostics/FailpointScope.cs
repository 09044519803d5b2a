namespace PgCdc.Engine.Diagnostics;

/// <summary>One armed name of a test; disposing it disarms it, also where it has flowed to.</summary>
internal sealed class FailpointScope(string name, Action action, FailpointScope? outer) : IDisposable
{
    private volatile bool _disposed;

    public FailpointScope? Outer => outer;

    public void Hit(string hit)
    {
        if (!_disposed && string.Equals(hit, name, StringComparison.Ordinal))
            action();
    }

    public void Dispose() => _disposed = true;
}
