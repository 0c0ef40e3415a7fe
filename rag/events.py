"""Do two passages tell of the same event?"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from index.records import Passage
from index.sentences import sentences
from rag.english import FUNCTION, TITLES, fold, names, stem, words
from rag.likeness import MEASURED
from rag.measures import PAST_TO_BASE
from rag.moments import as_date, of_times

# Another article is about the same thing when it has this share of the question's own words, and shares a name or this
# share of its own words with the first. Chosen on the development half of evals/times/differing.jsonl.
_COVER = 0.5
_SAME_NAMES = 2  # less will do where the articles share further names
_OVERLAP = 0.25
_OVERLAP_UNNAMED = 0.15
_ASKED, _OVERLAP_NAMED = 0.5, 0.15  # or this share of the question's names, and these of the words, with one name
# The same words a year later tell of another event, unless they share names: an inquiry reports years after the wreck.
_DAYS_APART = 120
# What news calls by many names, as stems: without them "the toll reaches nine" would not be about "how many died".
_ALIKE_STEMS = (
    ("dead", "died", "die", "death", "kill", "liv", "toll", "fatality", "body", "coffin"),
    ("injur", "hurt", "wound", "injury", "hospital"),
    ("miss", "unaccount", "presum"),
    ("hom", "household", "hous"),
    ("electricity", "power"),
    ("cost", "price", "expensiv"),
    ("win", "elect", "victory"),
    ("catch", "infect", "ill"),
    ("arrest", "custody", "detain", "jail"),
)
_PUT_OFF = re.compile(r"\b(?:put|putting|puts) (?:off|back)\b", re.IGNORECASE)
_ALIKE = {stem: stems[0] for stems in _ALIKE_STEMS for stem in stems}
_CONTRASTED = {"dead", "injur", "miss"}  # heads of the groups above: a report counts all three in one sentence
# A name that two articles share counts as much as this share of their words, and no more than so many names count.
_NAME, MOST_NAMES = 0.02, 6
_GENERIC = {"peopl", "person", "many", "much", "long", "old", "did", "time", "year", "day", "new", "number"}
KEPT = 512  # whole articles whose words and names are remembered: questions come back to the same stories
NO_TEXTS: Mapping[str, str] = MappingProxyType({})


def same_event(question: str, one: Passage, other: Passage, *, texts: Mapping[str, str] = NO_TEXTS) -> bool:
    """True for copies of one story, for articles that share names beyond those of the question, and for articles near
    in time that share the question's words and more. `texts` are the whole texts of articles by id: without one, the
    passage has to speak for its article.
    """
    if one.article_id == other.article_id or (one.copy_group is not None and one.copy_group == other.copy_group):
        return True
    known = event_likeness(question, one, other, texts=texts)
    if known.names >= _SAME_NAMES or (known.names and known.asked_names >= _ASKED and known.overlap >= _OVERLAP_NAMED):
        return True
    if known.days > _DAYS_APART:
        return False
    told = [_told(passage, texts) for passage in (one, other)]
    stems = [article.stems for article in told]
    asked = _asked(question).stems - _GENERIC
    if len(asked & stems[1]) < _COVER * len(asked):
        return False
    # The very passage has to speak of the matter, not only its article of the event.
    matter = _matter(question)
    if matter and not matter & _stems(f"{other.title}. {other.text}"):
        return False
    asked_names, named = _asked(question).names, [article.names for article in told]
    shared = (stems[0] & stems[1]) - asked
    overlap = len(shared) / max(1, min(len(stems[0]), len(stems[1])))
    common = named[0] & named[1]
    if asked_names & named[0] and not asked_names & named[1]:  # told under another name, or of something else
        return bool(common) and overlap >= _OVERLAP_UNNAMED
    return bool(common) or overlap >= _OVERLAP


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What two articles share beyond the question: names, and the share of the shorter one's words (0 to 1); how many
    days lie between them; and which share of the question's names and words the other one has.
    """

    names: int
    overlap: float
    days: int
    asked_names: float
    asked_words: float

    @property
    def shared(self) -> float:
        """What the articles have in common: orders reports of one event by how much of it they tell alike."""
        return self.overlap + _NAME * min(MOST_NAMES, self.names)


