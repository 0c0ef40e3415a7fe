"""Where does a sentence begin and end in a news text? Exact offsets, no model."""

import re
from functools import lru_cache
from itertools import pairwise

KEPT = 128  # texts whose sentences are remembered: a passage is asked for them by each of its spans

# Titles and shortenings that are followed by a name or a number: never a sentence end.
_NEVER_ENDS = frozenset(
    "mr mrs ms dr prof st sen rep gov gen lt col maj capt cmdr adm sgt cpl pvt rev hon pres supt insp det fr sr br "
    "messrs mme mlle no nos vol pp fig art sec ch op cit vs v al ca approx est dept".split()
)
# Shortenings that may also close a sentence: an end only when a common opening word follows.
_MAY_END = frozenset(
    "jr inc corp ltd co llc plc bros etc ave blvd rd mt ft jan feb mar apr jun jul aug sept sep oct nov dec mon tue "
    "tues wed thu thur thurs fri sat sun ala ariz ark calif colo conn del fla ga ill ind kan ky la mass md mich minn "
    "miss mo mont neb nev okla ore pa penn tenn tex va vt wash wis wyo a.m p.m am pm e.g i.e ph.d m.d b.a m.a".split()
)
_OPENERS = frozenset(
    "the a an in on at it its he she they we i you his her their our this that these those but and or so yet if when "
    "while after before since although though as for from with by to there here what who how why where which one two "
    "some many most all no not both each however meanwhile according officials police more another still now then "
    "last next earlier later also even only".split()
)
_SPEECH = r"(?:\w+\s){0,2}(?:said|says|asked|asks|added|told|wrote|shouted|cried|replied|recalled|wondered|tweeted)\b"
# Closing marks may follow the stop: quotes, brackets, and a footnote such as [3].
_STOP = re.compile(r"(?P<stop>[.!?…]+|[。！？])(?P<close>[\"'”’»)\]]*)(?:\[\d+\])*(?P<gap>\s*)")
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_LINE = re.compile(r"\n")
_BULLET = re.compile(r"[-*•–|#>]|\d{1,3}[.)]\s")
_SAID = re.compile(_SPEECH)
# A wrapped line of prose is this long; shorter lines are headings or list items, longer ones whole paragraphs.
_WRAPPED = range(45, 101)


def sentences(text: str) -> list[tuple[int, int]]:
    """Offsets (start, end) of each sentence, in order, without surrounding white space.

    Every character that is not white space lies in exactly one of them. A blank line always ends a sentence; a single
    line break does unless the line looks wrapped. Headings, list items and table rows count as sentences.
    """
    return list(_sentences(text))


@lru_cache(maxsize=KEPT)
def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for start, end in _lines(text):
        begin = start
        for match in _STOP.finditer(text, start, end):
            if _is_end(text, match, begin, end):
                found.append((begin, match.end() - len(match["gap"])))
                begin = match.end()
        if begin < end:
            found.append((begin, end))
    return tuple(found)


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Offsets (start, end) of the stretches between line breaks that end a sentence, without white space around."""
    return _lines(text)


def _lines(text: str) -> list[tuple[int, int]]:
    cuts = [0]
    blanks = [match.span() for match in _BLANK.finditer(text)]
    blank_starts = {start for start, _ in blanks}
    cuts.extend(start for start, _ in blanks)
    for match in _LINE.finditer(text):
        if match.start() not in blank_starts and _breaks(text, match.start()):
            cuts.append(match.start())
    cuts = sorted({*cuts, len(text)})
    stretches = []
    for left, right in pairwise(cuts):
        piece = text[left:right]
        start = left + len(piece) - len(piece.lstrip())
        end = left + len(piece.rstrip())
        if start < end:
            stretches.append((start, end))
    return stretches


def _breaks(text: str, newline: int) -> bool:
    """Is the single line break at `newline` the end of a paragraph, heading or list item?"""
    previous = text.rfind("\n", 0, newline) + 1
    before = text[previous:newline].strip()
    follow = text[newline + 1 : newline + 8].lstrip(" \t")
    if not before or not follow:
        return True
    if _BULLET.match(follow):
        return True
    if follow[0].islower():
        return False
    return before[-1] in '.!?:”"…' or len(before) not in _WRAPPED


def _is_end(text: str, match: re.Match[str], begin: int, end: int) -> bool:
    stop, gap = match["stop"], match["gap"]
    after = match.end()
    if after >= end:
        return True
    if stop in "。！？":
        return True
    if not gap:
        return False
    following = text[after]
    if following.islower():
        return False
    word = _word_before(text, match.start(), begin)
    next_word = _word_at(text, after, end)
    if match["close"]:
        # “Did they?” Brown asked: the quotation goes on in its own sentence.
        return not (stop[-1] in "!?" and _SAID.match(text, after, min(end, after + 60)))
    if stop != ".":
        return True
    return _closes(word, next_word, following)


def _closes(word: str, next_word: str, following: str) -> bool:
    """Does a full stop after `word` end the sentence, given what follows?"""
    bare = word.lower()
    if bare in _NEVER_ENDS:
        return bare in {"no", "v", "art", "op"} and not following.isdigit() and next_word.lower() in _OPENERS
    initials = len(bare) == 1 and word.isupper() and bare != "i"
    if initials or bare in _MAY_END or re.fullmatch(r"(?:[a-z]\.)+[a-z]", bare):
        return next_word.lower() in _OPENERS and not (initials and next_word in {"A", "I"})
    return True


def _word_before(text: str, stop: int, begin: int) -> str:
    start = stop
    while start > begin and (text[start - 1].isalnum() or text[start - 1] in ".-"):
        start -= 1
    return text[start:stop].lstrip(".-")


def _word_at(text: str, start: int, end: int) -> str:
    match = re.compile(r"[\"'“‘«(\[]*([\w’'-]+)").match(text, start, min(end, start + 40))
    return match[1] if match else ""


def sentence_at(text: str, place: int) -> tuple[int, int]:
    """The range of the sentence that holds a place; the whole text where none does."""
    return next(((start, end) for start, end in sentences(text) if place < end), (0, len(text)))
