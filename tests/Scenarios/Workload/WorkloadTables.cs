using PgCdc.Scenarios.Oracle;

namespace PgCdc.Scenarios.Workload;

/// <summary>The tables of the workload: each kind of key and replica identity once.</summary>
internal static class WorkloadTables
{
    public static readonly TableShape ByKey = new(new TableName("public", "by_key"), ["id"], "version");
    public static readonly TableShape Full = new(new TableName("public", "full_identity"), ["id"], "version");
    public static readonly TableShape ByIndex = new(new TableName("public", "by_index"), ["code"], "version");
    public static readonly TableShape Composite = new(new TableName("odd schema", "Größe \"x\""), ["region", "number"], "version");
    public static readonly TableShape KeylessFull = new(new TableName("public", "keyless_full"), []);
    public static readonly TableShape Keyless = new(new TableName("public", "keyless"), []);
    public static readonly TableShape NoIdentity = new(new TableName("public", "no_identity"), []);
    public static readonly TableShape Ledger = new(TransactionOrder.Ledger, ["writer", "number"]);

    public static readonly IReadOnlyList<TableShape> All = [ByKey, Full, ByIndex, Composite, KeylessFull, Keyless, NoIdentity, Ledger];

    public static readonly string Create = $"""
        CREATE TABLE {ByKey.Name.Quoted} (
            id int PRIMARY KEY, version int NOT NULL, name text, amount numeric(12,2), active boolean, at timestamptz, note text);
        ALTER TABLE {ByKey.Name.Quoted} ALTER note SET STORAGE EXTERNAL;

        CREATE TABLE {Full.Name.Quoted} (id bigint PRIMARY KEY, version int NOT NULL, ratio float8, tags text[], note text);
        ALTER TABLE {Full.Name.Quoted} ALTER note SET STORAGE EXTERNAL;
        ALTER TABLE {Full.Name.Quoted} REPLICA IDENTITY FULL;

        CREATE TABLE {ByIndex.Name.Quoted} (id int PRIMARY KEY, code text NOT NULL UNIQUE, version int NOT NULL, body jsonb);
        ALTER TABLE {ByIndex.Name.Quoted} REPLICA IDENTITY USING INDEX by_index_code_key;

        CREATE SCHEMA "odd schema";
        CREATE TABLE {Composite.Name.Quoted} (
            region text, number int, version int NOT NULL, "select" bytea, note text, PRIMARY KEY (region, number));
        ALTER TABLE {Composite.Name.Quoted} ALTER note SET STORAGE EXTERNAL;

        CREATE TABLE {KeylessFull.Name.Quoted} (a int, b text, c interval);
        ALTER TABLE {KeylessFull.Name.Quoted} REPLICA IDENTITY FULL;

        CREATE TABLE {Keyless.Name.Quoted} (a int, b text);

        CREATE TABLE {NoIdentity.Name.Quoted} (id bigserial PRIMARY KEY, b uuid);
        ALTER TABLE {NoIdentity.Name.Quoted} REPLICA IDENTITY NOTHING;

        CREATE TABLE {Ledger.Name.Quoted} (writer int, number bigint, changes int NOT NULL, PRIMARY KEY (writer, number));
        """;
}
