"""How is a long passage read? In windows that overlap, so that every possible answer lies whole in one of them."""

# The encoder was fine-tuned on up to about 280 pieces; attention costs grow with the square of this.
WINDOW_PIECES = 320
# Longer than any answer span that is considered (spans.LONGEST), so that none is cut by every window.
OVERLAP_PIECES = 64
# A title beyond this is cut; it stands before every window.
TITLE_PIECES = 24
LONGEST_TITLE = 300


def heading_of(title: str, passage: str) -> str:
    """What is read before a passage: its article's title as a sentence; nothing where the passage begins with it."""
    title = " ".join(title[:LONGEST_TITLE].split())
    if not title or passage.lstrip().startswith(title):
        return ""
    return title if title[-1] in ".?!" else f"{title}."


def windows(pieces: int, beside: int) -> list[tuple[int, int]]:
    """Ranges of passage pieces, in order, each fitting beside the question (and title) with three special pieces."""
    room = max(2 * OVERLAP_PIECES, WINDOW_PIECES - beside - 3)
    if pieces <= room:
        return [(0, pieces)] if pieces else []
    starts = list(range(0, pieces - room, room - OVERLAP_PIECES))
    return [(start, start + room) for start in starts] + [(pieces - room, pieces)]
