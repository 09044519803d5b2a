namespace PgCdc.TestKit.Files;

/// <summary>A write at an offset, or, without bytes, a new length.</summary>
internal sealed record FileChange(int Offset, byte[]? Bytes)
{
    public void ApplyTo(FileContent content)
    {
        if (Bytes is null)
            content.SetLength(Offset);
        else
            content.Write(Offset, Bytes);
    }

    /// <summary>All, nothing, or a torn middle part of it.</summary>
    public void ApplyPartTo(FileContent content, Random random)
    {
        var fate = random.Next(3);
        if (fate == 0)
            return;

        if (fate == 1 || Bytes is null)
        {
            ApplyTo(content);
            return;
        }

        var from = random.Next(2) == 0 ? 0 : random.Next(Bytes.Length + 1);
        var to = random.Next(from, Bytes.Length + 1);
        content.Write(Offset + from, Bytes.AsSpan(from, to - from));
    }
}
