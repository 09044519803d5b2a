using Npgsql;

namespace PgCdc.Client.Cli.Commands.Playground;

/// <summary>The tables of the playground and the publication over them. Only what the playground made is ever removed.</summary>
internal sealed class ShopSchema(NpgsqlDataSource database)
{
    public const string Name = "shop";
    public const string Publication = "pgcdc_playground";
    public const string Slot = "pgcdc_playground";

    public static readonly IReadOnlyList<string> Tables = ["customers", "products", "orders", "order_items"];

    private static readonly TimeSpan s_slotPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_slotInterval = TimeSpan.FromMilliseconds(50);

    private const string Comment = "made by pgcdc playground";

    private const string Create = $"""
        CREATE SCHEMA {Name};
        COMMENT ON SCHEMA {Name} IS '{Comment}';
        CREATE TABLE {Name}.customers (id bigint PRIMARY KEY, name text NOT NULL, email text NOT NULL, city text);
        CREATE TABLE {Name}.products (id bigint PRIMARY KEY, name text NOT NULL, price numeric(10,2) NOT NULL, stock int NOT NULL);
        CREATE TABLE {Name}.orders (
            id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES {Name}.customers, state text NOT NULL, placed_at timestamptz NOT NULL);
        CREATE TABLE {Name}.order_items (
            order_id bigint REFERENCES {Name}.orders, line int, product_id bigint NOT NULL REFERENCES {Name}.products,
            quantity int NOT NULL, PRIMARY KEY (order_id, line));
        CREATE PUBLICATION {Publication} FOR TABLE {Name}.customers, {Name}.products, {Name}.orders, {Name}.order_items;
        """;

    private const string Remove = $"""
        SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots
            WHERE slot_name = '{Slot}' AND database = current_database();
        DROP PUBLICATION IF EXISTS {Publication};
        DROP SCHEMA IF EXISTS {Name} CASCADE;
        """;

    /// <summary>Makes everything anew; also over the remains of a playground that was killed.</summary>
    /// <exception cref="PlaygroundException">The database has a schema of this name that is not the playground's.</exception>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await using var owner = database.CreateCommand(
            $"SELECT coalesce(obj_description(oid, 'pg_namespace'), '') FROM pg_namespace WHERE nspname = '{Name}'");
        if (await owner.ExecuteScalarAsync(cancellationToken) is string comment && comment != Comment)
            throw new PlaygroundException($"The database has a schema '{Name}' that is not the playground's; choose another database with --db.");
        await ExecuteAsync(Remove, cancellationToken);
        await ExecuteAsync(Create, cancellationToken);
    }

    /// <summary>Leaves the database as it was. The server may need a moment to see that the slot's reader is gone.</summary>
    public async Task RemoveAsync(TimeProvider time)
    {
        var start = time.GetTimestamp();
        while (await IsSlotActiveAsync() && time.GetElapsedTime(start) < s_slotPatience)
            await Task.Delay(s_slotInterval, time, CancellationToken.None);
        await ExecuteAsync(Remove, CancellationToken.None);
    }

    private async Task<bool> IsSlotActiveAsync()
    {
        await using var command = database.CreateCommand($"SELECT active FROM pg_replication_slots WHERE slot_name = '{Slot}'");
        return await command.ExecuteScalarAsync(CancellationToken.None) is true;
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
