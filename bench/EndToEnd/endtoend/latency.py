"""Commit time to the line in the file, open loop, beside a bare reader's commit time to the row's frame."""
import ctypes
import datetime
import json
import os
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

from .cluster import binary
from .output import NAME
from .process import MeasuredProcess
from .resting import wait_until_read

CLIENTS = 4
WARM_UP_SECONDS = 5
IN_MODIFY = 0x2
CREATED_AT = re.compile(rb'"created_at":"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?Z"')

INSERT = """INSERT INTO bench VALUES (nextval('bench_latency'), 'customer ' || repeat(md5('7'), 2), 8.75, now());
"""


def measure(cluster, programs, rate, seconds):
    cluster.execute("CREATE SEQUENCE bench_latency START 1000000000 CACHE 100")
    events = rate * (seconds + WARM_UP_SECONDS) // CLIENTS * CLIENTS
    skipped = rate * WARM_UP_SECONDS
    figures = {"rate": rate, "seconds": seconds, "warm_up_seconds": WARM_UP_SECONDS}
    for name, follow in (("frame stamper", stamped), ("pgcdc", tailed)):
        print(f"latency: {name}", file=sys.stderr)
        delays = sorted(follow(cluster, programs, rate, events)[skipped:])
        figures[name] = {f"p{share}_ms": round(percentile(delays, share) * 1e3, 2) for share in (50, 90, 99, 99.9)}
        figures[name]["max_ms"] = round(delays[-1] * 1e3, 2)
    figures["added_p50_ms"] = round(figures["pgcdc"]["p50_ms"] - figures["frame stamper"]["p50_ms"], 2)
    figures["added_p99_ms"] = round(figures["pgcdc"]["p99_ms"] - figures["frame stamper"]["p99_ms"], 2)
    return figures


def percentile(ordered, share):
    return ordered[min(len(ordered) - 1, int(len(ordered) * share / 100))]


def stamped(cluster, programs, rate, events):
    """Delays of rows at the bare reader, in seconds."""
    slot, folder = "latency_frames", tempfile.mkdtemp(dir=cluster.output)
    cluster.create_slot(slot)
    with MeasuredProcess(programs.frame_stamper(cluster, slot, events), folder) as process:
        wait_until_read(cluster, slot, process)
        with load(cluster, folder, rate, events) as writer:
            process.wait()
            writer.wait()
        delays = [float(line) / 1e6 for line in process.log().splitlines()]
    shutil.rmtree(folder)
    cluster.drop_slot(slot)
    return delays


def tailed(cluster, programs, rate, events):
    """Delays of lines in the file, in seconds."""
    slot, folder = "latency_pgcdc", tempfile.mkdtemp(dir=cluster.output)
    cluster.create_slot(slot)
    with MeasuredProcess(programs.pgcdc(cluster, slot, folder), folder) as process:
        wait_until_read(cluster, slot, process)
        with load(cluster, folder, rate, events) as writer:
            arrivals = list(Tail(os.path.join(folder, NAME)).lines(events, process))
            writer.wait()
        process.stop()
    shutil.rmtree(folder)
    cluster.drop_slot(slot)
    return [arrived - commit_time(line) for arrived, line in arrivals]


def load(cluster, folder, rate, events):
    """One-row transactions at their scheduled times, however long earlier ones take."""
    script = os.path.join(folder, "insert.sql")
    with open(script, "w", encoding="ascii") as file:
        file.write(INSERT)
    return subprocess.Popen(
        [binary("pgbench"), *cluster.address, "-n", "-f", script, "-M", "prepared", "-c", str(CLIENTS), "-j", "1",
         "-R", str(rate), "-t", str(events // CLIENTS), "postgres"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def commit_time(line):
    year, month, day, hour, minute, second, fraction = CREATED_AT.search(line).groups()
    whole = datetime.datetime(int(year), int(month), int(day), int(hour), int(minute), int(second), tzinfo=datetime.timezone.utc)
    return whole.timestamp() + float(b"0." + (fraction or b"0"))


class Tail:
    """Reads a file as it grows; the kernel tells when."""

    def __init__(self, path):
        self._file = os.open(path, os.O_RDONLY)
        libc = ctypes.CDLL(None, use_errno=True)
        self._notify = libc.inotify_init()
        if self._notify < 0 or libc.inotify_add_watch(self._notify, os.fsencode(path), IN_MODIFY) < 0:
            raise OSError(ctypes.get_errno(), "inotify")

    def lines(self, wanted, process):
        """Pairs of the moment a line was complete, in seconds since 1970, and the line."""
        chunks = []
        seen = 0
        while seen < wanted:
            if chunk := os.read(self._file, 1 << 20):
                chunks.append((time.time(), chunk))
                seen += chunk.count(b"\n")
            else:
                self._wait(process)
        os.close(self._file)
        os.close(self._notify)
        return split(chunks)

    def _wait(self, process):
        ready, _, _ = select.select([self._notify], [], [], 1)
        if ready:
            os.read(self._notify, 1 << 16)
        else:
            process.fail_if_ended()


def split(chunks):
    rest = b""
    for arrived, chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield arrived, line
