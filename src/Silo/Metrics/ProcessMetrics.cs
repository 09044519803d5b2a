using System.Diagnostics;

namespace PgCdc.Silo.Metrics;

/// <summary>Figures of the process under the names that Prometheus' own clients use, and some of the .NET runtime. Read when asked for.</summary>
internal static class ProcessMetrics
{
    private static readonly double StartTime = ReadStartTime();

    public static void Write(PrometheusText text)
    {
        Gauge(text, "process_resident_memory_bytes", "Resident memory size.", Environment.WorkingSet);
        Counter(text, "process_cpu_seconds_total", "User and system CPU time spent.", Environment.CpuUsage.TotalTime.TotalSeconds);
        Gauge(text, "process_start_time_seconds", "Start time of the process since the Unix epoch.", StartTime);
        WriteOpenFiles(text);

        WriteCollections(text);
        Counter(text, "dotnet_gc_pause_seconds_total", "Time spent in garbage collection pauses.", GC.GetTotalPauseDuration().TotalSeconds);
        Gauge(text, "dotnet_gc_heap_bytes", "Managed heap, garbage not yet collected included.", GC.GetTotalMemory(forceFullCollection: false));
        Counter(text, "dotnet_allocated_bytes_total", "Bytes allocated on the managed heap.", GC.GetTotalAllocatedBytes(precise: false));
        Gauge(text, "dotnet_threadpool_threads", "Threads of the thread pool.", ThreadPool.ThreadCount);
    }

    private static void WriteOpenFiles(PrometheusText text)
    {
        if (OperatingSystem.IsLinux())
        {
            Gauge(text, "process_open_fds", "Open file descriptors.", Directory.EnumerateFileSystemEntries("/proc/self/fd").Count());
        }
    }

    private static void WriteCollections(PrometheusText text)
    {
        text.Family("dotnet_gc_collections_total", "counter", "Garbage collections that reached the generation.");
        for (var generation = 0; generation <= GC.MaxGeneration; generation++)
        {
            text.Sample("dotnet_gc_collections_total", $"generation=\"{generation}\"", GC.CollectionCount(generation));
        }
    }

    private static void Gauge(PrometheusText text, string name, string help, double value) => Single(text, name, "gauge", help, value);

    private static void Counter(PrometheusText text, string name, string help, double value) => Single(text, name, "counter", help, value);

    private static void Single(PrometheusText text, string name, string type, string help, double value)
    {
        text.Family(name, type, help);
        text.Sample(name, "", value);
    }

    private static double ReadStartTime()
    {
        using var process = Process.GetCurrentProcess();
        return new DateTimeOffset(process.StartTime.ToUniversalTime()).ToUnixTimeMilliseconds() / 1000.0;
    }
}
