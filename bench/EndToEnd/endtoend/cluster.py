"""A private PostgreSQL server: own data folder, own port, stopped by its own pg_ctl."""
import glob
import os
import shutil
import socket
import subprocess
import tempfile


def binary(name):
    """A program of the newest installed PostgreSQL."""
    found = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"), key=lambda path: float(path.split("/")[4]))
    path = found[-1] if found else shutil.which(name)
    if path is None:
        raise SystemExit(f"{name} is not installed; install the package postgresql.")
    return path


class Cluster:
    # The figures shall not depend on what the server does beside; commits stay durable as users have them.
    SETTINGS = {
        "wal_level": "logical",
        "max_wal_size": "16GB",
        "checkpoint_timeout": "1h",
        "autovacuum": "off",
        "shared_buffers": "256MB",
        "wal_sender_timeout": "60s",
    }

    def __init__(self, folder):
        self._folder = tempfile.mkdtemp(prefix="pgcdc-bench-", dir=folder)
        self._data = os.path.join(self._folder, "data")
        self.output = os.path.join(self._folder, "output")
        self.port = free_port()

    def __enter__(self):
        os.mkdir(self.output)
        if os.geteuid() == 0:
            shutil.chown(self._folder, "postgres", "postgres")
        self._as_server("initdb", "-D", self._data, "-U", "postgres", "-A", "trust", "--no-sync")
        options = " ".join(f"-c {name}={value}" for name, value in self.SETTINGS.items())
        log = os.path.join(self._folder, "server.log")
        try:
            self._as_server(
                "pg_ctl", "-D", self._data, "-l", log, "-w",
                "-o", f"-p {self.port} -k {self._folder} -c listen_addresses=127.0.0.1 {options}", "start")
            self.execute("CREATE TABLE bench (id bigint PRIMARY KEY, name text, price numeric, at timestamptz)")
            self.execute("CREATE PUBLICATION bench FOR TABLE bench")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if os.path.exists(os.path.join(self._data, "postmaster.pid")):
            self._as_server("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def uri(self):
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    @property
    def address(self):
        """Flags of PostgreSQL's own programs."""
        return ["-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres"]

    def execute(self, sql, **settings):
        """Runs SQL and returns its output, one line per row."""
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        return run([binary("psql"), *self.address, "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", sql, "postgres"], PGOPTIONS=options).strip()

    def create_slot(self, name):
        self.execute(f"SELECT pg_create_logical_replication_slot('{name}', 'pgoutput')")

    def copy_slot(self, name, copy):
        self.execute(f"SELECT pg_copy_logical_replication_slot('{name}', '{copy}')")

    def drop_slot(self, name):
        """Drops a slot whose reader has ended, as soon as the server has noticed."""
        self.execute(f"""
            DO $$ BEGIN
              WHILE EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = '{name}' AND active) LOOP PERFORM pg_sleep(0.02); END LOOP;
              PERFORM pg_drop_replication_slot('{name}');
            END $$""")

    def is_read(self, slot):
        return self.execute(f"SELECT active FROM pg_replication_slots WHERE slot_name = '{slot}'") == "t"

    def _as_server(self, name, *arguments):
        """The server refuses to run as root."""
        user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        run([*user, binary(name), *arguments])


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run(command, **environment):
    # A file and not a pipe: the server that pg_ctl starts would keep a pipe open.
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=errors, env={**os.environ, **environment}, cwd="/", check=False)
        output.seek(0)
        errors.seek(0)
        if done.returncode != 0:
            raise SystemExit(f"{command[0]} ended with {done.returncode}: {errors.read().strip()} {output.read().strip()}")
        return output.read()
