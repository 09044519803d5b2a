"""Replays of a workload: how fast, and what they cost."""
import json
import os
import shutil
import statistics
import sys
import tempfile

from . import output
from .process import MeasuredProcess


def alternating(workload, programs, rounds, names):
    """Median of the measured rounds. Round 0 warms up files and caches, shows how long complete output is, and is not counted."""
    replays = {name: REPLAYS[name](workload, programs) for name in names}
    runs = {name: [] for name in names}
    for number in range(rounds + 1):
        for name in names:
            run = replays[name].run()
            print(f"  round {number} {name}: {json.dumps(run)}", file=sys.stderr)
            if number > 0:
                runs[name].append(run)
    return summary(workload, runs)


def once(workload, programs, names):
    runs = {}
    for name in names:
        runs[name] = [REPLAYS[name](workload, programs).run()]
        print(f"  {name}: {json.dumps(runs[name][0])}", file=sys.stderr)
    return summary(workload, runs)


def summary(workload, runs):
    medians = {name: medians_of(of_name) for name, of_name in runs.items()}
    for median in medians.values():
        if "seconds" in median:
            median["events_per_second"] = round(workload.rows / median["seconds"])
    result = {"rows": workload.rows, "rows_per_transaction": workload.per_transaction, "median": medians, "runs": runs}
    if {"pgcdc", "pg_recvlogical"} <= medians.keys() and "seconds" in medians["pgcdc"]:
        result["ratio"] = round(medians["pg_recvlogical"]["seconds"] / medians["pgcdc"]["seconds"], 2)
    return result


def medians_of(runs):
    return {key: round(statistics.median(run[key] for run in runs), 3) for key in runs[0]}


def slopes(small, large):
    """Cost per event between the small and the large replay; start-up and shutdown fall out."""
    more = large["rows"] - small["rows"]

    def per_event(name, key):
        return (large["median"][name][key] - small["median"][name][key]) / more

    return {
        "pgcdc_cpu_us": round(per_event("pgcdc", "cpu") * 1e6, 2),
        "frame_counter_cpu_us": round(per_event("frame counter", "cpu") * 1e6, 2),
        "pgcdc_allocated_bytes": round(per_event("pgcdc", "allocated_mb") * 1e6, 1),
    }


class Replay:
    """One reader and one workload; a run reads a fresh copy of the slot."""

    def __init__(self, workload, programs):
        self.workload = workload
        self.programs = programs
        self.bytes = None

    def run(self):
        folder = tempfile.mkdtemp(dir=self.workload.cluster.output)
        slot = self.workload.new_slot()
        try:
            return self.measure(slot, folder)
        finally:
            shutil.rmtree(folder)
            self.workload.cluster.drop_slot(slot)


class PgcdcReplay(Replay):
    def measure(self, slot, folder):
        with MeasuredProcess(self.programs.pgcdc(self.workload.cluster, slot, folder), folder) as process:
            first = output.wait_for_first(folder, process)
            if self.bytes is None:
                self.bytes = output.wait_for_lines(folder, self.workload.rows, process)
            last = output.wait_for_size(folder, self.bytes, process)
            memory = process.memory("VmHWM")
            allocated = process.allocated_bytes()
            cpu = process.stop()
        if output.size(folder) != self.bytes:
            raise SystemExit(f"{output.size(folder)} bytes were written instead of {self.bytes}.")
        return {
            "seconds": round(last - first, 3), "start": round(first - process.started, 3), "cpu": round(cpu, 3),
            "peak_mb": round(memory, 1), "allocated_mb": round(allocated / 1e6, 3),
        }


class RecvLogicalReplay(Replay):
    def measure(self, slot, folder):
        command = self.programs.pg_recvlogical(self.workload.cluster, slot, folder, self.workload.end)
        with MeasuredProcess(command, folder) as process:
            first = output.wait_for_first(folder, process)
            if self.bytes is not None:
                last = output.wait_for_size(folder, self.bytes, process)
            cpu = process.wait()
        if self.bytes is None:
            self.bytes = output.size(folder)
            return {"cpu": round(cpu, 3)}
        return {"seconds": round(last - first, 3), "start": round(first - process.started, 3), "cpu": round(cpu, 3)}


class FrameCounterReplay(Replay):
    """Reads the stream on the session that pgcdc uses and looks at nothing but message types."""

    def measure(self, slot, folder):
        with MeasuredProcess(self.programs.frame_counter(self.workload.cluster, slot, self.workload.rows), folder) as process:
            cpu = process.wait()
        counted = json.loads(process.log())
        return {"seconds": round(counted["seconds"], 3), "cpu": round(cpu, 3)}


REPLAYS = {"pgcdc": PgcdcReplay, "pg_recvlogical": RecvLogicalReplay, "frame counter": FrameCounterReplay}
