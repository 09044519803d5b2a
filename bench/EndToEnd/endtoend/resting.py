"""Memory of a pipeline that has nothing to do."""
import os
import shutil
import tempfile
import time

from .process import MeasuredProcess

SETTLE_SECONDS = 10


def measure(cluster, programs):
    folder = tempfile.mkdtemp(dir=cluster.output)
    cluster.create_slot("idle")
    with MeasuredProcess(programs.pgcdc(cluster, "idle", folder), folder) as process:
        wait_until_read(cluster, "idle", process)
        time.sleep(SETTLE_SECONDS)
        figures = {"rss_mb": round(process.memory("VmRSS"), 1)}
        cpu = processor_seconds(process)
        time.sleep(SETTLE_SECONDS)
        figures["cpu_percent"] = round(100 * (processor_seconds(process) - cpu) / SETTLE_SECONDS, 2)
        process.stop()
    shutil.rmtree(folder)
    cluster.drop_slot("idle")
    return figures


def wait_until_read(cluster, slot, process):
    while not cluster.is_read(slot):
        process.fail_if_ended()
        time.sleep(0.1)


def processor_seconds(process):
    with open(f"/proc/{process.id}/stat", encoding="ascii") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
