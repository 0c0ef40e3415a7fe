"""Which questions want yes or no? Made from the training sentences: "The bridge was reopened" asks "Was the bridge
reopened?", and the words that decide it are the answer's place.
"""

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from evals.reader_training.questions import Pieces, TokenText, TrainingQuestion

SOURCE = "yes_no"
_AUXILIARIES = frozenset("is are was were will would can could should has have had did does".split())
# "has the right to" owns; "has reopened the bridge" is what can be asked so.
_HAVE = frozenset({"has", "have", "had"})
# A sentence that begins so has its subject elsewhere, or one that means nothing outside its paragraph.
_NO_SUBJECT = frozenset(
    "if when while as in on at after before although though because for by with this it there he she they these those "
    "what how that i we you his her its their one some many most such to from during since under both all".split()
)
_NOT_AT_ITS_END = frozenset("who which that where of in on at for by and or to with when as than".split())
_ENDS_CLAUSE = re.compile(r"[,;:()\[\]“”\"–—]|\b(?:which|who|because|but|while|although|whereas|when|where)\b")
_NEGATION = re.compile(r"\b(?:not|never) ")
_OBJECT = re.compile(r"(?:the|a|an|his|her|its|their|all|more|about|at|[A-Z0-9])")
_SUBJECT_WORDS, _PREDICATE_WORDS = 7, 14


def yes_no(passages: Iterable[TokenText], pieces: Pieces, *, count: int, seed: int) -> Iterator[TrainingQuestion]:
    """Up to `count` questions, at most one a sentence, in random order."""
    kept = list(passages)
    words = Counter(word for passage in kept for word in re.findall(r"[A-Za-z]+", passage.text))
    found: list[tuple[TokenText, str, int, int]] = []
    for passage in kept:
        for first, last in passage.sentences:
            start, end = passage.offsets[first][0], passage.offsets[last - 1][1]
            asked = inverted(passage.text[start:end], words)
            if asked:
                found.append((passage, asked[0], start + asked[1], start + asked[2]))
    random.Random(seed).shuffle(found)
    for passage, question, start, end in found[:count]:
        covered = passage.pieces(start, end)
        if covered:
            yield TrainingQuestion(SOURCE, question, pieces.ids(question), passage, covered, (passage.text[start:end],))


def inverted(sentence: str, words: Counter[str]) -> tuple[str, int, int] | None:
    """(question, start, end of the deciding words) of a statement with a plain subject; None for all others.

    `words` counts the language's words as they are written: "attack" is one, "attacke" is not, "moisture" is no name.
    """
    tokens = [(match.group(), match.start()) for match in re.finditer(r"\S+", sentence)]
    for place, (token, start) in enumerate(tokens[1 : _SUBJECT_WORDS + 1], start=1):
        auxiliary = token in _AUXILIARIES
        after = tokens[place + 1][0] if place + 1 < len(tokens) else ""
        stem = None if auxiliary else _stem(token, words)
        if not auxiliary and not (stem and _OBJECT.match(after)):
            continue
        if token in _HAVE and _OBJECT.match(after):
            return None
        subject = sentence[:start].rstrip()
        if _ENDS_CLAUSE.search(subject) or subject.split()[0].lower() in _NO_SUBJECT:
            return None
        if subject.split()[-1].lower() in _NOT_AT_ITS_END:
            return None
        rest = sentence[start + len(token) :]
        stop = _ENDS_CLAUSE.search(rest)
        clause = rest[: stop.start()] if stop else rest
        clause = clause.rstrip().rstrip(".!?…").rstrip()
        if not 2 <= len(clause.split()) <= _PREDICATE_WORDS:
            return None
        asked = _NEGATION.sub("", clause.strip() + " ", count=1).strip()
        lead = token.capitalize() if auxiliary else "Did"
        said = asked if auxiliary else f"{stem} {asked}"
        question = " ".join(f"{lead} {_inside(subject, words)} {said}?".split())
        return question, start, start + len(token) + len(clause)
    return None


def _inside(subject: str, words: Counter[str]) -> str:
    """The subject where it no longer begins the sentence."""
    first, gap, others = subject.partition(" ")
    return f"{first.lower()}{gap}{others}" if words[first.lower()] else subject


def _stem(word: str, words: Counter[str]) -> str | None:
    """The infinitive of a regular past tense."""
    if not re.fullmatch(r"[a-z]{3,}ed", word):
        return None
    stems = [word[:-2], word[:-1], *([word[:-3]] if word[-3] == word[-4] else []), word[:-3] + "y"]
    best = max(stems, key=lambda stem: words[stem])
    return best if words[best] else None
