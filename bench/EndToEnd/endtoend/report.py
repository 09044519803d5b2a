"""The figures as people read them."""
import os
import platform


def machine():
    with open("/proc/cpuinfo", encoding="ascii") as info:
        model = next((line.split(":")[1].strip() for line in info if line.startswith("model name")), platform.machine())
    return {"cores": os.cpu_count(), "processor": model, "kernel": platform.release()}


def table(result, out):
    rows = [row for part in (throughput, single, large, idle, latency) for row in part(result)]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        print("  ".join(text.ljust(width) for text, width in zip(row, widths)).rstrip(), file=out)
    print(f"load average before and after: {result['load']}", file=out)


def throughput(result):
    if part := result.get("throughput"):
        yield from against_recvlogical(part, "at least 1.2, aim 1.5")
        yield "process start to first event", f"{part['median']['pgcdc']['start']:.2f} s", "aim 1 s"


def single(result):
    if part := result.get("single"):
        yield from against_recvlogical(part, "at least 1.0")


def against_recvlogical(part, bound):
    what = f"{part['rows']} rows, {part['rows_per_transaction']} a transaction"
    for name, median in part["median"].items():
        yield f"{what}: {name}", f"{median['seconds']:.2f} s, {median['events_per_second']} events/s, cpu {median['cpu']:.2f} s", ""
    yield f"{what}: times as fast as pg_recvlogical", f"{part['ratio']:.2f}", bound


def large(result):
    if part := result.get("large"):
        slope = result["slope"]
        yield "cpu per event", f"{slope['pgcdc_cpu_us']:.2f} us", "at most 5, aim 3.5"
        yield "cpu per event of a bare frame counter", f"{slope['frame_counter_cpu_us']:.2f} us", ""
        yield "allocated per event", f"{slope['pgcdc_allocated_bytes']:.0f} bytes", "at most 200"
        yield f"peak memory over {part['rows']} rows", f"{part['median']['pgcdc']['peak_mb']:.0f} MB", "at most 150"


def idle(result):
    if part := result.get("idle"):
        yield "memory, idle", f"{part['rss_mb']:.0f} MB", "aim 64"
        yield "processor, idle", f"{part['cpu_percent']:.2f} %", ""


def latency(result):
    if part := result.get("latency"):
        for name in ("frame stamper", "pgcdc"):
            yield f"commit to {'line in file' if name == 'pgcdc' else 'frame read'}: {name}", (
                f"p50 {part[name]['p50_ms']} ms, p99 {part[name]['p99_ms']} ms"), ""
        yield "added p50", f"{part['added_p50_ms']} ms", "at most 1"
        yield "added p99", f"{part['added_p99_ms']} ms", "at most 4"
