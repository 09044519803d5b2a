"""Log written once, to be replayed through copies of one slot."""
import sys


class Workload:
    def __init__(self, cluster, name, rows, per_transaction):
        self.cluster = cluster
        self.name = name
        self.rows = rows
        self.per_transaction = per_transaction
        self._slot = f"{name}_origin"
        self._copies = 0
        print(f"{name}: {rows} rows in transactions of {per_transaction}", file=sys.stderr)
        cluster.create_slot(self._slot)
        self._write()
        self.end = cluster.execute("SELECT pg_current_wal_insert_lsn()")

    def new_slot(self):
        self._copies += 1
        name = f"{self.name}_{self._copies}"
        self.cluster.copy_slot(self._slot, name)
        return name

    def _write(self):
        self.cluster.execute(
            f"""
            DO $$
            DECLARE base bigint := coalesce((SELECT max(id) FROM bench), 0);
            BEGIN
              FOR t IN 0..{self.rows // self.per_transaction - 1} LOOP
                INSERT INTO bench
                SELECT base + t * {self.per_transaction} + i, 'customer ' || repeat(md5(i::text), 2), i * 1.25,
                       '2026-01-01'::timestamptz + i * interval '1 second'
                FROM generate_series(1, {self.per_transaction}) i;
                COMMIT;
              END LOOP;
            END $$""",
            synchronous_commit="off")
        self.cluster.execute("SELECT txid_current()")  # a commit that waits: everything before it is on the disk
