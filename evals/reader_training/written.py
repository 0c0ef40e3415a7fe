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

STORIES, EVENTS = "stories", "events"
FOLDER = Path(__file__).parent
# Not trained on: weights are chosen by them.
CHOOSING = {
    STORIES: (FOLDER / STORIES / "mountains.jsonl",),
    EVENTS: (FOLDER / EVENTS / "cordillera.jsonl", FOLDER / EVENTS / "metropolis.jsonl"),
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
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            event = json.loads(line)
            story = f"{path.stem} {event['story']}"
            passages = [
                replace(pieces.text(report["text"], report["title"]), story=story) for report in event["reports"]
            ]
            for fact in event["facts"]:
                yield from _told(fact, passages, pieces)
            for wording in event["no"]:
                question = " ".join(wording.split())
                for passage in passages:
                    yield TrainingQuestion(EVENTS, question, pieces.ids(question), passage, None, ())


def _told(fact: Mapping[str, Any], passages: Sequence[TokenText], pieces: Pieces) -> Iterator[TrainingQuestion]:
    silent = tuple(passage for passage, told in zip(passages, fact["a"], strict=True) if told is None)
    answers = tuple(dict.fromkeys(told["text"] for told in fact["a"] if told))
    for wording in fact["q"]:
        question = " ".join(wording.split())
        for passage, told in zip(passages, fact["a"], strict=True):
            if told is None:
                continue
            quote = told.get("quote", told["text"])
            start = passage.text.index(quote) + quote.index(told["text"])
            covered = passage.pieces(start, start + len(told["text"]))
            if covered:
                yield TrainingQuestion(EVENTS, question, pieces.ids(question), passage, covered, answers, silent)
