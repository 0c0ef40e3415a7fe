"""Which cell of a table answers a question: the row it names and the column it asks for, or the row that has the most?

An article's table is lines of cells between bars, as the readers of HTML, DOCX and Markdown write it. Its header says
what the figures are, and may stand in another passage than the row: the whole article is looked at.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.english import FUNCTION, content, fold, names, numbers, stem, words
from rag.measures import PAST_TO_BASE
from rag.reader.fitting import expected, fitting
from rag.verify.number_words import CURRENCY

_LINE = re.compile(r"[^\n]+")
_RULE = re.compile(r"^[\s|:—–-]+$")
_TRADED = re.compile(r"\bchang(?:e|ed|es|ing) hands\b", re.IGNORECASE)
# What the headings of tables call by another word than people do who ask.
_ALIKE_WORDS = (
    "win winner elected victor", "draw drawn", "majority margin lead", "percent percentage",
    "price cost expensive cheap", "sell sale buy", "change rise fall drop grow growth increase decrease gain",
    "population inhabitants", "height tall high", "length long far distance", "age old", "speed fast", "weight heavy",
    "temperature hot cold warm", "place rank position", "spending spent spend", "income revenue",
)  # fmt: skip
_ALIKE = {stem(word): stem(row.split()[0]) for row in _ALIKE_WORDS for word in row.split()}
# What a heading says beside what its column holds: "Change since 2021", "Median price (crowns)".
_ASIDE = re.compile(r"\(.*?\)|(?<=\w )(?:in|since|from|per|on|at|by) .*$")
_MONEY = re.compile(rf"[$€£]|\b(?:{'|'.join(word for word in CURRENCY if word.isalpha())})s?\b", re.IGNORECASE)
_DATED = re.compile(r"[:.]\d\d|(?:1\d|20)\d\d|[A-Za-z]{3,}")
_MOST = re.compile(
    r"\b(?:most|best|maximum|highest|largest|biggest|greatest|longest|tallest|oldest|fastest|hottest|warmest|wettest|"
    r"strongest|heaviest|dearest|costliest|deepest|widest|richest|busiest|latest)\b",
    re.IGNORECASE,
)
_LEAST = re.compile(
    r"\b(?:fewest|lowest|smallest|least|shortest|cheapest|youngest|slowest|coldest|coolest|driest|lightest|weakest|"
    r"earliest|nearest|poorest|minimum)\b",
    re.IGNORECASE,
)
_DOWN = re.compile(r"\b(?:drop|fall|fell|decline|decrease|shrink|shrank|los[et])(?:p?ed|s|d|n)?\b", re.IGNORECASE)
_ASKS_ROW = re.compile(r"^\W*(?:(?:in|at|for|of|from) )?(?:which|what|who|where)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NEGATIVE = re.compile(r"^\D*?[−–-]\s?\d")
_CLOCK = re.compile(r"\d+(?::\d\d)+(?:\.\d+)?")
_PLACE_HEADING = re.compile(r"^(?:place|rank|position|pos|no|#)\.?$", re.IGNORECASE)
_ORDINALS = {word: number for number, word in enumerate("first second third fourth fifth sixth".split(), 1)}
_WON = re.compile(r"\b(?:won|wins?|winner|winning|victor(?:ious|y)?)\b", re.IGNORECASE)
# The share of a heading's words that a question has to hold, and of the question's words that the article has to.
HEADED, SPOKEN = 0.5, 0.7


@dataclass(frozen=True, slots=True)
class Box:
    """One cell: its text and where it stands in the article."""

    text: str
    start: int
    end: int


Row = tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of the header and of each row; every row is as long as the header."""

    header: Row
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The cell that answers, the row that it stands in (article offsets) and the share of the question that the article
    holds.
    """

    cell: Box
    start: int
    end: int
    share: float


def tables(text: str) -> Iterator[Table]:
    """The tables of a text that have a header and a row. A row with more or fewer cells than its header is left out:
    nobody knows which of its columns are missing.
    """
    run: list[Row] = []
    for match in _LINE.finditer(text):
        line = match.group()
        if "|" not in line:
            yield from _table(run)
            run = []
        elif not _RULE.match(line):
            cells = _cells(line, match.start())
            run += [cells] if len(cells) > 1 else []
    yield from _table(run)


def look_up(question: str, title: str, text: str) -> Found | None:
    """The cell of the article's tables that the question asks for; None where no table names row and column."""
    asked = _TRADED.sub("sold", question)
    spoken = share(question, title, text)
    if spoken < SPOKEN:
        return None
    for table in tables(text):
        found = _in_row(asked, title, table) or _placed(asked, table) or _extreme(asked, table)
        if found is not None:
            row, cell = found
            return Found(cell, row[0].start, row[-1].end, spoken) if cell.text else None
    return None


