using PgCdc.Files;
using PgCdc.TestKit.Files;
using Xunit;

namespace PgCdc.Connectors.Tests.Adapters.File;

public sealed class FileAdapterCrashTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(2)]
    [InlineData(1)]
    public async Task FileAdapter_CrashAtEveryOperation_LosesNoSyncedLineAndTearsNone(int keep)
    {
        for (var seed = 0; seed < 3; seed++)
        {
            var operations = await OperationsOfALifeAsync(seed, keep);
            Assert.True(operations > 60, $"seed {seed} made only {operations} operations");
            for (var crashAt = 0; crashAt < operations; crashAt++)
                await SurviveAsync(seed, crashAt, keep);
        }
    }

    private static ForgetfulFileSystem NewFiles()
    {
        var files = new ForgetfulFileSystem();
        files.CreateDirectory("/out", FileModes.OwnerOnlyDirectory);
        files.SyncDirectory("/");
        return files;
    }

    private static async Task<int> OperationsOfALifeAsync(int seed, int keep)
    {
        var files = NewFiles();
        var life = new FileAdapterLife(files, new Random(seed), keep);
        var before = files.Operations;
        await life.RunAsync(flushes: 15);
        var operations = files.Operations - before;
        life.Check();
        return operations;
    }

    private static async Task SurviveAsync(int seed, int crashAt, int keep)
    {
        try
        {
            var files = NewFiles();
            files.CrashAt = files.Operations + crashAt;
            var random = new Random((seed * 1009) + crashAt);
            var life = new FileAdapterLife(files, new Random(seed), keep);
            await Assert.ThrowsAsync<SimulatedCrashException>(() => life.RunAsync(flushes: 15));
            Die(files, random);
            await LiveUntilCrashAsync(files, life, random);
            Die(files, random);
            await life.RunAsync(flushes: 3);
            life.Check();
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"seed {seed}, crash at operation {crashAt}, keeping {keep}: {error.Message}", error);
        }
    }

    /// <summary>Crashes during the recovery or soon after it.</summary>
    private static async Task LiveUntilCrashAsync(ForgetfulFileSystem files, FileAdapterLife life, Random random)
    {
        files.CrashAt = files.Operations + random.Next(20);
        await Assert.ThrowsAsync<SimulatedCrashException>(() => life.RunAsync(flushes: 15));
    }

    private static void Die(ForgetfulFileSystem files, Random random)
    {
        if (random.Next(2) == 0)
            files.Kill();
        else
            files.Crash(random.Next());
    }
}
