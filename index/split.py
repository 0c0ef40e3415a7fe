"""How is an article cut into chunks? At sentence ends, into exact slices that fit the encoder."""

from bisect import bisect_left
from collections.abc import Callable, Sequence

from index.records import Chunk
from index.sentences import sentences

# About 110 words: longer passages found no more and took longer to read (issue 4's probe), and with the one-line
# header the encoder's 256 tokens are never exceeded.
CHUNK_TOKENS = 160
# A "word" that the tokenizer takes for one unknown token may be megabytes long; no chunk is.
CHUNK_CHARACTERS = 2_000
# A library remembers this; another splitter means other chunks.
SPLITTER = f"sentences/{CHUNK_TOKENS} v1"

TokenOffsets = Callable[[str], Sequence[tuple[int, int]]]


def split(text: str, *, token_offsets: TokenOffsets, limit: int = CHUNK_TOKENS) -> list[Chunk]:
    """Chunks in order: exact slices that begin and end with whole sentences and hold at most `limit` tokens.

    Every character of `text` that is not white space lies in exactly one chunk. Only a single sentence longer than
    `limit` is cut inside, at a clause or word where there is one. Paragraphs stay together where they fit.
    """
    starts = [start for start, _ in token_offsets(text)]

    def tokens(start: int, end: int) -> int:
        counted = bisect_left(starts, end) - bisect_left(starts, start)
        return max(counted, (end - start) * limit // CHUNK_CHARACTERS)

    pieces: list[tuple[int, int]] = []
    heading: tuple[int, int] | None = None
    for start, end in sentences(text):
        fitting = _fitting(text, start, end, tokens, limit)
        # A heading stays with what it heads.
        if heading and tokens(heading[0], fitting[0][1]) <= limit:
            fitting[0] = (heading[0], fitting[0][1])
        elif heading:
            pieces.append(heading)
        heading = fitting.pop() if len(fitting) == 1 and _is_heading(text, start, end) else None
        pieces.extend(fitting)
    if heading:
        pieces.append(heading)
    groups = _packed(pieces, tokens, limit)
    return [Chunk(start=start, end=end, text=text[start:end]) for start, end in groups]


def header(title: str, published: str | None) -> str:
    """The one line that is embedded above a chunk: what the article is and of when."""
    day = (published or "")[:10]
    words = " ".join(title.split())[:200]
    return f"{words} ({day})" if words and day else words or day


def _is_heading(text: str, start: int, end: int) -> bool:
    """A short line of its own without a stop."""
    alone = "\n" in text[max(0, start - 2) : start] or start == 0
    return alone and end - start < 80 and text[end : end + 1] == "\n" and text[end - 1] not in ".!?:;,"


def _packed(pieces: list[tuple[int, int]], tokens: Callable[[int, int], int], limit: int) -> list[tuple[int, int]]:
    groups: list[tuple[int, int]] = []
    for start, end in pieces:
        if groups and tokens(groups[-1][0], end) <= limit:
            groups[-1] = (groups[-1][0], end)
        else:
            groups.append((start, end))
    return _balanced(pieces, groups, tokens, limit)


def _balanced(
    pieces: list[tuple[int, int]], groups: list[tuple[int, int]], tokens: Callable[[int, int], int], limit: int
) -> list[tuple[int, int]]:
    """A last chunk of a few words tells a reader nothing: move sentences down to it from the chunk before."""
    if len(groups) < 2:
        return groups
    before, last = groups[-2], groups[-1]
    inner = [piece for piece in pieces if before[0] <= piece[0] < last[1]]
    while len(inner) > 1 and tokens(*last) < limit // 3:
        moved = [piece for piece in inner if piece[0] >= before[0] and piece[1] <= before[1]]
        if len(moved) < 2 or tokens(moved[-1][0], last[1]) > limit or tokens(*before) - tokens(*moved[-1]) < limit // 3:
            break
        before, last = (before[0], moved[-2][1]), (moved[-1][0], last[1])
    return [*groups[:-2], before, last]


def _fitting(text: str, start: int, end: int, tokens: Callable[[int, int], int], limit: int) -> list[tuple[int, int]]:
    """The sentence itself when it fits, else parts of it that do."""
    if tokens(start, end) <= limit:
        return [(start, end)]
    parts: list[tuple[int, int]] = []
    while start < end:
        stop = _longest(start, end, tokens, limit)
        if stop < end:
            cut = _soft_cut(text, start, stop)
            stop = cut if cut > start else stop
        piece = text[start:stop]
        left = start + len(piece) - len(piece.lstrip())
        right = start + len(piece.rstrip())
        if left < right:
            parts.append((left, right))
        start = stop
    return parts


def _longest(start: int, end: int, tokens: Callable[[int, int], int], limit: int) -> int:
    """The largest stop with at most `limit` tokens in text[start:stop]; at least one character on."""
    low, high = start + 1, end
    while low < high:
        middle = (low + high + 1) // 2
        if tokens(start, middle) <= limit:
            low = middle
        else:
            high = middle - 1
    return low


def _soft_cut(text: str, start: int, stop: int) -> int:
    """The last clause end in the second half, else the last white space, else `stop`."""
    half = start + (stop - start) // 2
    for marks in ("\n", ";:", ",–—"):
        for position in range(stop - 1, half, -1):
            if text[position] in marks and (position + 1 >= len(text) or text[position + 1].isspace()):
                return position + 1
    for position in range(stop, half, -1):
        if position < len(text) and text[position].isspace():
            return position
    return stop
