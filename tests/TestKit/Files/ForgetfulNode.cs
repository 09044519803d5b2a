namespace PgCdc.TestKit.Files;

/// <summary>A file or directory: what programs see, what the disk holds, and the changes between the two.</summary>
internal abstract class ForgetfulNode
{
    /// <summary>The disk takes everything.</summary>
    public abstract void Sync();

    /// <summary>The disk took an arbitrary part of what was not synced; that part is all there is from now on.</summary>
    public abstract void Crash(Random random);
}
