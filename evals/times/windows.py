"""How often does a question get the window or the preference that it names, and none where a date is its subject?"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.times import WINDOWS
from index.errors import SuiteError
from index.library import Library
from rag.dates import window
from rag.fuse import fuse
from rag.recency import event_day
from rag.records import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """A question asked on a day; `after`, `before` and `prefer` list what is right for each (None: no such bound)."""

    id: str
    split: str
    today: str
    question: str
    after: tuple[str | None, ...]
    before: tuple[str | None, ...]
    prefer: tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What the rules made of a question, and whether it is right."""

    timed: Timed
    window: Window | None
    right: bool


def questions(path: Path = WINDOWS) -> list[Timed]:
    """The suite. Raises SuiteError for a line that is no question."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            found.append(
                Timed(
                    id=row["id"],
                    split=row["split"],
                    today=row["today"],
                    question=row["question"],
                    after=tuple(row["after"]),
                    before=tuple(row["before"]),
                    prefer=tuple(row["prefer"]),
                )
            )
        except (ValueError, KeyError, TypeError) as error:
            raise SuiteError(f"{path}, line {number}: {error!r}; see evals/times/windows.py for its fields") from error
    return found


def judge(library: Library, suite: Sequence[Timed]) -> list[Judged]:
    """Every question through the rules, with the library's own dates and events looked up in it."""
    info = library.info()

    def day_of(event: str) -> str | None:
        return event_day(event, fuse(library.search(event)))

    results = []
    for timed in suite:
        found = window(
            timed.question,
            today=timed.today,
            newest=info.last_published,
            oldest=info.first_published,
            published_of=day_of,
        )
        after, before, prefer = (found.after, found.before, found.prefer) if found else (None, None, None)
        right = after in timed.after and before in timed.before and prefer in timed.prefer
        results.append(Judged(timed=timed, window=found, right=right))
    return results
