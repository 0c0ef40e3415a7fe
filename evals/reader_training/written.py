"""What does the reader learn from the written stories? Each fact in three wordings, and questions that nobody answers.

`stories/*.jsonl` were written for this: invented news, three articles a story, and for each fact a question near its
words, one in everyday others and one that describes instead of naming. Format in evals/reader_training/README.md.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from evals.reader_training.questions import Pieces, TrainingQuestion

STORIES = "stories"
FOLDER = Path(__file__).parent / "stories"
# Not trained on: weights are chosen by it.
CHOOSING = FOLDER / "mountains.jsonl"


def training_files() -> list[Path]:
    """All but the file that is kept for choosing."""
    return [path for path in sorted(FOLDER.glob("*.jsonl")) if path != CHOOSING]


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
