using System.Diagnostics;
using Xunit;

namespace PgCdc.Fuzz;

/// <summary>
/// Feeds a parser with the corpus of its folder and with mutations of it, for a bounded time. The n-th input follows from the seed alone, so a
/// failure names the seed, the number and the bytes; an input that once failed is added to the corpus.
/// </summary>
public static class FuzzRun
{
    private const int Seed = 20261120;

    /// <summary>Seconds per target; a longer hunt sets <c>PGCDC_FUZZ_SECONDS</c>.</summary>
    private const int UsualSeconds = 3;

    /// <summary>Runs a target until its time is over.</summary>
    /// <param name="corpus">Folder below Corpus.</param>
    /// <param name="target">Parses the input; throws what the parser may not throw.</param>
    public static void Against(string corpus, Action<byte[]> target)
    {
        var seeds = Corpus(corpus);
        foreach (var (name, bytes) in seeds)
            Try(target, bytes, $"corpus file {name}");

        var budget = TimeSpan.FromSeconds(int.TryParse(Environment.GetEnvironmentVariable("PGCDC_FUZZ_SECONDS"), out var seconds) ? seconds : UsualSeconds);
        var clock = Stopwatch.StartNew();
        for (var number = 0; clock.Elapsed < budget; number++)
        {
            var random = new Random(unchecked(Seed + number));
            Try(target, Mutation.Of(seeds[random.Next(seeds.Length)].Bytes, random), $"mutation {number} of seed {Seed}");
        }
    }

    private static (string Name, byte[] Bytes)[] Corpus(string folder)
    {
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Corpus", folder)).Order(StringComparer.Ordinal);
        (string, byte[])[] seeds = [.. files.Select(file => (Path.GetFileName(file), Convert.FromHexString(File.ReadAllText(file).ReplaceLineEndings(""))))];
        Assert.NotEmpty(seeds);
        return seeds;
    }

    private static void Try(Action<byte[]> target, byte[] input, string origin)
    {
        try
        {
            target(input);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"{origin} failed: {Convert.ToHexStringLower(input)}", error);
        }
    }
}
