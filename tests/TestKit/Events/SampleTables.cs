using PgCdc.Events;

namespace PgCdc.TestKit.Events;

/// <summary>Layouts of tables that tests and benchmarks use.</summary>
public static class SampleTables
{
    /// <summary>Three columns with the key in the middle, so that table order, name order and key differ.</summary>
    public static RelationSchema Orders(ReplicaIdentity identity = ReplicaIdentity.Default, bool published = false) => new(
        16_385,
        "public",
        "orders",
        identity,
        [
            new ColumnSchema("state", 25, -1, IsKey: identity is ReplicaIdentity.Full),
            new ColumnSchema("id", 23, -1, IsKey: identity is not ReplicaIdentity.Nothing),
            new ColumnSchema("notes", 25, -1, IsKey: identity is ReplicaIdentity.Full),
        ],
        published);

    /// <summary>Eight columns of the types a shop has; the row that numbers are measured with.</summary>
    public static RelationSchema Wide() => new(
        16_400,
        "public",
        "order_items",
        ReplicaIdentity.Default,
        [
            new ColumnSchema("id", 20, -1, IsKey: true),
            new ColumnSchema("order_id", 20, -1, IsKey: false),
            new ColumnSchema("sku", 25, -1, IsKey: false),
            new ColumnSchema("quantity", 23, -1, IsKey: false),
            new ColumnSchema("price", 1700, -1, IsKey: false),
            new ColumnSchema("shipped", 16, -1, IsKey: false),
            new ColumnSchema("created_at", 1184, -1, IsKey: false),
            new ColumnSchema("comment", 25, -1, IsKey: false),
        ]);

    /// <summary>A row of <see cref="Wide"/>.</summary>
    public static TupleValue[] WideRow(int number) =>
    [
        $"{100_000 + number}",
        $"{5_000 + number}",
        "SKU-4711-BLUE",
        "3",
        "19.99",
        "t",
        "2026-02-03 10:11:12.345678+00",
        number % 4 == 0 ? TupleValue.Null : "leave it at the door, please",
    ];
}
