"""Which questions does the reader learn from? SQuADShifts and QAMR, as tokens with the place of each answer."""

import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.reader_training.scenes import Scene
from index.sentences import sentences
from rag.reader.windows import TITLE_PIECES, heading_of

# The new Wikipedia set's first 32 articles train, the next 8 choose, the last 8 report (issue 4's splits).
TRAINING_ARTICLES = 32
# Annotators who share less than this much of their words did not understand the question alike.
LEAST_AGREEMENT = 0.3
SCENES = "scenes"


@dataclass(frozen=True, slots=True, eq=False)
class TokenText:
    """A paragraph as word-piece ids, with each piece's characters and each sentence's pieces (end-exclusive).

    `title` are the pieces of its article's title as the reader sees them before the paragraph; none where it has none.
    Other paragraphs of the same `story` may answer the same questions, in their way.
    """

    text: str
    ids: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]
    sentences: tuple[tuple[int, int], ...]
    title: tuple[int, ...] = ()
    story: str = ""

    def pieces(self, start: int, end: int) -> tuple[int, int] | None:
        """The range of pieces that covers text[start:end]; None when no piece does."""
        covered = [i for i, (left, right) in enumerate(self.offsets) if right > start and left < end]
        return (covered[0], covered[-1] + 1) if covered else None


@dataclass(frozen=True, slots=True, eq=False)
class TrainingQuestion:
    """A question, the paragraph that answers it, and the answer's pieces there. `answers` are all accepted texts.

    `span` None: the paragraph seems to answer it and does not. `silent`: paragraphs on the same event that do not.
    `told`: the pieces of a sentence of another report that answers, which is read after the question.
    """

    source: str
    question: str
    ids: tuple[int, ...]
    passage: TokenText
    span: tuple[int, int] | None
    answers: tuple[str, ...]
    silent: tuple[TokenText, ...] = ()
    told: tuple[int, ...] = ()


