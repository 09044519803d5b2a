namespace PgCdc.Events;

/// <summary>What a table sends of a row as it was before an UPDATE or DELETE; the values are PostgreSQL's own letters.</summary>
public enum ReplicaIdentity : byte
{
    /// <summary>The primary key, if there is one.</summary>
    Default = (byte)'d',

    /// <summary>Nothing.</summary>
    Nothing = (byte)'n',

    /// <summary>The whole row.</summary>
    Full = (byte)'f',

    /// <summary>The columns of a chosen unique index.</summary>
    Index = (byte)'i',
}
