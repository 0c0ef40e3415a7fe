"""When are two suites the same? A hash over everything that was read for them."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path


def fingerprint(files: Iterable[Path], options: Mapping[str, str] | None = None) -> str:
    """SHA-256 over the bytes of files, in the order given, and the options; the first 16 hex digits.

    Names and places of the files do not matter: a moved suite stays the same.
    """
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    for key, value in sorted((options or {}).items()):
        digest.update(f"\0{key}={value}".encode())
    return digest.hexdigest()[:16]
