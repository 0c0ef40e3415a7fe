"""Which questions do the small models learn on that compare reports, and what does each article say to them?

The events that the reader was not trained on, and the differing reports of the sample newsroom's dev half and Tavelin.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.other_newsrooms import TAVELIN
from evals.times import DIFFERING
from evals.times.differing import candidate, disputed
from index.library import Library
from index.reading import read
from index.records import Passage
from index.sentences import sentence_at
from rag.answerers.local import FURTHER_READ
from rag.assistant import FURTHER, Assistant
from rag.events import of_event
from rag.likeness import form_of, same_answer
from rag.reader.comparer import Compares
from rag.reader.judge import Judge
from rag.reader.kinds import kind_of
from rag.reader.model import Reader
from rag.records import PASSAGES, Evidence, Finding, Span

NEWSROOMS = {
    "sample": (Path(__file__).parent / "newsroom" / "articles", DIFFERING),
    "tavelin": (TAVELIN / "articles.jsonl", TAVELIN / "differing.jsonl"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question of an event, and what each article says to it (article id to (start, end) in its text): none of them
    anything where its kind is "no".
    """

    story: str
    kind: str
    question: str
    told: Mapping[str, tuple[int, int]]

    def is_told(self, article: str, start: int, end: int) -> bool:
        """Does the article answer in text[start:end] or in a part of it?"""
        place = self.told.get(article)
        return place is not None and start < place[1] and place[0] < end


def library_of(paths: Iterable[Path], folder: Path) -> tuple[Library, list[Asked]]:
    """The reports of the events as a library, and the questions about them."""
    questions: list[Asked] = []
    records = folder / "reports.jsonl"
    with records.open("w", encoding="utf-8") as out:
        for path in paths:
            for line in path.read_text(encoding="utf-8").splitlines():
                event = json.loads(line)
                names = [f"{path.stem}-{event['story']}-{number}" for number in range(len(event["reports"]))]
                for name, report in zip(names, event["reports"], strict=True):
                    out.write(json.dumps({"id": name, **report}, ensure_ascii=False) + "\n")
                questions += list(_questions(f"{path.stem} {event['story']}", event, names))
    library = Library.open(folder / "library")
    library.add(read(str(records)))
    return library, questions


def _questions(story: str, event: Mapping[str, Any], names: Sequence[str]) -> Iterator[Asked]:
    for fact in event["facts"]:
        told = {}
        for name, report, answer in zip(names, event["reports"], fact["a"], strict=True):
            if answer:
                quote = answer.get("quote", answer["text"])
                start = report["text"].index(quote) + quote.index(answer["text"])
                told[name] = (start, start + len(answer["text"]))
        for wording in fact["q"]:
            yield Asked(story=story, kind=fact["kind"], question=wording, told=told)
    for wording in event["no"]:
        yield Asked(story=story, kind="no", question=wording, told={})


def sampled(questions: Sequence[Asked]) -> list[Asked]:
    """One of the three wordings of each fact, and every third question that nothing answers."""
    return [asked for number, asked in enumerate(questions) if number % 3 == number // 3 % 3]


def disputes(library: Library, suite: Path) -> Iterator[Asked]:
    """The dev questions of a differing suite. Where its articles agree, whatever says something else is no version."""
    for question in disputed(suite):
        if question.split != "dev":
            continue
        told: dict[str, tuple[int, int]] = {}
        candidates = [candidate(library, one) for one in question.told]
        form = form_of(question.question, candidates[0].answer)
        for one in candidates:
            if len(question.sides) > 1 or same_answer(candidates[0].answer, one.answer, form):
                start = one.passage.start + (one.start or 0)
                told[one.passage.article_id] = (start, start + len(one.answer))
        kind = "differ" if len(question.sides) > 1 else "agree"
        yield Asked(story=f"{suite.parent.name} {question.id}", kind=kind, question=question.question, told=told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A question with the passages that were read for it, the judge's first candidate, and how sure the judge is."""

    asked: Asked
    shown: tuple[Passage, ...]
    finding: Finding
    confidence: float

    @property
    def known(self) -> Passage:
        """The passage that the finding is taken from."""
        return self.shown[self.finding.evidence[0].passage]

    @property
    def right(self) -> bool:
        """Does the finding stand where its article answers?"""
        place = self.finding.evidence[0].spans[0]
        return self.asked.is_told(self.known.article_id, place.start, place.end)


def answered(
    assistant: Assistant, questions: Iterable[Asked], reader: Reader, judge: Judge, comparer: Compares
) -> Iterator[Answered]:
    """The questions for one thing that reports tell, answered by the judge's first candidate, however unsure it is."""
    for asked in questions:
        if not asked.told or kind_of(asked.question) != "span":
            continue
        shown = assistant.retrieve(asked.question)
        readings = reader.read(asked.question, [p.text for p in shown], [p.title for p in shown])
        judged = judge.judge(asked.question, shown, readings, comparer)
        for best in judged.candidates[:1]:
            evidence = (Evidence(passage=best.passage, spans=(Span(best.start, best.end),)),)
            finding = Finding(text=best.text, answer=best.text, evidence=evidence, confidence=judged.confidence)
            yield Answered(asked=asked, shown=shown, finding=finding, confidence=judged.confidence)


def further(library: Library, assistant: Assistant, answer: Answered) -> list[tuple[int, Passage]]:
    """The passages of the finding's event that a second search brings, as the assistant has them, and where they stood
    behind those that were read.
    """
    known, read = answer.known, {passage.chunk_id for passage in answer.shown}
    first, last = sentence_at(known.text, answer.finding.evidence[0].spans[0].start - known.start)
    found = assistant.retrieve(f"{known.title}. {known.text[first:last]}", k=FURTHER)
    beyond = [passage for passage in found if passage.chunk_id not in read]
    near = of_event(answer.asked.question, known, beyond, texts=whole(library, [known, *beyond]))
    return [(PASSAGES + number, beyond[number]) for number in near[:FURTHER_READ]]


def whole(library: Library, passages: Sequence[Passage]) -> dict[str, str]:
    """The articles that passages come from, by id."""
    return {one.article_id: library.article(one.article_id, version=one.version).text for one in passages}
