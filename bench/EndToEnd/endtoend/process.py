"""A measured program: its output, processor time and memory."""
import os
import signal
import socket
import subprocess
import time

from .programs import state_folder


class MeasuredProcess:
    """Started on entry; ended, if it still runs, on exit."""

    def __init__(self, command, folder):
        self._command = command
        self._folder = folder
        self._log = os.path.join(folder, "log")
        self._usage = None

    def __enter__(self):
        self.started = time.monotonic()
        with open(self._log, "wb") as log:
            self._process = subprocess.Popen(self._command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=self._folder)
        return self

    def __exit__(self, *_):
        if self._usage is None:
            self._process.kill()
            self.wait()

    @property
    def id(self):
        return self._process.pid

    @property
    def has_ended(self):
        """Whether it ended by itself; it stays to be waited for."""
        return os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def stop(self):
        if not self.has_ended:
            os.kill(self._process.pid, signal.SIGTERM)
        return self.wait()

    def wait(self):
        """Processor time of the whole life of the process, in seconds."""
        _, status, self._usage = os.wait4(self._process.pid, 0)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        return self._usage.ru_utime + self._usage.ru_stime

    def fail_if_ended(self):
        if self.has_ended:
            raise SystemExit(f"{' '.join(self._command)} ended too early:\n{self.log()}")

    def memory(self, field):
        """VmHWM (peak) or VmRSS, in MB of 10^6 bytes."""
        with open(f"/proc/{self._process.pid}/status", encoding="ascii") as status:
            line = next(line for line in status if line.startswith(field))
        return int(line.split()[1]) * 1024 / 1e6

    def allocated_bytes(self):
        """What the runtime says it has allocated on its heap, asked over the control socket."""
        return float(next(line for line in self._metrics().splitlines() if line.startswith("dotnet_allocated_bytes_total")).split()[1])

    def log(self):
        with open(self._log, encoding="utf-8", errors="replace") as log:
            return log.read()

    def _metrics(self):
        with socket.socket(socket.AF_UNIX) as control:
            control.connect(find_socket(state_folder(self._folder)))
            control.sendall(b"GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            answer = b""
            while piece := control.recv(65536):
                answer += piece
        return answer.decode()


def find_socket(folder):
    for parent, _, names in os.walk(folder):
        for name in names:
            if name.endswith(".sock"):
                return os.path.join(parent, name)
    raise SystemExit(f"There is no control socket below {folder}.")