def of_event(
    question: str, known: Passage, passages: Sequence[Passage], *, texts: Mapping[str, str] = NO_TEXTS
) -> list[int]:
    """The numbers of the passages that tell of the known one's event, those first whose articles share most with it."""
    likeness = {
        number: event_likeness(question, known, one, texts=texts).shared
        for number, one in enumerate(passages)
        if same_event(question, known, one, texts=texts)
    }
    return sorted(likeness, key=lambda number: -likeness[number])


def event_likeness(question: str, one: Passage, other: Passage, *, texts: Mapping[str, str] = NO_TEXTS) -> Likeness:
    """What speaks for two passages' telling of one event. `texts` as in `same_event`."""
    told = [_told(passage, texts) for passage in (one, other)]
    stems, named = [article.stems for article in told], [article.names for article in told]
    asked, asked_names = _asked(question).stems - _GENERIC, _asked(question).names
    shared = (stems[0] & stems[1]) - asked
    first, second = as_date(one.published), as_date(other.published)
    return Likeness(
        names=len((named[0] & named[1]) - asked_names),
        overlap=len(shared) / max(1, min(len(stems[0]), len(stems[1]))),
        days=abs(first - second).days if first and second else 0,
        asked_names=len(asked_names & named[1]) / max(1, len(asked_names)) if asked_names else 1.0,
        asked_words=len(asked & stems[1]) / max(1, len(asked)),
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """The stems and the words of names of a text."""

    stems: frozenset[str]
    names: frozenset[str]


def _told(passage: Passage, texts: Mapping[str, str]) -> _Told:
    return _article(passage.title, texts.get(passage.article_id, passage.text))


@lru_cache(maxsize=KEPT)
def _article(title: str, text: str) -> _Told:
    whole = f"{title}. {text}"
    return _Told(frozenset(_stems(whole)), frozenset(_name_words(whole)))


@lru_cache(maxsize=KEPT)
def _asked(question: str) -> _Told:
    return _Told(frozenset(_stems(question)), frozenset(_name_words(f"of {question}")))


def tells_of_others(question: str, text: str, place: int) -> bool:
    """Is the figure at `place` next to the dead, the hurt or the missing, where the question asks of others of them?"""
    asked = _stems(question) & _CONTRASTED
    if not asked:
        return False
    start, end = next(((a, b) for a, b in sentences(text) if place < b), (0, len(text)))
    told = [
        (abs(start + match.start() - place), group)
        for match in re.finditer(r"[\w’'-]+", text[start:end])
        for group in _stems(match.group()) & _CONTRASTED
    ]
    return bool(told) and min(told)[1] not in asked


def speaks_of(question: str, passage: Passage, *, text: str | None = None) -> bool:
    """Does the passage, with its title, hold every name of the question, at least by its last word? `text`: its whole
    article, which may hold them instead.
    """
    around = fold(f"{passage.title} {passage.text if text is None else text}")
    inner = question[:1].lower() + question[1:]
    return all(fold(name).split()[-1].removesuffix("'s") in around for name in names(f"of {inner}"))


def _matter(question: str) -> set[str]:
    named = _stems(" ".join(_name_words(f"of {question}")))
    return _stems(question) - _GENERIC - named - _stems(" ".join(MEASURED))


def _stems(text: str) -> set[str]:
    one_word = _PUT_OFF.sub("postpone", text)
    bases = (stem(PAST_TO_BASE.get(word, word)) for word in words(one_word) if word not in FUNCTION)
    return {_ALIKE.get(base, base) for base in bases}


def _name_words(text: str) -> set[str]:
    parts = {part for name in names(text) for part in re.findall(r"[\w'-]{3,}", fold(name))} - FUNCTION - TITLES
    return parts - of_times(parts, text)
