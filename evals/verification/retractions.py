"""Is what a text itself takes back held to be unsupported? Texts and claims of retractions.jsonl, written by hand.

The test half was written before the rules for claims, and read three times (evals/LOG.md). Some texts only look as if
they took something back.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rag.verify import support

RETRACTIONS = Path(__file__).parent / "retractions.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Retraction:
    """A text, and a claim that it carries (`true`) or takes back."""

    split: str
    text: str
    claim: str
    true: bool


def retractions(split: str) -> Iterator[Retraction]:
    """Those of one half, in the file's order."""
    for line in RETRACTIONS.read_text(encoding="utf-8").splitlines():
        row = Retraction(**json.loads(line))
        if row.split == split:
            yield row


def held(one: Retraction) -> bool:
    """Is the claim held to be supported by its text?"""
    return support(one.claim, one.text)[1].supported
