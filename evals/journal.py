"""How does a run survive a kill, a full disk or a pulled plug? Each record is on disk before the next."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

from evals.records import RunRecord, from_line
from index.errors import SuiteError

RECORDS = "records.jsonl"


class Journal:
    """The records of a run. One process writes, from as many threads as it likes; each `append` is on disk when it
    returns. A record that a kill cut short is dropped at the next opening.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / RECORDS
        self._lock = threading.Lock()
        self._file = self.path.open("ab", buffering=0)  # no buffer: what fails to be written must not linger
        self._file.truncate(whole_bytes(self.path))

    def append(self, record: RunRecord) -> None:
        """Write one record through to the disk. Raises SuiteError when it cannot be; what was written before stands."""
        line = record.to_line().encode() + b"\n"
        with self._lock:
            before = os.fstat(self._file.fileno()).st_size
            try:
                written = 0
                while written < len(line):
                    written += self._file.write(line[written:])
                os.fsync(self._file.fileno())
            except OSError as error:
                self._file.truncate(before)
                raise SuiteError(
                    f"{self.path}: cannot write: {error.strerror or error}; the {count_lines(self.path):,} records so "
                    "far are whole. Make room, then run the same command to go on"
                ) from error

    def close(self) -> None:
        """Let the file go."""
        self._file.close()


def whole_bytes(path: Path) -> int:
    """The length of a journal up to its last complete line."""
    with path.open("rb") as file:
        file.seek(0, os.SEEK_END)
        size = file.tell()
        step = 65_536
        position = size
        while position > 0:
            begin = max(0, position - step)
            file.seek(begin)
            cut = file.read(position - begin).rfind(b"\n")
            if cut >= 0:
                return begin + cut + 1
            position = begin
    return 0


def count_lines(path: Path) -> int:
    """How many complete records a journal holds."""
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))


def read_records(folder: Path) -> Iterator[RunRecord]:
    """The records of a run, one at a time, in the order they were written; a torn last line is left out.

    Raises SuiteError with the line for anything else that is not a record.
    """
    path = folder / RECORDS
    if not path.exists():
        raise SuiteError(f"{path}: is missing; collect a run with onrecord eval SUITE --out {folder}")
    with path.open("rb") as file:  # as bytes: what a kill cut short may end within a character
        for number, line in enumerate(file, start=1):
            if not line.endswith(b"\n"):
                return
            yield from_line(line, str(path), number)