def share(question: str, title: str, text: str) -> float:
    """The share of the question's words, less "most" and "least", that an article has."""
    asked = _LEAST.sub("", _MOST.sub("", _TRADED.sub("sold", question)))
    wanted = [word for word in _stems(asked) if word not in _OF_NO_WEIGHT]
    have = {*_stems(f"{title} {text}"), *_stems("won")}  # that somebody won, results need not say
    return sum(word in have for word in wanted) / len(wanted) if wanted else 1.0


def _in_row(question: str, title: str, table: Table) -> tuple[Row, Box] | None:
    """The cell in the row that the question names, of the column that it asks for."""
    named = _named(question, table)
    if named is None:
        return None
    row, by = named
    others = {word for name in names(f"of {question}") for word in words(name) if word not in FUNCTION}
    if others - set(words(" ".join([title, *(box.text for box in (*table.header, *row))]))):
        return None  # of somebody whom the row does not name
    asked = set(_stems(question)) - set(_stems(row[by].text))
    fits = [place != by and _fits(question, table.header[place].text, box.text) for place, box in enumerate(row)]
    column = _column(asked, table.header, fits)
    if column is None and len(row) == 2 and fits[1 - by] and by == 0:  # what it is, and how much
        column = 1
    return (row, row[column]) if column is not None else None


def _placed(question: str, table: Table) -> tuple[Row, Box] | None:
    """The name in the row of a ranking that the question asks for: "Who came third?"."""
    ranks = next((at for at, box in enumerate(table.header) if _PLACE_HEADING.match(box.text)), None)
    if ranks is None or not _ASKS_ROW.match(question):
        return None
    asked = {number for word, number in _ORDINALS.items() if word in words(question)}
    asked |= {1} if _WON.search(question) and not asked else set()
    rows = [row for row in table.rows if len(asked) == 1 and numbers(row[ranks].text)[:1] == [float(min(asked))]]
    labels = [at for at, box in enumerate(table.header) if at != ranks and _is_label(table, at)]
    return (rows[0], rows[0][labels[0]]) if len(rows) == 1 and labels else None


def _extreme(question: str, table: Table) -> tuple[Row, Box] | None:
    """The label of the row that has the most, or the least, of a column."""
    least = bool(_LEAST.search(question))
    most = not least and bool(_MOST.search(question))
    labels = [at for at in range(len(table.header)) if _is_label(table, at)]
    if not _ASKS_ROW.match(question) or not (most or least) or not labels:
        return None
    figures = [at != labels[0] and not _is_label(table, at) for at in range(len(table.header))]
    column = _column(set(_stems(question)), table.header, figures)
    if column is None and sum(figures) == 1:
        column = figures.index(True)
    if column is None:
        return None
    valued = [(_value(row[column].text), row) for row in table.rows if numbers(row[column].text)]
    if len(valued) < 2:
        return None
    down = least or (bool(_DOWN.search(question)) and any(value < 0 for value, _ in valued))
    valued.sort(key=lambda pair: pair[0], reverse=not down)
    return (valued[0][1], valued[0][1][labels[0]]) if valued[0][0] != valued[1][0] else None


def _named(question: str, table: Table) -> tuple[Row, int] | None:
    """The one row that the question names, and the place of the cell that names it: the whole of it, a capitalised word
    that no other row has, or most of its words.
    """
    asked, stems = words(question), set(_stems(question))
    capital = {fold(word) for word in re.findall(r"(?<=\w )[A-ZÀ-Þ][\w-]+", question)}
    found: list[tuple[tuple[int, float, int], int, int]] = []
    for number, row in enumerate(table.rows):
        for at, box in enumerate(row):
            label = words(box.text)
            if not label or numbers(box.text) or not re.search(r"[^\W\d_]{2}", box.text):
                continue
            if _holds(asked, label):
                found.append(((2, 1.0, len(label)), number, at))
            elif capital & set(label):
                found.append(((1, len(capital & set(label)) / len(label), 0), number, at))
            elif own := _stems(box.text):
                held = sum(word in stems for word in own) / len(own)
                found += [((0, held, 0), number, at)] if held >= HEADED else []
    best = max(found, key=lambda item: item[0], default=None)
    if best is None or len({number for weight, number, _ in found if weight == best[0]}) > 1:
        return None
    return table.rows[best[1]], best[2]


