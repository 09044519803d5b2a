using PgCdc.TestKit.Files;
using Xunit;

namespace PgCdc.Engine.Tests.State;

public sealed class JournalCrashTests
{
    [Fact]
    public void Journal_CrashAtEveryOperation_KeepsEveryAnsweredWrite()
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var operations = OperationsOfALife(seed);
            Assert.True(operations > 30, $"seed {seed} made only {operations} operations");
            for (var crashAt = 0; crashAt < operations; crashAt++)
                Survive(seed, crashAt);
        }
    }

    private static int OperationsOfALife(int seed)
    {
        var files = new ForgetfulFileSystem();
        new JournalLife(files, new Random(seed)).Run(writes: 20);
        return files.Operations;
    }

    private static void Survive(int seed, int crashAt)
    {
        try
        {
            var files = new ForgetfulFileSystem { CrashAt = crashAt };
            var life = new JournalLife(files, new Random(seed));
            var random = new Random(seed * 1009 + crashAt);
            Assert.Throws<SimulatedCrashException>(() => life.Run(writes: 20));
            Die(files, random);
            LiveUntilCrash(files, life, random);
            Die(files, random);
            life.Run(writes: 3);
            files.Crash(crashAt);
            life.Run(writes: 3);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"seed {seed}, crash at operation {crashAt}: {error.Message}", error);
        }
    }

    /// <summary>Crashes during the recovery or soon after it, or not at all.</summary>
    private static void LiveUntilCrash(ForgetfulFileSystem files, JournalLife life, Random random)
    {
        files.CrashAt = files.Operations + random.Next(10);
        try
        {
            life.Run(writes: 1);
        }
        catch (SimulatedCrashException)
        {
            Assert.Equal(files.CrashAt + 1, files.Operations);
        }
    }

    private static void Die(ForgetfulFileSystem files, Random random)
    {
        if (random.Next(2) == 0)
            files.Kill();
        else
            files.Crash(random.Next());
    }
}
