using System.Diagnostics;
using Xunit;

namespace PgCdc.Engine.Tests.Files;

/// <summary>A real file system of 64 KiB, to be filled.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo _mount = Directory.CreateTempSubdirectory("pgcdc-disk");

    private SmallDisk() => Assert.Equal(0, Run("mount", "-t", "tmpfs", "-o", "size=64k", "pgcdc-test", Path));

    public string Path => _mount.FullName;

    /// <summary>Mounting is for root alone; elsewhere the test says so.</summary>
    public static SmallDisk Mount()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "mounting a small disk needs root");
        return new SmallDisk();
    }

    public void Dispose()
    {
        Assert.Equal(0, Run("umount", Path));
        _mount.Delete();
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode;
    }
}
