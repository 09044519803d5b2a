using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace PgCdc.Reading;

/// <summary>Processor time used so far: by this process, by its ended children, by the server's ended sessions.</summary>
internal readonly record struct CpuClock(TimeSpan Reader, TimeSpan Server)
{
    private const int ChildrenOfThisProcess = -1;
    private const int TimevalBytes = 16;

    public static CpuClock Now(int postmaster) => new(Process.GetCurrentProcess().TotalProcessorTime + OfChildren(), OfEndedSessions(postmaster));

    public static CpuClock operator -(CpuClock later, CpuClock earlier) => new(later.Reader - earlier.Reader, later.Server - earlier.Server);

    /// <summary>struct rusage begins with the user and the system time as two timevals.</summary>
    private static TimeSpan OfChildren()
    {
        var usage = new long[64];
        if (GetResourceUsage(ChildrenOfThisProcess, usage) != 0)
            throw new InvalidOperationException("getrusage failed.");
        const int longs = TimevalBytes / sizeof(long);
        return TimeSpan.FromSeconds(usage[0] + usage[longs]) + TimeSpan.FromMicroseconds(usage[1] + usage[longs + 1]);
    }

    /// <summary>cutime and cstime of proc(5): fields 16 and 17, in hundredths of a second.</summary>
    private static TimeSpan OfEndedSessions(int postmaster)
    {
        var stat = File.ReadAllText($"/proc/{postmaster}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture);
        return TimeSpan.FromMilliseconds(10 * ticks);
    }

    [DllImport("libc", EntryPoint = "getrusage")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetResourceUsage(int who, [Out] long[] usage);
}
