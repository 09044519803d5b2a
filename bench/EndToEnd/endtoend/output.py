"""Output files of a reader, watched from outside without reading them."""
import os
import time

POLL = 0.002
NAME = "output"


def size(folder):
    """Bytes in the output file and in those that were rotated away."""
    return sum(entry.stat().st_size for entry in os.scandir(folder) if entry.name.startswith(NAME))


def wait_for_first(folder, process):
    """Returns the moment at which the first byte was there."""
    while size_or_none(folder) in (None, 0):
        process.fail_if_ended()
        time.sleep(POLL)
    return time.monotonic()


def wait_for_size(folder, wanted, process):
    """Returns the moment at which the last byte was there."""
    while (size_or_none(folder) or 0) < wanted:
        if process.has_ended and size(folder) < wanted:
            raise SystemExit(f"The reader ended at {size(folder)} of {wanted} bytes:\n{process.log()}")
        time.sleep(POLL)
    return time.monotonic()


def wait_for_lines(folder, wanted, process):
    """Waits for output of unknown size and returns its size; the lines are counted only while nothing is written."""
    before = -1
    while True:
        now = size(folder)
        if now == before and now > 0:
            lines = count_lines(folder)
            if lines == wanted:
                return now
            if lines > wanted:
                raise SystemExit(f"{lines} lines came instead of {wanted}.")
        before = now
        process.fail_if_ended()
        time.sleep(0.5)


def count_lines(folder):
    lines = 0
    for entry in os.scandir(folder):
        if entry.name.startswith(NAME):
            with open(entry.path, "rb") as file:
                while block := file.read(1 << 20):
                    lines += block.count(b"\n")
    return lines


def size_or_none(folder):
    """None while a rotation is renaming the files that are looked at."""
    try:
        return size(folder)
    except FileNotFoundError:
        return None
