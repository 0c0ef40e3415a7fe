"""How many edited copies of an article join its copy group, and how many strangers do?

    python -m evals.measure_copies                            # the sample newsroom
    python -m evals.measure_copies --more SQUAD.json          # further articles on shared topics, in SQuAD's format

Every article is edited in the ways of newsrooms (EDITS). Beside the edits stand the other articles on the same stories
and follow-ups: a story of its own that repeats 15 to 35 % of another as background. These are no copies.
"""

import argparse
import json
import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from zlib import crc32

from evals.newsroom import ARTICLES
from index import read
from index.copies import CopyFinder
from index.records import Record

_WORD = re.compile(r"\w+(?:[.,’'-]\w+)*")
# The Lantern prints two agency reports with cuts and changes, the Courant one of them: each pair is one story by birth.
_SAME = {
    "ostrey-lantern/2025-04-16-hosepipe-ban.md": "cpa-250415-reservoir",
    "ostrey-lantern/2025-04-29-farra-bank.md": "verrin-courant/farra-bank-permit.html",
}
# Resamples for an interval: the 2.5th percentile of 1,000 is stable to about .002 here.
_RESAMPLES = 1_000


@dataclass(frozen=True, slots=True)
class Item:
    """A text to be grouped: `origin` is the article that it is a copy of (itself for an article)."""

    name: str
    origin: str
    edit: str
    text: str


def cut(text: str, keep: float) -> str:
    """The first paragraphs, up to a share of the characters."""
    kept: list[str] = []
    for paragraph in text.split("\n\n"):
        if kept and sum(map(len, kept)) + len(paragraph) > keep * len(text):
            break
        kept.append(paragraph)
    return "\n\n".join(kept)


def reworded(text: str, share: float, pool: Sequence[str], chance: random.Random) -> str:
    """A share of the words, evenly spread, exchanged for others: an editor's changes stand together and break less."""
    places = list(_WORD.finditer(text))
    chosen = {places[n].start() for n in chance.sample(range(len(places)), round(share * len(places)))}
    return _WORD.sub(lambda match: chance.choice(pool) if match.start() in chosen else match[0], text)


def new_lead(text: str, pool: Sequence[str], chance: random.Random) -> str:
    """The first paragraph exchanged for other words, as many and at least 25."""
    first, *rest = text.split("\n\n")
    return "\n\n".join([" ".join(chance.choices(pool, k=max(25, len(first.split())))), *rest])


def new_figure(text: str, chance: random.Random) -> str:
    """One number changed: the copy that is news of its own."""
    figures = list(re.finditer(r"\d+", text))
    if not figures:
        return text
    figure = chance.choice(figures)
    return f"{text[: figure.start()]}{int(figure[0]) + chance.randrange(1, 9)}{text[figure.end() :]}"


EDITS: dict[str, Callable[[str, Sequence[str], random.Random], str]] = {
    "cut to 70 %": lambda text, pool, chance: cut(text, 0.7),
    "cut to 40 %": lambda text, pool, chance: cut(text, 0.4),
    "reworded 10 %": lambda text, pool, chance: reworded(text, 0.1, pool, chance),
    "reworded 20 %": lambda text, pool, chance: reworded(text, 0.2, pool, chance),
    "new lead": lambda text, pool, chance: new_lead(text, pool, chance),
    "new headline": lambda text, pool, chance: f"{' '.join(chance.choices(pool, k=10))}\n\n{text}",
    "one figure": lambda text, pool, chance: new_figure(text, chance),
    "cut to 50 %, reworded 20 %": lambda text, pool, chance: reworded(cut(text, 0.5), 0.2, pool, chance),
    "new lead, reworded 20 %": lambda text, pool, chance: new_lead(reworded(text, 0.2, pool, chance), pool, chance),
    "new lead, cut to 60 %, reworded 10 %": lambda text, pool, chance: new_lead(
        reworded(cut(text, 0.6), 0.1, pool, chance), pool, chance
    ),
}


def follow_up(text: str, background: str, chance: random.Random) -> str | None:
    """An article of which 15 to 35 % repeat the last paragraphs of another, at most half of that; None where none fit.

    One that holds most of another article carries it, and belongs to its copies.
    """
    paragraphs = background.split("\n\n")
    for count in range(1, len(paragraphs)):
        repeated = "\n\n".join(paragraphs[-count:])
        share = len(repeated) / (len(repeated) + len(text))
        if share > 0.35 or len(repeated) > 0.5 * len(background):
            break
        if 0.15 <= share <= 0.35:
            return f"{text}\n\n{repeated}"
    return None


