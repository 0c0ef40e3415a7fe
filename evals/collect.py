"""How are a suite's questions asked? In parallel, at a given rate, each answer on disk before the next."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from evals.journal import Journal, read_records
from evals.records import Candidate, Quoted, RunRecord, Said, Seen
from evals.suite import GoldSpan, Question
from index.records import Filters, Passage
from rag.records import Answer, Citation

Progress = Callable[[int, int, RunRecord | None], None]


class Asker(Protocol):
    """Whatever answers questions: an Assistant, or something that stands in for one."""

    def ask(self, question: str, *, history: Sequence[Answer] = (), filters: Filters | None = None) -> Answer:
        """The answer to one question, given the answers before it in the conversation."""
        ...


class Archive(Protocol):
    """What a record is completed with from the library that was asked."""

    def verbatim(self, citation: Citation) -> bool:
        """Whether the cited article has exactly this quote at these offsets."""
        ...

    def facts(self, article: str) -> dict[str, str]:
        """`outlet` and `published` of an article, where known; empty for one that is not there."""
        ...

    def in_one_chunk(self, span: GoldSpan) -> bool | None:
        """Whether a single chunk holds the span whole; None where the article is not there."""
        ...

    def candidates(self, searched_for: str) -> Sequence[Passage]:
        """What the search of the last answer on this thread brought up before ranking; empty where not known."""
        ...

    def spent(self) -> tuple[dict[str, int], float | None]:
        """Tokens of the last answer on this thread and what they cost; empty for a local answerer."""
        ...


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

    def one(question: Question) -> RunRecord:
        pace.wait()
        record = ask_one(question, asker, archive)
        journal.append(record)
        return record

    try:
        for record in each(pending, one, workers):
            count += 1
            errors += record.outcome == "error"
            asking += record.seconds
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


def each(pending: Sequence[Question], one: Callable[[Question], RunRecord], workers: int) -> Iterator[RunRecord]:
    """The records as they are done, never more questions under way than there are workers."""
    if workers <= 1:
        yield from map(one, pending)
        return
    with ThreadPoolExecutor(workers, thread_name_prefix="ask") as pool:
        running: set[Future[RunRecord]] = set()
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


def ask_one(question: Question, asker: Asker, archive: Archive | None) -> RunRecord:
    """Ask one question, its conversation first, and note what came back. `seconds` is the last question's own time."""
    filters = Filters(article_ids=question.within) if question.within else None
    begun = time.perf_counter()
    try:
        history: list[Answer] = []
        for turn in question.conversation:
            history.append(asker.ask(turn.question, history=tuple(history), filters=filters))
        begun = time.perf_counter()
        answer = asker.ask(question.question, history=tuple(history), filters=filters)
    except Exception as error:  # whatever an answerer raises is this question's outcome, not the run's end
        return note(question, None, time.perf_counter() - begun, archive, f"{type(error).__name__}: {error}")
    return note(question, answer, time.perf_counter() - begun, archive, "")


def note(question: Question, answer: Answer | None, seconds: float, archive: Archive | None, error: str) -> RunRecord:
    """The record of one question."""
    slices = dict(question.slices)
    if archive is not None and question.gold:
        slices = {**archive.facts(question.gold[0].article), **slices}
    ceiling = tuple(archive.in_one_chunk(span) for span in question.gold) if archive else ()
    asked = RunRecord(
        id=question.id,
        question=question.question,
        outcome="error",
        type=question.type,
        split=question.split,
        cluster=question.group,
        answerable=question.answerable,
        answers=question.answers,
        parts=question.parts,
        gold=question.gold,
        slices={**slices, "turns": str(len(question.conversation) + 1)},
        ceiling=ceiling,
        seconds=seconds,
        error=error,
    )
    if answer is None:
        return asked
    tokens, cost = archive.spent() if archive else ({}, None)
    from dataclasses import replace

    return replace(
        asked,
        outcome="abstained" if answer.abstained else "answered",
        answer=answer.answer,
        text=answer.text,
        confidence=answer.confidence,
        answerer=answer.answerer,
        searched_for=answer.searched_for,
        passages=tuple(seen(passage) for passage in answer.passages),
        candidates=tuple(candidate(passage) for passage in archive.candidates(answer.searched_for)) if archive else (),
        citations=tuple(quoted(citation, archive) for citation in answer.citations),
        claims=tuple(
            Said(text=claim.text, supported=claim.supported, citations=claim.citations, reason=claim.reason)
            for claim in answer.claims
        ),
        timings_ms={name: round(value, 3) for name, value in answer.timings_ms.items()},
        tokens=tokens,
        cost=cost,
    )


def seen(passage: Passage) -> Seen:
    """A passage as a record keeps it."""
    return Seen(
        article=passage.article_id,
        start=passage.start,
        end=passage.end,
        text=passage.text,
        title=passage.title,
        outlet=passage.outlet,
        published=passage.published,
        vector_rank=passage.vector_rank,
        word_rank=passage.word_rank,
        score=round(passage.score, 6),
    )


def candidate(passage: Passage) -> Candidate:
    """A passage as found, before ranking cut it off."""
    return Candidate(
        article=passage.article_id,
        start=passage.start,
        end=passage.end,
        vector_rank=passage.vector_rank,
        word_rank=passage.word_rank,
    )


def quoted(citation: Citation, archive: Archive | None) -> Quoted:
    """A citation, compared with the article it cites."""
    return Quoted(
        marker=citation.marker,
        article=citation.article_id,
        start=citation.start,
        end=citation.end,
        quote=citation.quote,
        spans=tuple((span.start, span.end) for span in citation.spans),
        verbatim=archive.verbatim(citation) if archive else None,
    )


def forget_errors(folder: Path) -> None:
    """Drop the records of failed questions, so that they are asked again; the file is replaced in one step."""
    import os

    from evals.journal import RECORDS

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
