"""Do two passages tell of the same event, and does a passage take back what it states?"""

import re
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from index.records import Passage
from index.sentences import sentences
from rag.english import FUNCTION, TITLES, fold, names, stem, words
from rag.likeness import MEASURED
from rag.measures import PAST_TO_BASE
from rag.moments import as_date, find

# Another article is about the same thing when it has this share of the question's own words, and shares a name or this
# share of its own words with the first. Chosen on the development half of evals/times/differing.jsonl.
_COVER = 0.5
_COVER_NAMED, _SAME_NAMES = 0.33, 2  # less will do where the articles share three further names
_OVERLAP = 0.25
_OVERLAP_UNNAMED = 0.15
_DAYS_APART = 60  # stories are followed for weeks; the same words a year later tell of another event
# What news calls by many names, as stems: without them "the toll reaches nine" would not be about "how many died".
_ALIKE_STEMS = (
    ("dead", "died", "die", "death", "kill", "liv", "toll", "fatality", "body", "coffin"),
    ("injur", "hurt", "wound", "injury", "hospital"),
    ("miss", "unaccount", "presum"),
    ("hom", "household", "hous"),
    ("electricity", "power"),
    ("cost", "price", "expensiv"),
    ("win", "elect", "victory"),
)
_ALIKE = {stem: stems[0] for stems in _ALIKE_STEMS for stem in stems}
_GENERIC = {"peopl", "person", "many", "much", "long", "old", "did", "time", "year", "day", "new", "number"}
NO_TEXTS: Mapping[str, str] = MappingProxyType({})
_WITHDRAWN_BEFORE = re.compile(
    r"(?:earlier version|earlier report|previously (?:said|stated|reported|put|given)|"
    r"earlier (?:gave|said|put|reported)|incorrectly|wrongly|mistakenly|in error|misstated|"
    r"had (?:earlier |first )?(?:said|put|reported|given)|initially (?:said|put|reported|given)|"
    r"first (?:said|reported))\b[^.;]{0,90}$|"
    r"\b(?:revised|corrected|up|down|raised|lowered|risen|rose|grown|grew|fell|fallen|dropped|climbed|increased|reduced)"
    r"\b[^.;]{0,20} from (?:about |some |an? |the )?$|"  # "risen from 86 to 91" takes back the 86 alone
    r"(?:\binstead of|\brather than|, not) $",
    re.IGNORECASE,
)
# A sentence that recalls what was reported before ("Sunday's count had put her 41 votes ahead").
RECALLS = re.compile(
    r"\bhad (?:put|been|stood|given|shown|said|reported)\b|\b(?:earlier|previous(?:ly)?|initial(?:ly)?|at first|"
    r"up from|down from)\b",
    re.IGNORECASE,
)
_WITHDRAWN_AFTER = re.compile(
    r"^[^.;]{0,60}\b(?:as (?:previously|first|earlier|originally|initially) (?:reported|stated|said|given)|"
    r"was (?:wrong|incorrect|an error)|(?<!than )had been (?:first )?(?:reported|given))\b",
    re.IGNORECASE,
)


def same_event(question: str, one: Passage, other: Passage, *, texts: Mapping[str, str] = NO_TEXTS) -> bool:
    """True for copies of one story, and for articles near in time that both have the question's words and share names.
    `texts` are the whole texts of articles by id: without one, the passage has to speak for its article.
    """
    if one.article_id == other.article_id or (one.copy_group is not None and one.copy_group == other.copy_group):
        return True
    first, second = as_date(one.published), as_date(other.published)
    if first and second and abs(first - second) > timedelta(days=_DAYS_APART):
        return False
    told = [f"{passage.title}. {texts.get(passage.article_id, passage.text)}" for passage in (one, other)]
    stems = [_stems(text) for text in told]
    asked = _stems(question) - _GENERIC
    common = _name_words(told[0]) & _name_words(told[1]) - _name_words(f"of {question}")
    needed = _COVER_NAMED if len(common) >= _SAME_NAMES else _COVER
    if len(asked & stems[1]) < needed * len(asked):
        return False
    # The very passage has to speak of the matter, not only its article of the event.
    matter = _matter(question)
    if matter and not matter & _stems(f"{other.title}. {other.text}"):
        return False
    asked_names, *named = [_name_words(text) for text in (f"of {question}", *told)]
    shared = (stems[0] & stems[1]) - asked
    overlap = len(shared) / max(1, min(len(stems[0]), len(stems[1])))
    common = named[0] & named[1]
    if asked_names & named[0] and not asked_names & named[1]:  # told under another name, or of something else
        return bool(common) and overlap >= _OVERLAP_UNNAMED
    return bool(common) or overlap >= _OVERLAP


def cover(question: str, passage: Passage, start: int) -> float:
    """The share of the question's matter (its words without names and measures) in the sentence at `start` of the
    passage and the two before it; 1.0 for a question of names alone.
    """
    matter = _matter(question)
    if not matter:
        return 1.0
    placed = sentences(passage.text)
    at = next((number for number, (_, end) in enumerate(placed) if start < end), 0)
    near = passage.text[placed[max(0, at - 2)][0] : placed[at][1]] if placed else passage.text
    return len(matter & _stems(near)) / len(matter)


def is_withdrawn(text: str, start: int, end: int) -> bool:
    """True when a text takes back what it states in [start, end): "an earlier version said that 231 were on board"."""
    opened = max(text.rfind(mark, 0, start) for mark in (". ", ".\n", "\n", "? ", "! "))
    before, after = text[max(0, opened) : start], text[end:]
    return bool(_WITHDRAWN_BEFORE.search(before) or _WITHDRAWN_AFTER.match(after))


def _matter(question: str) -> set[str]:
    named = _stems(" ".join(_name_words(f"of {question}")))
    return _stems(question) - _GENERIC - named - _stems(" ".join(MEASURED))


def _stems(text: str) -> set[str]:
    bases = (stem(PAST_TO_BASE.get(word, word)) for word in words(text) if word not in FUNCTION)
    return {_ALIKE.get(base, base) for base in bases}


def _name_words(text: str) -> set[str]:
    parts = {part for name in names(text) for part in re.findall(r"[\w'-]{3,}", fold(name))}
    times = {part for moment in find(text) for part in re.findall(r"\w+", fold(moment.phrase))}
    return parts - times - FUNCTION - TITLES
