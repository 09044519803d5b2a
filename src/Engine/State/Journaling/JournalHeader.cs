using System.Buffers.Binary;

namespace PgCdc.Engine.State.Journaling;

/// <summary>
/// The first 32 bytes of a journal, little endian: magic (8), format (4), sequence of the first frame (8), last version given out before
/// it (8), CRC-32C of these (4). The file is made whole under another name before it is renamed, so a crash never leaves a part of it.
/// </summary>
internal readonly record struct JournalHeader(long FirstSequence, long LastVersion)
{
    public const int Size = 32;
    public const uint Format = 1;

    public static ReadOnlySpan<byte> Magic => "PGCDCJNL"u8;

    public void WriteTo(Span<byte> bytes)
    {
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], Format);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[12..], FirstSequence);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[20..], LastVersion);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[28..], Crc32C.Of(bytes[..28]));
    }

    public static JournalHeader Read(string path, ReadOnlySpan<byte> file)
    {
        if (file.Length < Size || !file.StartsWith(Magic))
            throw JournalDamage.NotAJournal(path, file);

        var format = BinaryPrimitives.ReadUInt32LittleEndian(file[8..]);
        if (format != Format)
            throw JournalDamage.OtherFormat(path, format);

        var stored = BinaryPrimitives.ReadUInt32LittleEndian(file[28..]);
        var computed = Crc32C.Of(file[..28]);
        if (stored != computed)
            throw JournalDamage.BadHeader(path, stored, computed);

        return new JournalHeader(BinaryPrimitives.ReadInt64LittleEndian(file[12..]), BinaryPrimitives.ReadInt64LittleEndian(file[20..]));
    }
}