def articles(more: Path | None) -> dict[str, str]:
    """Name -> text of every article."""
    found = {}
    for source in read(ARTICLES):
        for item in source.records():
            if isinstance(item, Record):
                found[item.id or source.key] = item.text
    if more is not None:
        for document in json.loads(more.read_text())["data"]:
            contexts = [paragraph["context"] for paragraph in document["paragraphs"]]
            for begin in range(0, len(contexts) - 3, 4):
                found[f"{document['title']}:{begin}"] = "\n\n".join(contexts[begin : begin + 4])
    return found


def items(texts: dict[str, str], chance: random.Random) -> Iterator[Item]:
    """Articles, their edits, and the follow-ups that are no copies of anything."""
    pool = sorted({word for text in texts.values() for word in _WORD.findall(text) if word.islower() and len(word) > 3})
    names = sorted(texts)
    for name in names:
        origin = _SAME.get(name, name)
        yield Item(name, origin, "", texts[name])
        for edit, make in EDITS.items():
            yield Item(f"{name} ({edit})", origin, edit, make(texts[name], pool, chance))
        other = chance.choice([other for other in names if other != name])
        if (made := follow_up(reworded(texts[other], 0.9, pool, chance), texts[name], chance)) is not None:
            yield Item(f"{name} (follow-up)", f"{name} (follow-up)", "follow-up", made)


def grouped(found: Sequence[Item]) -> dict[str, str]:
    """Name -> group after all were added in this order; an article without copies is a group of its own."""
    finder = CopyFinder()
    groups = {item.name: item.name for item in found}
    for item in found:
        groups.update(finder.join(item.name, CopyFinder.signature(item.text)))
    return groups


def rates(found: Sequence[Item], groups: dict[str, str], origins: Sequence[str]) -> tuple[float, float]:
    """(recall, precision) over the pairs of texts in which one is made from an article in `origins`."""
    by_origin: dict[str, list[Item]] = {}
    by_group: dict[str, list[Item]] = {}
    for item in found:
        by_origin.setdefault(item.origin, []).append(item)
        by_group.setdefault(groups[item.name], []).append(item)
    true = hit = claimed = 0
    for origin in origins:
        own = by_origin.get(origin, [])
        pairs = sum(groups[a.name] == groups[b.name] for a, b in combinations(own, 2))
        true, hit = true + len(own) * (len(own) - 1) // 2, hit + pairs
        strangers = sum(sum(other.origin != origin for other in by_group[groups[item.name]]) for item in own)
        # A pair of strangers has two origins and is counted at each.
        claimed += pairs + strangers
    return hit / max(true, 1), hit / max(claimed, 1)


def main() -> None:
    """Measure on the articles of each split and print one line for the log."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--more", type=Path, help="a file in SQuAD's format: four paragraphs make an article")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    texts = articles(options.more)
    for split, parity in (("dev", 0), ("test", 1)):
        chance = random.Random(options.seed)
        chosen = {name: text for name, text in texts.items() if crc32(_SAME.get(name, name).encode()) % 2 == parity}
        found = list(items(chosen, chance))
        chance.shuffle(found)
        begun = time.perf_counter()
        groups = grouped(found)
        seconds = time.perf_counter() - begun
        origins = sorted({item.origin for item in found})
        recall, precision = rates(found, groups, origins)
        samples = [rates(found, groups, chance.choices(origins, k=len(origins))) for _ in range(_RESAMPLES)]
        print(f"{split}: {len(chosen)} articles, {len(found)} texts, {1000 * seconds / len(found):.2f} ms a text")
        for name, value, column in (("recall", recall, 0), ("precision", precision, 1)):
            low, high = (sorted(sample[column] for sample in samples)[place] for place in (25, 974))
            print(f"  {name} over pairs {value:.4f} [{low:.4f}, {high:.4f}]")
        for edit in EDITS:
            kind = [item for item in found if item.edit == edit]
            home = {item.origin: groups[item.name] for item in found if not item.edit}
            joined = sum(groups[item.name] == home[item.origin] for item in kind)
            print(f"  {edit}: {joined} of {len(kind)} in the group of their article")
        apart = [item for item in found if item.edit == "follow-up"]
        alone = sum(groups[item.name] == item.name for item in apart)
        print(f"  follow-ups with 15 to 35 % repeated background: {alone} of {len(apart)} stay outside every group")


if __name__ == "__main__":
    main()
