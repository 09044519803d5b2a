namespace PgCdc.Connectors.Tests.Shared.Postgres;

/// <summary>Gives one piece per read, as a network may.</summary>
internal sealed class PiecesStream(params byte[][] pieces) : MemoryStream(pieces.SelectMany(piece => piece).ToArray())
{
    private readonly Queue<int> _ends = new(Ends(pieces));

    public override int Read(Span<byte> buffer)
    {
        while (_ends.TryPeek(out var end) && end <= Position)
            _ends.Dequeue();
        var room = _ends.TryPeek(out var next) ? (int)(next - Position) : buffer.Length;
        return base.Read(buffer[..Math.Min(room, buffer.Length)]);
    }

    private static IEnumerable<int> Ends(byte[][] pieces)
    {
        var end = 0;
        foreach (var piece in pieces)
            yield return end += piece.Length;
    }
}
