using System.Text;

namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>The keyword form <c>host=localhost dbname='my db'</c>; a backslash takes the next character as it is.</summary>
internal ref struct ConnectionKeywords
{
    private readonly ReadOnlySpan<char> _text;
    private int _position;

    private ConnectionKeywords(string text) => _text = text;

    public static ConnectionParameters Parse(string text)
    {
        var keywords = new ConnectionKeywords(text);
        var parameters = new ConnectionParameters();
        var name = "";
        for (keywords.SkipSpaces(); !keywords.AtEnd; keywords.SkipSpaces())
        {
            name = keywords.TakeName(previous: name);
            parameters.Set(name, keywords.TakeValue(name));
        }
        return parameters;
    }

    private readonly bool AtEnd => _position >= _text.Length;

    private void SkipSpaces()
    {
        while (!AtEnd && char.IsWhiteSpace(_text[_position]))
            _position++;
    }

    private string TakeName(string previous)
    {
        var start = _position;
        while (!AtEnd && _text[_position] != '=' && !char.IsWhiteSpace(_text[_position]))
            _position++;
        var name = _text[start.._position].ToString();
        SkipSpaces();
        if (AtEnd || _text[_position] != '=')
            throw MissingEquals(previous);
        _position++;
        SkipSpaces();
        return name;
    }

    /// <summary>The word itself may be the rest of an unquoted password, so it is not shown.</summary>
    private static ConnectionSettingsException MissingEquals(string previous) =>
        previous.Length == 0
            ? new ConnectionSettingsException("db", "is neither a postgres:// URI nor key=value pairs.")
            : new ConnectionSettingsException(previous, "is followed by a word without '='; put a value with spaces into single quotes.");

    private string TakeValue(string name)
    {
        var quoted = !AtEnd && _text[_position] == '\'';
        if (quoted)
            _position++;
        var value = new StringBuilder();
        while (!AtEnd && !EndsValue(quoted))
        {
            if (_text[_position] == '\\' && _position + 1 < _text.Length)
                _position++;
            value.Append(_text[_position++]);
        }
        if (quoted && AtEnd)
            throw new ConnectionSettingsException(name, "its quoted value has no closing quote.");
        if (quoted)
            _position++;
        return value.ToString();
    }

    private readonly bool EndsValue(bool quoted) => quoted ? _text[_position] == '\'' : char.IsWhiteSpace(_text[_position]);
}
