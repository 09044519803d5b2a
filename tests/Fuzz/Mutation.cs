namespace PgCdc.Fuzz;

/// <summary>Changes bytes the way damage and malice do.</summary>
internal static class Mutation
{
    private static readonly byte[] s_telling = [0x00, 0x01, 0x7F, 0x80, 0xFF, (byte)'n', (byte)'t', (byte)'"', (byte)'\\', (byte)'{'];

    public static byte[] Of(byte[] seed, Random random)
    {
        var bytes = seed.ToList();
        for (var changes = random.Next(1, 6); changes > 0; changes--)
            Change(bytes, random);

        return [.. bytes];
    }

    private static void Change(List<byte> bytes, Random random)
    {
        var place = random.Next(bytes.Count + 1);
        switch (random.Next(6))
        {
            case 0:
                bytes.Insert(place, (byte)random.Next(256));
                break;
            case 1:
                bytes.RemoveRange(place, random.Next(Math.Min(bytes.Count - place, 8) + 1));
                break;
            case 2:
                bytes.InsertRange(place, bytes.GetRange(place, random.Next(Math.Min(bytes.Count - place, 32) + 1)));
                break;
            case 3:
                Overwrite(bytes, place, s_telling[random.Next(s_telling.Length)]);
                break;
            case 4:
                Overwrite(bytes, place, (byte)(1 << random.Next(8)));
                break;
            default:
                OverwriteNumber(bytes, place, random);
                break;
        }
    }

    private static void OverwriteNumber(List<byte> bytes, int place, Random random)
    {
        var number = random.Next(3) switch
        {
            0 => int.MaxValue,
            1 => -1,
            _ => random.Next(bytes.Count + 2),
        };
        for (var index = 0; index < 4; index++)
            Overwrite(bytes, place + index, (byte)(number >> (8 * (random.Next(2) == 0 ? index : 3 - index))));
    }

    private static void Overwrite(List<byte> bytes, int place, byte value)
    {
        if (place < bytes.Count)
            bytes[place] = value;
    }
}
