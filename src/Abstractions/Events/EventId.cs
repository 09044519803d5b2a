using System.Buffers.Binary;

namespace PgCdc.Events;

/// <summary>
/// Makes event identities: the form of a UUID version 7 (RFC 9562) with the event's time in ms and 74 bits of a keyed hash (SipHash-2-4 with
/// 128-bit result) over the place of the event in its source. The same change has the same id whenever, and through whichever slot or
/// pipeline, it is read again. Not a secret: the hash guards against accidents, not against forgery.
/// </summary>
public static class EventId
{
    /// <summary>Number of characters of an identity as text.</summary>
    public const int TextLength = 36;

    /// <summary>Key of everything that happens in one transaction of one database.</summary>
    /// <param name="systemIdentifier">Identity of the database cluster.</param>
    /// <param name="databaseOid">OID of the database.</param>
    /// <param name="commitLsn">Place of the commit record.</param>
    /// <param name="xid">Transaction id.</param>
    public static UInt128 TransactionKey(ulong systemIdentifier, uint databaseOid, ulong commitLsn, uint xid) =>
        SipHash128.Hash(new UInt128(systemIdentifier, databaseOid), commitLsn, xid);

    /// <summary>Identity of an event of a transaction.</summary>
    /// <param name="transactionKey">From <see cref="TransactionKey"/>.</param>
    /// <param name="ordinal">Number of the row change in the transaction; 0 for synthetic events.</param>
    /// <param name="kind">Tells several events at one place apart: 0 for a row change, else chosen by the detector.</param>
    /// <param name="unixMs">Time of the event, Unix ms; times before 1970 are counted as 0.</param>
    public static UInt128 Of(UInt128 transactionKey, int ordinal, int kind, long unixMs)
    {
        var hash = SipHash128.Hash(transactionKey, (ulong)(uint)ordinal, (ulong)(uint)kind);
        var high = ((ulong)Math.Max(unixMs, 0) << 16) | 0x7000UL | ((ulong)(hash >> 64) & 0x0FFFUL);
        var low = 0x8000_0000_0000_0000UL | ((ulong)hash & 0x3FFF_FFFF_FFFF_FFFFUL);
        return new UInt128(high, low);
    }

    /// <summary>Lower-case text with hyphens, as in event JSON.</summary>
    /// <param name="id">An identity.</param>
    public static string Format(UInt128 id) => AsGuid(id).ToString("D");

    /// <summary>Writes the same text as ASCII.</summary>
    /// <param name="id">An identity.</param>
    /// <param name="destination">At least <see cref="TextLength"/> bytes.</param>
    public static void Format(UInt128 id, Span<byte> destination)
    {
        if (!AsGuid(id).TryFormat(destination, out _, "D"))
            throw new ArgumentException($"An identity needs {TextLength} bytes of room.", nameof(destination));
    }

    private static Guid AsGuid(UInt128 id)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, id);
        return new Guid(bytes, bigEndian: true);
    }
}
