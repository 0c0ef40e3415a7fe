"""How is a long passage read? In windows that overlap, so that every possible answer lies whole in one of them."""

# The encoder was fine-tuned on up to about 280 pieces; attention costs grow with the square of this.
WINDOW_PIECES = 320
# Longer than any answer span that is considered (spans.LONGEST), so that none is cut by every window.
OVERLAP_PIECES = 64


def windows(pieces: int, question_pieces: int) -> list[tuple[int, int]]:
    """Ranges of passage pieces, in order, each fitting beside the question with its three special pieces."""
    room = max(2 * OVERLAP_PIECES, WINDOW_PIECES - question_pieces - 3)
    if pieces <= room:
        return [(0, pieces)] if pieces else []
    starts = list(range(0, pieces - room, room - OVERLAP_PIECES))
    return [(start, start + room) for start in starts] + [(pieces - room, pieces)]