def _is_label(table: Table, at: int) -> bool:
    """Does the column hold names rather than figures?"""
    return sum(bool(re.match(r"[^\W\d_]{2}", row[at].text)) for row in table.rows) > len(table.rows) / 2


def _holds(asked: Sequence[str], label: Sequence[str]) -> bool:
    return any(list(asked[at : at + len(label)]) == list(label) for at in range(len(asked) - len(label) + 1))


def _fits(question: str, heading: str, cell: str) -> bool:
    """Is the cell of the kind that is asked for, in the unit that its heading gives?"""
    wanted = expected(question).wanted
    percent = "%" in f"{heading}{cell}" or "share" in fold(heading)
    money = bool(_MONEY.search(f"{heading} {cell}"))
    if wanted in ("person", "name"):
        return not numbers(cell)
    if wanted in ("time", "date", "month", "clock", "year"):
        return fitting(question, cell, 0, len(cell)) > 0 and bool(_DATED.search(cell))
    if wanted == "share":
        return percent
    if wanted == "money":
        return bool(numbers(cell)) and not percent and (money or bool(_YEAR.search(heading)))
    if wanted == "count":
        return bool(numbers(cell)) and not percent and not money
    return wanted == "open" or bool(numbers(cell))


def _column(asked: set[str], header: Row, fits: Sequence[bool]) -> int | None:
    """The one fitting column whose heading has most of its words in the question."""
    shares = []
    for place, box in enumerate(header):
        stems = _stems(_ASIDE.sub("", box.text))
        shared = sum(word in asked for word in stems)
        if stems and fits[place] and shared >= HEADED * len(stems):
            shares.append((shared, shared / len(stems), place))
    shares.sort(reverse=True)
    years = [(year, place) for place, box in enumerate(header) if fits[place] and (year := _YEAR.findall(box.text))]
    if not shares and years and len(years) == sum(fits):  # no year is asked for: the last one
        return max(years)[1]
    if not shares or (len(shares) > 1 and shares[0][:2] == shares[1][:2]):
        return None
    return shares[0][2]


_OF_NO_WEIGHT = frozenset([*content("many much did get got have number come came finish"), *_ORDINALS])


def _stems(text: str) -> list[str]:
    plain = fold(text).replace("%", " percent ")
    bases = (stem(PAST_TO_BASE.get(word, word)) for word in words(plain) if word not in FUNCTION)
    return [_ALIKE.get(base, base) for base in bases]


def _value(text: str) -> float:
    clock = _CLOCK.search(text)
    if clock:
        value = 0.0
        for part in clock.group().split(":"):
            value = value * 60 + float(part)
        return value
    value = next(iter(numbers(text.replace(",", ""))), 0.0)
    return -value if _NEGATIVE.match(text) else value


def _table(run: Sequence[Row]) -> Iterator[Table]:
    rows = [row for row in run[1:] if len(row) == len(run[0])]
    if rows:
        # What and how much, without a heading: the first line is a row like the others.
        bare = len(run[0]) == 2 and bool(numbers(run[0][1].text)) and bool(re.match(r"\W*\d", run[0][1].text))
        yield Table(run[0], (run[0], *rows) if bare else tuple(rows))


def _cells(line: str, offset: int) -> Row:
    """The cells between the bars, empty ones too: a column keeps its place."""
    bars = [match.start() for match in re.finditer(r"\|", line)]
    framed = line.strip().startswith("|") and line.strip().endswith("|")
    edges = bars if framed else [-1, *bars, len(line)]
    found = []
    for left, right in pairwise(edges):
        inner = line[left + 1 : right]
        start = offset + left + 1 + len(inner) - len(inner.lstrip())
        found.append(Box(inner.strip(), start, start + len(inner.strip())))
    return tuple(found)
