"""Who may write to a library now? One process at a time, named when somebody else has to wait too long."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import LibraryBusy

# An interactive command should not hang; a batch of a running add takes about half of this.
PATIENCE_SECONDS = 10.0


@contextmanager
def writing(folder: Path, *, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Hold the writer's lock of the library in `folder` (made when missing). It falls with the process that holds it.

    Raises LibraryBusy, with the holder's process id, after `patience` seconds.
    """
    from filelock import FileLock, Timeout

    folder.mkdir(parents=True, exist_ok=True)
    holder = folder / "writer.pid"
    lock = FileLock(folder / "writer.lock", timeout=patience)
    try:
        with lock:
            holder.write_text(str(os.getpid()))
            try:
                yield
            finally:
                holder.unlink(missing_ok=True)
    except Timeout as error:
        pid = holder.read_text().strip() if holder.exists() else "unknown"
        raise LibraryBusy(f"Another process (pid {pid}) is writing to {folder}: wait for it, or stop it") from error
