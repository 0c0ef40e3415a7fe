"""What does the reader learn from the written news? Each fact in three wordings, and questions that nobody answers.

`stories/*.jsonl` were written for this: invented news, three articles a story, and for each fact a question near its
words, one in everyday others and one that describes instead of naming. `events/*.jsonl` have three reports of each
event, and what each of them says to one question: its own figure, the same, or nothing. Formats in
evals/reader_training/README.md.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from evals.reader_training.questions import Pieces, TokenText, TrainingQuestion

STORIES, EVENTS, TOLD = "stories", "events", "told"
FOLDER = Path(__file__).parent
# Not trained on: weights are chosen by them.
CHOOSING = {
    STORIES: (FOLDER / STORIES / "mountains.jsonl",),
    EVENTS: tuple(FOLDER / EVENTS / f"{name}.jsonl" for name in ("cordillera", "metropolis", "oasis", "tundra")),
}


def training_files(kind: str) -> list[Path]:
    """All files of STORIES or EVENTS but those that are kept for choosing."""
    return [path for path in sorted((FOLDER / kind).glob("*.jsonl")) if path not in CHOOSING[kind]]


def stories(paths: Iterable[Path], pieces: Pieces) -> Iterator[TrainingQuestion]:
    """The questions of each article, those that its story does not answer among them."""
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            article = json.loads(line)
            text = article["text"]
            passage = replace(pieces.text(text, article["title"]), story=f"{path.stem} {article['story']}")
            for fact in article["qa"]:
                quote = fact.get("s") or fact["a"]
                start = text.index(quote) + quote.index(fact["a"])
                covered = passage.pieces(start, start + len(fact["a"]))
                for wording in fact["q"] if covered else ():
                    question = " ".join(wording.split())
                    yield TrainingQuestion(STORIES, question, pieces.ids(question), passage, covered, (fact["a"],))
            for wording in article["no"]:
                question = " ".join(wording.split())
                yield TrainingQuestion(STORIES, question, pieces.ids(question), passage, None, ())


def events(paths: Iterable[Path], pieces: Pieces) -> Iterator[TrainingQuestion]:
    """Each question before each report that answers it, with the event's other reports that do not; where none of them
    does, before each report.
    """
    for event, passages in _events(paths, pieces):
        for fact in event["facts"]:
            yield from _answered(fact, passages, pieces)
        for wording in event["no"]:
            question = " ".join(wording.split())
            for passage in passages:
                yield TrainingQuestion(EVENTS, question, pieces.ids(question), passage, None, ())


def told(paths: Iterable[Path], pieces: Pieces) -> Iterator[TrainingQuestion]:
    """Each question with the sentence in which one report answers it, before each of the event's other reports: what
    does this one say in its place, if anything? One of the reports that answer is the known one, in turn; every second
    report that says nothing is left out.
    """
    turn = 0
    for event, passages in _events(paths, pieces):
        for fact in event["facts"]:
            answered = list(_answered({**fact, "q": fact["q"][:1]}, passages, pieces))
            silent = tuple(passage for passage, answer in zip(passages, fact["a"], strict=True) if answer is None)
            for wording in fact["q"]:
                question = " ".join(wording.split())
                ids = pieces.ids(question)
                for passage in passages:
                    known = [one for one in answered if one.passage is not passage]
                    if not known:
                        continue
                    turn += 1
                    sentence = _sentence(known[turn % len(known)])
                    own = next((one for one in answered if one.passage is passage), None)
                    if own is not None:
                        yield replace(own, source=TOLD, question=question, ids=ids, silent=silent, told=sentence)
                    elif passage in silent and turn % 2:
                        yield TrainingQuestion(TOLD, question, ids, passage, None, (), told=sentence)


def _events(paths: Iterable[Path], pieces: Pieces) -> Iterator[tuple[Mapping[str, Any], list[TokenText]]]:
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            event = json.loads(line)
            story = f"{path.stem} {event['story']}"
            yield (
                event,
                [replace(pieces.text(report["text"], report["title"]), story=story) for report in event["reports"]],
            )


def _answered(fact: Mapping[str, Any], passages: Sequence[TokenText], pieces: Pieces) -> Iterator[TrainingQuestion]:
    silent = tuple(passage for passage, answer in zip(passages, fact["a"], strict=True) if answer is None)
    answers = tuple(dict.fromkeys(answer["text"] for answer in fact["a"] if answer))
    for wording in fact["q"]:
        question = " ".join(wording.split())
        for passage, answer in zip(passages, fact["a"], strict=True):
            if answer is None:
                continue
            quote = answer.get("quote", answer["text"])
            start = passage.text.index(quote) + quote.index(answer["text"])
            covered = passage.pieces(start, start + len(answer["text"]))
            if covered:
                yield TrainingQuestion(EVENTS, question, pieces.ids(question), passage, covered, answers, silent)


def _sentence(answered: TrainingQuestion) -> tuple[int, ...]:
    """The pieces of the sentence that holds the answer."""
    passage, span = answered.passage, answered.span
    assert span is not None
    start, end = next((a, b) for a, b in passage.sentences if a <= span[0] < b)
    return passage.ids[start:end]
