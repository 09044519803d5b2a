using System.Text;

namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>Collects the messages of one simple query.</summary>
internal sealed class QueryReader
{
    private readonly List<string?[]> _rows = [];
    private string[] _columns = [];

    /// <summary>The error that ended the query, to be thrown once the server is ready again.</summary>
    public PostgresServerException? Error { get; private set; }

    public QueryResult Result => new(_columns, _rows);

    /// <summary>Returns <c>false</c> for a message that has no place in a query.</summary>
    public bool Accept(in Frame frame)
    {
        switch (frame.Type)
        {
            case (byte)'T':
                _rows.Clear();
                _columns = ReadColumns(frame.Body);
                return true;
            case (byte)'D':
                _rows.Add(ReadRow(frame.Body));
                return true;
            case (byte)'E':
                Error = new PostgresServerException(ServerNotice.Parse(frame.Body));
                return true;
            default:
                return frame.Type is (byte)'C' or (byte)'I';
        }
    }

    private static string[] ReadColumns(ReadOnlySpan<byte> body)
    {
        // Table oid, column number, type oid, type length, type modifier, format.
        const int attributes = 4 + 2 + 4 + 2 + 4 + 2;
        var reader = new MessageReader(body);
        var columns = new string[reader.ReadInt16()];
        for (var index = 0; index < columns.Length; index++)
        {
            columns[index] = reader.ReadText();
            reader.Take(attributes);
        }
        return columns;
    }

    private static string?[] ReadRow(ReadOnlySpan<byte> body)
    {
        var reader = new MessageReader(body);
        var values = new string?[reader.ReadInt16()];
        for (var index = 0; index < values.Length; index++)
        {
            var length = reader.ReadInt32();
            values[index] = length < 0 ? null : Encoding.UTF8.GetString(reader.Take(length));
        }
        return values;
    }
}
