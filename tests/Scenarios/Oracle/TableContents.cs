using Npgsql;

namespace PgCdc.Scenarios.Oracle;

/// <summary>Reads real tables as the texts that logical replication sends.</summary>
internal static class TableContents
{
    public static async Task<IReadOnlyDictionary<TableName, IReadOnlyList<IReadOnlyDictionary<string, string?>>>> ReadAsync(
        NpgsqlConnection connection, IEnumerable<TableName> tables)
    {
        var contents = new Dictionary<TableName, IReadOnlyList<IReadOnlyDictionary<string, string?>>>();
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        foreach (var table in tables)
            contents[table] = await ReadRowsAsync(connection, table, await ColumnsAsync(connection, table));
        return contents;
    }

    private static async Task<IReadOnlyList<string>> ColumnsAsync(NpgsqlConnection connection, TableName table)
    {
        await using var command = new NpgsqlCommand(
            "SELECT attname FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum", connection)
        {
            Parameters = { new() { Value = table.Quoted } },
        };
        await using var reader = await command.ExecuteReaderAsync();
        var columns = new List<string>();
        while (await reader.ReadAsync())
            columns.Add(reader.GetString(0));
        return columns;
    }

    private static async Task<IReadOnlyList<IReadOnlyDictionary<string, string?>>> ReadRowsAsync(
        NpgsqlConnection connection, TableName table, IReadOnlyList<string> columns)
    {
        // format('%s') gives the type's output function, as pgoutput does; a cast to text does not ("true" for "t").
        var texts = columns.Select(column => $"CASE WHEN \"{column}\" IS NOT NULL THEN format('%s', \"{column}\") END");
        await using var command = new NpgsqlCommand($"SELECT {string.Join(", ", texts)} FROM {table.Quoted}", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<IReadOnlyDictionary<string, string?>>();
        while (await reader.ReadAsync())
        {
            var row = new Dictionary<string, string?>();
            for (var i = 0; i < columns.Count; i++)
                row[columns[i]] = reader.IsDBNull(i) ? null : reader.GetString(i);
            rows.Add(row);
        }
        return rows;
    }
}