class Pieces:
    """The word pieces of the base model's tokenizer, never padded or truncated."""

    def __init__(self, tokenizer_path: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(tokenizer_path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def ids(self, text: str) -> tuple[int, ...]:
        """Ids without special tokens."""
        return tuple(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def said(self, ids: Sequence[int]) -> str:
        """The text of word pieces, as far as they keep it."""
        text: str = self._tokenizer.decode(list(ids))
        return text

    def text(self, text: str, title: str = "") -> TokenText:
        """A paragraph with its sentences."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        offsets = tuple((int(left), int(right)) for left, right in encoding.offsets)
        bounds = []
        for start, end in sentences(text):
            covered = [i for i, (left, right) in enumerate(offsets) if left >= start and right <= end]
            if covered:
                bounds.append((covered[0], covered[-1] + 1))
        heading = self.ids(heading_of(title, text))[:TITLE_PIECES]
        return TokenText(text, tuple(encoding.ids), offsets, tuple(bounds) or ((0, len(offsets)),), heading)


def squad_articles(path: Path) -> list[dict[str, Any]]:
    """The `data` list of a file in SQuAD's format, in file order."""
    articles: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["data"]
    return articles


def squadshifts(
    articles: Iterable[dict[str, Any]], source: str, pieces: Pieces, *, titled: bool = False
) -> Iterator[TrainingQuestion]:
    """One question each, pointing at the span on which its annotators agree best. `titled`: its articles have titles
    that say something.
    """
    for article in articles:
        title = article["title"].replace("_", " ") if titled else ""
        for paragraph in article["paragraphs"]:
            passage = pieces.text(paragraph["context"], title)
            for entry in paragraph["qas"]:
                spans = [(a["answer_start"], a["answer_start"] + len(a["text"])) for a in entry["answers"] if a["text"]]
                chosen = consensus(spans)
                covered = passage.pieces(*chosen) if chosen else None
                if covered:
                    answers = tuple(dict.fromkeys(a["text"] for a in entry["answers"]))
                    question = " ".join(entry["question"].split())
                    yield TrainingQuestion(source, question, pieces.ids(question), passage, covered, answers)


def consensus(spans: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """The span that overlaps the others best (mean F1 over characters, the shorter on a tie); None: no agreement."""
    if not spans:
        return None

    def overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
        shared = min(a[1], b[1]) - max(a[0], b[0])
        return max(0.0, 2 * shared / (a[1] - a[0] + b[1] - b[0]))

    def agreement(index: int) -> float:
        others = [overlap(spans[index], other) for i, other in enumerate(spans) if i != index]
        return sum(others) / len(others) if others else 1.0

    best = max(range(len(spans)), key=lambda i: (agreement(i), spans[i][0] - spans[i][1]))
    return spans[best] if agreement(best) >= LEAST_AGREEMENT else None


# How the Penn Treebank writes brackets and quotes.
_PLAIN = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}", "``": '"', "''": '"'}
_NO_SPACE_BEFORE = set(".,;:!?)]}%") | {"n't", "'s", "'re", "'ve", "'ll", "'d", "'m", "'", "..."}
_NO_SPACE_AFTER = set("([{$£€#")


def plain_text(tokens: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """A sentence as it was printed, and where each token stands in it."""
    text = ""
    places: list[tuple[int, int]] = []
    glued = True
    open_quote = False
    for token in tokens:
        word = _PLAIN.get(token, token).replace("\\/", "/")
        closing = word == '"' and open_quote
        if not (glued or closing or word in _NO_SPACE_BEFORE):
            text += " "
        places.append((len(text), len(text) + len(word)))
        text += word
        opening = word == '"' and not open_quote
        if word == '"':
            open_quote = not open_quote
        glued = word in _NO_SPACE_AFTER or opening
    return text, places


def qamr(files: Sequence[Path], sentences_path: Path, pieces: Pieces, seed: int) -> Iterator[TrainingQuestion]:
    """Questions over single sentences. Half of the sentences stand among others of their kind, so that the right one
    has to be found; the answer is the span on which writer and validators agree.
    """
    chooser = random.Random(seed)
    plain: dict[str, tuple[str, list[tuple[int, int]]]] = {}
    for line in sentences_path.read_text(encoding="utf-8").splitlines():
        name, _, tokens = line.partition("\t")
        plain[name] = plain_text(tokens.split())
    kinds: dict[str, list[str]] = {}
    for name in plain:
        kinds.setdefault(name.split(":")[1], []).append(name)
    passages: dict[str, tuple[TokenText, int]] = {}
    for name, (text, _) in plain.items():
        before, after = "", ""
        if chooser.random() < 0.5:
            others = [
                plain[n][0] for n in chooser.sample(kinds[name.split(":")[1]], chooser.choice((1, 2))) if n != name
            ]
            cut = chooser.randint(0, len(others))
            before, after = " ".join(others[:cut]), " ".join(others[cut:])
        shift = len(before) + 1 if before else 0
        passages[name] = (pieces.text(f"{before} {text} {after}".strip()), shift)
    seen: set[tuple[str, str]] = set()
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = line.split("\t")
            name, question = row[0], " ".join(row[5].split())
            # "What kind of purpose?" asks nothing that a person would.
            if name not in plain or (name, question) in seen or question.count(" ") < 3:
                continue
            seen.add((name, question))
            text, places = plain[name]
            if not _speaks_of(text, question):
                continue
            spans = [span for span in map(_contiguous, [row[6], *(v.partition(":")[2] for v in row[7:9])]) if span]
            spans = [span for span in spans if span[1] <= len(places)]
            chosen = consensus(spans) if len(spans) > 1 else None
            if chosen is None:
                continue
            passage, shift = passages[name]
            covered = passage.pieces(shift + places[chosen[0]][0], shift + places[chosen[1] - 1][1])
            if covered:
                answers = tuple(dict.fromkeys(text[places[a][0] : places[b - 1][1]] for a, b in spans))
                source = f"qamr_{name.split(':')[1]}"
                yield TrainingQuestion(source, question, pieces.ids(question), passage, covered, answers)


def staged(scenes: Iterable[Scene], pieces: Pieces) -> Iterator[TrainingQuestion]:
    """The questions of invented passages, those that their passage does not answer among them."""
    for scene in scenes:
        passage = pieces.text(scene.text)
        for entry in scene.questions:
            covered = passage.pieces(*entry.span) if entry.span else None
            answers = (scene.text[slice(*entry.span)],) if entry.span else ()
            yield TrainingQuestion(SCENES, entry.question, pieces.ids(entry.question), passage, covered, answers)


def _speaks_of(text: str, question: str) -> bool:
    """Whether they share a word of five letters: "What does it have?" could be asked of any sentence."""
    lowered = text.lower()
    return any(len(word) > 4 and word in lowered for word in question.lower().strip("?").split()[1:])


def _contiguous(indices: str) -> tuple[int, int] | None:
    """The token range of a QAMR answer; None when it is no answer or has a hole of more than one token."""
    numbers = sorted(int(part) for part in indices.split() if part.isdigit())
    if not numbers or numbers[-1] - numbers[0] + 1 > len(numbers) + 1:
        return None
    return numbers[0], numbers[-1] + 1


def by_source(questions: Iterable[TrainingQuestion]) -> dict[str, list[TrainingQuestion]]:
    """Questions under the name of their source, in order."""
    grouped: dict[str, list[TrainingQuestion]] = {}
    for question in questions:
        grouped.setdefault(question.source, []).append(question)
    return grouped


def counts(questions: Iterable[TrainingQuestion]) -> Counter[str]:
    """How many questions each source gives."""
    return Counter(question.source for question in questions)
