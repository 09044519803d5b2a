using System.Collections.Frozen;
using System.Globalization;

namespace PgCdc.Engine.Encoding;

/// <summary>Names of PostgreSQL's built-in types by their fixed OIDs, as event JSON gives them.</summary>
public static class PostgresTypeNames
{
    private static readonly FrozenDictionary<uint, string> s_names = new Dictionary<uint, string>
    {
        [16] = "bool",
        [17] = "bytea",
        [18] = "char",
        [19] = "name",
        [20] = "int8",
        [21] = "int2",
        [23] = "int4",
        [24] = "regproc",
        [25] = "text",
        [26] = "oid",
        [114] = "json",
        [142] = "xml",
        [600] = "point",
        [650] = "cidr",
        [700] = "float4",
        [701] = "float8",
        [718] = "circle",
        [790] = "money",
        [829] = "macaddr",
        [869] = "inet",
        [1042] = "bpchar",
        [1043] = "varchar",
        [1082] = "date",
        [1083] = "time",
        [1114] = "timestamp",
        [1184] = "timestamptz",
        [1186] = "interval",
        [1266] = "timetz",
        [1560] = "bit",
        [1562] = "varbit",
        [1700] = "numeric",
        [2950] = "uuid",
        [3614] = "tsvector",
        [3615] = "tsquery",
        [3802] = "jsonb",
        [3904] = "int4range",
        [3906] = "numrange",
        [3908] = "tsrange",
        [3910] = "tstzrange",
        [3912] = "daterange",
        [3926] = "int8range",
    }.ToFrozenDictionary();

    /// <summary>The name of a built-in type, else <c>oid:n</c>.</summary>
    public static string Of(uint oid) =>
        s_names.TryGetValue(oid, out var name) ? name : string.Create(CultureInfo.InvariantCulture, $"oid:{oid}");
}
