"""What the harness's tests share: records as a person would write them, and a quick asker behind the real port."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from evals.journal import Journal
from evals.records import Quoted, RunRecord, Seen
from evals.rundir import RunFacts, begin
from evals.suite import GoldSpan, Question, Suite
from index.records import Filters, Passage
from rag.records import ABSTENTION, Answer, Citation, Claim

NO_ANSWER = RunRecord(id="q", question="Who won?", outcome="abstained", answerable=False)


def answered(answer: str, *wanted: str, confidence: float = 0.9) -> RunRecord:
    """An answered, answerable question."""
    return RunRecord(
        id="q", question="Who won?", outcome="answered", answer=answer, answers=wanted, confidence=confidence
    )


def searched(gold: Sequence[GoldSpan], *spans: tuple[str, int, int]) -> RunRecord:
    """A question whose search gave these passages, one word to every ten characters."""
    passages = tuple(
        Seen(article=article, start=start, end=end, text=" ".join(["word"] * ((end - start) // 10)))
        for article, start, end in spans
    )
    return RunRecord(
        id="q", question="Who won?", outcome="answered", answer="x", answers=("x",), gold=tuple(gold), passages=passages
    )


def quote(article: str, start: int, end: int, *, verbatim: bool | None = True, marker: int = 1) -> Quoted:
    """A citation of a stretch of an article."""
    return Quoted(marker=marker, article=article, start=start, end=end, quote="q" * (end - start), verbatim=verbatim)


class QuickAsker:
    """Answers at once, the same answer to the same question; every seventh question is declined, every 31st fails."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def ask(self, question: str, *, history: Sequence[Answer] = (), filters: Filters | None = None) -> Answer:
        self.asked.append(question)
        number = int(hashlib.sha256(question.encode()).hexdigest(), 16)
        if number % 31 == 0:
            raise ValueError(f"cannot answer {question}")
        passage = Passage(
            chunk_id=number % 1000,
            article_id=f"article {number % 60}",
            version=1,
            start=0,
            end=40,
            text=f"The answer is {number % 97}, said a witness. “Ç”",
            title="A title",
            source="here",
            outlet="The Courant",
            url=None,
            published="2025-04-05",
            vector_rank=1,
        )
        declined = number % 7 == 0
        citation = Citation(
            marker=1, article_id=passage.article_id, version=1, title="A title", source="here", outlet=None, url=None,
            published=None, quote="The answer is", start=0, end=13,
        )  # fmt: skip
        return Answer(
            question=question,
            searched_for=question,
            window=None,
            answer=None if declined else str(number % 97),
            text=ABSTENTION if declined else f"{number % 97} [1].",
            abstained=declined,
            confidence=(number % 100) / 100,
            answerer="quick",
            claims=() if declined else (Claim(text=str(number % 97), supported=True, citations=(1,)),),
            citations=() if declined else (citation,),
            passages=(passage,),
            library_revision=1,
            timings_ms={"search": 1.0, "total": 2.0},
        )


def questions(count: int) -> list[Question]:
    """Questions over 60 articles."""
    return [
        Question(
            id=f"q{number:05d}",
            question=f"Question {number}?",
            type="even" if number % 2 == 0 else "odd",
            answers=(str(number % 97),) if number % 5 else (),
            answerable=bool(number % 5),
            gold=(GoldSpan(article=f"article {number % 60}", start=14, end=16),) if number % 5 else (),
            cluster=f"article {number % 60}",
        )
        for number in range(count)
    ]


def facts(count: int, *, protocols: tuple[str, ...] = (), name: str = "made up") -> RunFacts:
    """The facts of a run that a test makes."""
    return RunFacts(
        suite={"name": name, "format": "own", "path": "nowhere", "fingerprint": "0" * 16},
        library={"path": "nowhere", "contents": "none", "articles": 60},
        settings={"model": "quick"},
        questions=count,
        protocols=protocols,
        started="2025-01-01T00:00:00+00:00",
    )


def write_run(
    folder: Path, records: Sequence[RunRecord], *, protocols: tuple[str, ...] = (), name: str = "made up"
) -> Path:
    """A run of these records, as `collect` would leave it."""
    begin(folder, facts(len(records), protocols=protocols, name=name), resume=True)
    journal = Journal(folder)
    for record in records:
        journal.append(record)
    journal.close()
    return folder


def timeless(record: RunRecord) -> RunRecord:
    """A record without what differs between two runs of the same thing: its times."""
    return replace(record, seconds=0.0, timings_ms={})


def assert_gold_stands(suite: Suite) -> None:
    """Every gold span with offsets is inside its article and holds its own text."""
    assert suite.articles is not None
    texts = {record.id: record.text for record in suite.articles()}
    for question in suite.questions:
        for span in question.gold:
            if span.end is not None:
                assert texts[span.article][span.start : span.end] == span.text
