using System.Text;

namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>The content of an ErrorResponse or NoticeResponse.</summary>
internal sealed record ServerNotice(string Severity, string SqlState, string Message, string? Detail, string? Hint)
{
    /// <summary>Fields are a letter and a zero-terminated text each; a zero letter ends them.</summary>
    public static ServerNotice Parse(ReadOnlySpan<byte> body)
    {
        var fields = new Dictionary<char, string>();
        var reader = new MessageReader(body);
        for (var letter = reader.ReadByte(); letter != 0; letter = reader.ReadByte())
            fields[(char)letter] = reader.ReadText();
        // V is the severity that is never translated; servers before 9.6 send S only.
        var severity = fields.GetValueOrDefault('V') ?? fields.GetValueOrDefault('S') ?? "ERROR";
        return new ServerNotice(
            severity, fields.GetValueOrDefault('C') ?? "", fields.GetValueOrDefault('M') ?? "", fields.GetValueOrDefault('D'), fields.GetValueOrDefault('H'));
    }

    public override string ToString()
    {
        var text = new StringBuilder($"{Severity} {SqlState}: {Message}");
        if (Detail is not null)
            text.Append(" Detail: ").Append(Detail);
        if (Hint is not null)
            text.Append(" Hint: ").Append(Hint);
        return text.ToString();
    }
}
