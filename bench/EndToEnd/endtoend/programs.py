"""Command lines of the programs that are compared."""
import os
import subprocess

from .cluster import binary

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))


class Programs:
    def __init__(self, pgcdc=None):
        self._pgcdc = pgcdc or built_pgcdc()
        self._reading = built_reading()

    def pgcdc(self, cluster, slot, folder):
        return [
            "dotnet", self._pgcdc, "listen", "--db", cluster.uri, "--detector", "wal", "--publication", "bench",
            "--persistent-slot", "--slot-name", slot, "--cooperative-checkpoint", "--bus-mode", "reliable",
            # Every rotated file is kept, so that all output can be counted.
            "-a", "file", "--file-path", os.path.join(folder, "output"), "--file-max-files", "1000",
            "--state-dir", state_folder(folder),
        ]

    @staticmethod
    def pg_recvlogical(cluster, slot, folder, end):
        return [
            binary("pg_recvlogical"), *cluster.address, "-d", "postgres", "-S", slot, "--start", "--no-loop",
            "-o", "proto_version=1", "-o", "publication_names=bench", "-E", end, "-f", os.path.join(folder, "output"),
        ]

    def frame_counter(self, cluster, slot, rows):
        return ["dotnet", self._reading, "count", cluster.uri, slot, "bench", str(rows)]

    def frame_stamper(self, cluster, slot, rows):
        return ["dotnet", self._reading, "stamp", cluster.uri, slot, "bench", str(rows)]


def state_folder(folder):
    return os.path.join(folder, "state")


def built_pgcdc():
    subprocess.run([os.path.join(ROOT, "pgcdc"), "version"], stdout=subprocess.DEVNULL, check=True)
    with open(os.path.join(ROOT, "artifacts", "pgcdc", "program"), encoding="utf-8") as program:
        return program.read().strip()


def built_reading():
    project = os.path.join(ROOT, "bench", "Reading", "Reading.csproj")
    quiet = ["-c", "Release", "-v", "q", "-clp:NoSummary", "--nologo"]
    subprocess.run(["dotnet", "build", project, *quiet], stdout=subprocess.DEVNULL, check=True)
    return subprocess.run(
        ["dotnet", "msbuild", project, "-p:Configuration=Release", "-getProperty:TargetPath"],
        capture_output=True, text=True, check=True).stdout.strip()
