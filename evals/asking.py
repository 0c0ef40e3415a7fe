"""What is noted of one question? The answer as it came back, completed with what the library knows."""

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from evals.metrics.wording import fold
from evals.records import Candidate, Quoted, RunRecord, Said, Seen
from evals.suite import GoldSpan, Question
from index.records import Filters, Passage
from rag.records import Answer, Citation


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

    def context(self, span: GoldSpan) -> str:
        """The text around a gold span; empty where its article is not there."""
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


def ask_one(question: Question, asker: Asker, archive: Archive | None) -> tuple[RunRecord, float]:
    """Ask one question, its conversation first, and note what came back; also the seconds spent in the asker.

    `seconds` of the record is the last question's own time.
    """
    filters = Filters(article_ids=question.within) if question.within else None
    first = begun = time.perf_counter()
    answer, error = None, ""
    try:
        history: list[Answer] = []
        for turn in question.conversation:
            history.append(asker.ask(turn.question, history=tuple(history), filters=filters))
        begun = time.perf_counter()
        answer = asker.ask(question.question, history=tuple(history), filters=filters)
    except Exception as raised:  # whatever an answerer raises is this question's outcome, not the run's end
        error = f"{type(raised).__name__}: {raised}"
    ended = time.perf_counter()
    return note(question, answer, ended - begun, archive, error), ended - first


def note(question: Question, answer: Answer | None, seconds: float, archive: Archive | None, error: str) -> RunRecord:
    """The record of one question."""
    slices = dict(question.slices)
    if archive is not None and question.gold:
        slices = {**archive.facts(question.gold[0].article), **slices}
        slices["overlap"] = overlap(question.question, " ".join(archive.context(span) for span in question.gold))
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


def overlap(question: str, context: str) -> str:
    """How many of a question's words of four letters or more stand near its gold spans: "low" below a third, "high"
    from two thirds. Questions that share few words with their article are what a word index alone does not find.
    """
    words = {word for word in fold(question).split() if len(word) >= 4}
    near = set(fold(context).split())
    share = len(words & near) / len(words) if words else 0.0
    return "low" if share < 1 / 3 else "middle" if share < 2 / 3 else "high"


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
