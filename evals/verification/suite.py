"""Which claims is the verifier measured on? True and false ones of each kind, rule-made and hand-written."""

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from evals.verification import corrupt, corrupt_values, invent, paraphrase
from evals.verification.articles import Piece, pieces, statements

# The second file came later: its test half was written before the rules were changed for the dev half, and read once.
HANDWRITTEN = {
    "hand": Path(__file__).parent / "handwritten.jsonl",
    "hand, second": Path(__file__).parent / "handwritten_second.jsonl",
}
TRUE_KINDS = ("verbatim", "paraphrase", "two_sentences")
RULED = ("number", "unit", "date", "name", "negated", "speaker", "invented", "elsewhere")
# Written by hand only: doer and object exchanged, some said as all or planned as done, another place.
SUBTLE = ("roles", "scope", "place")
FALSE_KINDS = (*RULED, *SUBTLE)
# Enough for an interval of about two points either side of .98 without measuring one sentence too often.
MOST = 300
SEED = 20250607


@dataclass(frozen=True, slots=True)
class Case:
    """A claim that is checked against one article: `true` says whether the article carries it, `made` by what rule."""

    article: str
    split: str
    kind: str
    true: bool
    claim: str
    made: str


def cases(split: str) -> list[Case]:
    """The claims of one split, the same for every run: hand-written ones whole, rule-made ones up to MOST a kind."""
    articles = [piece for piece in pieces() if piece.split == split]
    written = list(_handwritten(split))
    found = list(written)
    for kind in (*TRUE_KINDS, *RULED):
        random = Random(f"{SEED} {split} {kind}")
        made = list(dict.fromkeys(_made(kind, articles, random)))
        random.shuffle(made)
        found.extend(made[:MOST])
    return found


def _handwritten(split: str) -> Iterator[Case]:
    sides = {piece.key: piece.split for piece in pieces()}
    for made, path in HANDWRITTEN.items():
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if sides[row["article"]] == split:
                yield Case(row["article"], split, row["kind"], row["kind"] in TRUE_KINDS, row["claim"], made)


def _made(kind: str, articles: list[Piece], random: Random) -> Iterator[Case]:
    for piece in articles:
        found = statements(piece)
        if kind == "verbatim":
            yield from (Case(piece.key, piece.split, kind, True, sentence, "rule") for sentence in found)
        elif kind == "paraphrase":
            for sentence in found:
                options = paraphrase.paraphrases(sentence, piece.published, random)
                for name, claim in random.sample(options, min(2, len(options))):
                    yield Case(piece.key, piece.split, kind, True, claim, name)
        elif kind == "two_sentences":
            for first, second in itertools.pairwise(found):
                adjacent = f"{first} {second}" in " ".join(piece.text.split())
                joined = paraphrase.joined(first, second, random, corrupt.people(found)) if adjacent else None
                if joined:
                    yield Case(piece.key, piece.split, kind, True, joined, "rule")
        elif kind == "elsewhere":
            yield from _elsewhere(piece, articles, random)
        elif kind == "invented":
            names = corrupt.people(found)
            for _ in range(6):
                yield Case(piece.key, piece.split, kind, False, invent.whole(names, random), "whole")
            for sentence in random.sample(found, min(6, len(found))):
                extended = invent.extended(sentence, random)
                if extended:
                    yield Case(piece.key, piece.split, kind, False, extended, "ending")
        else:
            yield from _corrupted(kind, piece, found, random)


def _corrupted(kind: str, piece: Piece, found: list[str], random: Random) -> Iterator[Case]:
    rule = {
        "number": corrupt_values.number,
        "unit": corrupt_values.unit,
        "date": corrupt_values.moved_date,
        "name": corrupt.name,
        "negated": corrupt.negated,
        "speaker": corrupt.speaker,
    }[kind]
    others = corrupt_values.numbers(found) if kind == "number" else corrupt.people(found)
    plain = " ".join(piece.text.split())
    for place, sentence in enumerate(found):
        if kind == "speaker":
            # Whoever "she" or "the agency" is has been named before: only later names are certainly someone else.
            said = " ".join(found[: place + 1])
            others = [name for name in corrupt.people(found) if not any(word in said for word in name.split())]
        options = paraphrase.paraphrases(sentence, piece.published, random)
        bases = [("verbatim", sentence), *random.sample(options, min(4 if kind == "speaker" else 2, len(options)))]
        for name, base in bases:
            for _ in range(14 if kind == "speaker" else 2 if kind in {"unit", "date"} else 1):
                claim = rule(base, random, others)
                if claim and claim not in plain and claim != base:
                    yield Case(piece.key, piece.split, kind, False, claim, name)


def _elsewhere(piece: Piece, articles: list[Piece], random: Random) -> Iterator[Case]:
    """True sentences of other stories that name somebody; articles which share a name with this one are left out."""
    here = set(corrupt.people(statements(piece)))
    strangers = [
        other for other in articles if len(here & set(corrupt.people(statements(other)))) <= 2 and other is not piece
    ]
    pool = [
        sentence
        for other in strangers
        for sentence in statements(other)
        if corrupt.named(sentence) and len(sentence.split()) > 8
    ]
    for sentence in random.sample(pool, min(9, len(pool))):
        options = paraphrase.paraphrases(sentence, piece.published, random)
        claim = random.choice([sentence, *(text for _, text in options)])
        yield Case(piece.key, piece.split, "elsewhere", False, claim, "rule")
