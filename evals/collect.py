"""How are a suite's questions asked? In parallel, at a given rate, each answer on disk before the next."""

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

from evals.asking import Archive, Asker, ask_one
from evals.journal import RECORDS, Journal, read_records
from evals.records import RunRecord
from evals.suite import Question

Progress = Callable[[int, int, RunRecord | None], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What a collection did: questions asked now and found from before, errors, and where the time went."""

    asked: int
    resumed: int
    errors: int
    asking_seconds: float
    wall_seconds: float


class Pace:
    """Lets through at most `per_minute` starts a minute, evenly spaced, over all threads (None: no limit)."""

    def __init__(self, per_minute: float | None) -> None:
        self.gap = 60 / per_minute if per_minute else 0.0
        self._next = 0.0
        self._lock = threading.Lock()

    def wait(self) -> None:
        """Sleep until it is this caller's turn."""
        if not self.gap:
            return
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._next)
            self._next = turn + self.gap
        time.sleep(turn - now)


def collect(
    questions: Sequence[Question],
    asker: Asker,
    folder: Path,
    *,
    archive: Archive | None = None,
    workers: int = 1,
    per_minute: float | None = None,
    retry_errors: bool = False,
    progress: Progress | None = None,
) -> Collected:
    """Ask what the run in `folder` has not asked yet, and append one record for each question.

    An answerer's failure becomes a record with outcome "error" and its message; it is never retried behind one's back
    (`retry_errors` asks those again). Raises SuiteError when a record cannot be written.
    """
    begun = time.perf_counter()
    if retry_errors:
        forget_errors(folder)
    journal = Journal(folder)
    done = {record.id for record in read_records(folder)}
    pending = [question for question in questions if question.id not in done]
    resumed, total = len(questions) - len(pending), len(questions)
    pace = Pace(per_minute)
    errors, asking, count = 0, 0.0, resumed
    if progress:
        progress(count, total, None)

    def one(question: Question) -> tuple[RunRecord, float]:
        pace.wait()
        record, seconds = ask_one(question, asker, archive)
        journal.append(record)
        return record, seconds

    try:
        for record, seconds in each(pending, one, workers):
            count += 1
            errors += record.outcome == "error"
            asking += seconds
            if progress:
                progress(count, total, record)
    finally:
        journal.close()
    return Collected(
        asked=len(pending),
        resumed=resumed,
        errors=errors,
        asking_seconds=asking,
        wall_seconds=time.perf_counter() - begun,
    )


def each(
    pending: Sequence[Question], one: Callable[[Question], tuple[RunRecord, float]], workers: int
) -> Iterator[tuple[RunRecord, float]]:
    """The records as they are done, never more questions under way than there are workers."""
    if workers <= 1:
        yield from map(one, pending)
        return
    with ThreadPoolExecutor(workers, thread_name_prefix="ask") as pool:
        running: set[Future[tuple[RunRecord, float]]] = set()
        waiting = iter(pending)
        try:
            for question in waiting:
                running.add(pool.submit(one, question))
                if len(running) >= workers:
                    finished, running = wait(running, return_when=FIRST_COMPLETED)
                    yield from (future.result() for future in finished)
            yield from (future.result() for future in running)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def forget_errors(folder: Path) -> None:
    """Drop the records of failed questions, so that they are asked again; the file is replaced in one step."""
    path = folder / RECORDS
    if not path.exists():
        return
    temporary = path.with_suffix(".new")
    with temporary.open("w", encoding="utf-8", newline="\n") as file:
        for record in read_records(folder):
            if record.outcome != "error":
                file.write(record.to_line() + "\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
