"""What can a person choose about reading, and how does a choice change the fingerprint of a source?"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from index.errors import SourceError
from index.records import Record

# Goes up when a reader changes what it makes of the same bytes, so that an `add` reads them again.
RECIPE = "1"

# What a person may map a column or key onto: the fields of a record that a file can give.
TARGETS = tuple(field.name for field in fields(Record) if field.name != "page_starts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """`mapping` holds (our field, their column) pairs; `language` is what an article without a language is in."""

    mapping: tuple[tuple[str, str], ...] = ()
    language: str = "en"
    allow_private: bool = False
    globs: tuple[str, ...] = ()

    def digest(self) -> bytes:
        """Bytes that differ whenever the same file would be read differently."""
        return repr((RECIPE, self.mapping, self.language)).encode()


def options_from(
    *, mapping: Mapping[str, str] | None, language: str, allow_private: bool, globs: Sequence[str]
) -> Options:
    """Check what a person asked for. Raises SourceError for a field that records do not have."""
    for target, column in (mapping or {}).items():
        if target not in TARGETS:
            raise SourceError(f"cannot map onto {target!r}: an article has {', '.join(TARGETS)}")
        if not column.strip():
            raise SourceError(f"cannot map {target!r} onto a column without a name: write {target}=column")
    if isinstance(globs, str):
        raise SourceError(f"globs is a list of patterns; write [{globs!r}]")
    return Options(
        mapping=tuple(sorted((mapping or {}).items())),
        language=language.strip() or "en",
        allow_private=allow_private,
        globs=tuple(globs),
    )


def hashed(data: bytes, options: Options) -> str:
    """The fingerprint of bytes that are in memory."""
    return hashlib.sha256(data + options.digest()).hexdigest()
