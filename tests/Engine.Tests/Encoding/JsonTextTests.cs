using PgCdc.Engine.Encoding;
using Xunit;

namespace PgCdc.Engine.Tests.Encoding;

public sealed class JsonTextTests
{
    /// <summary>Bytes that start, continue or end something: random text made of them meets every branch.</summary>
    private static readonly byte[] s_tellTale =
        [0x00, 0x08, 0x1F, (byte)'"', (byte)'\\', (byte)'<', 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xA8, 0xA9, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xE2, 0xED, 0xEF, 0xF0, 0xF4, 0xF5, 0xFF];

    [Fact]
    public void Escaping_OfRandomBytes_EqualsTheReference()
    {
        for (var seed = 0; seed < 50_000; seed++)
        {
            var random = new Random(seed);
            var text = new byte[random.Next(24)];
            for (var place = 0; place < text.Length; place++)
                text[place] = random.Next(2) == 0 ? s_tellTale[random.Next(s_tellTale.Length)] : (byte)random.Next(0x80);

            AssertEscaped(text, seed);
        }
    }

    [Fact]
    public void Escaping_OfRandomCharacters_EqualsTheReference()
    {
        for (var seed = 0; seed < 5_000; seed++)
        {
            var random = new Random(seed);
            var characters = Enumerable.Range(0, random.Next(80)).Select(_ => Character(random));
            AssertEscaped(System.Text.Encoding.UTF8.GetBytes(string.Concat(characters)), seed);
        }
    }

    [Fact]
    public void Escaping_OfEveryTwoBytes_EqualsTheReference()
    {
        for (var pair = 0; pair <= ushort.MaxValue; pair++)
            AssertEscaped([(byte)'a', (byte)(pair >> 8), (byte)pair, (byte)'z'], pair);
    }

    private static void AssertEscaped(ReadOnlySpan<byte> text, int seed)
    {
        var output = new Utf8Output(1);
        JsonText.WriteEscaped(ref output, text);
        var escaped = System.Text.Encoding.UTF8.GetString(output.Written);
        output.Discard();
        if (escaped != GoStrings.Escape(text))
            Assert.Fail($"{Convert.ToHexString(text)} became {escaped} instead of {GoStrings.Escape(text)}, seed {seed}");
    }

    private static string Character(Random random) => random.Next(4) switch
    {
        0 => ((char)random.Next(0x80)).ToString(),
        1 => ((char)random.Next(0x2020, 0x2030)).ToString(),
        2 => char.ConvertFromUtf32(random.Next(0x1F600, 0x1F640)),
        _ => ((char)random.Next(0xA0, 0xD800)).ToString(),
    };
}
