"""What does a person read when the disk or the catalogue refuses?"""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import LibraryDamaged, LibraryError


@contextmanager
def storage_errors(folder: Path) -> Iterator[None]:
    """What the disk refuses becomes one clear line; what was committed before stands."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if "full" in str(error) or "I/O" in str(error):
            raise _full(folder, error) from error
        if isinstance(error, sqlite3.OperationalError) and ("locked" in str(error) or "open" in str(error)):
            raise LibraryError(f"The catalogue in {folder} cannot be used now ({error}): try again") from error
        raise LibraryDamaged(
            f"The catalogue in {folder} cannot be read ({error}). Restore it from a backup; it is the only truth."
        ) from error
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise _full(folder, error) from error
        if error.errno in {errno.EACCES, errno.EROFS, errno.EPERM, errno.ENOTDIR}:
            raise LibraryError(
                f"{folder} may not be written: {error.strerror}. Name another folder with --library"
            ) from error
        raise
    except ValueError as error:
        # tantivy reports its I/O errors as ValueError, with the number of the system's error in the text.
        text = str(error).lower()
        if "no space" in text or "os error 28" in text or "os error 27" in text or "os error 122" in text:
            raise _full(folder, error) from error
        raise


def _full(folder: Path, error: Exception) -> LibraryError:
    return LibraryError(
        f"The disk of {folder} is full ({error}): everything reported so far is kept; free space and run the command "
        "again"
    )
