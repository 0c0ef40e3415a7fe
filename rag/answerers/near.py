"""Where do reports speak nearest to a question, whether or not what they say is sure enough to be an answer?"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.records import Passage
from index.sentences import sentence_at
from rag.events import event_likeness
from rag.reader.judge import WEIGHED, Judge
from rag.reader.records import Reads
from rag.records import Evidence, Span

# What the judge makes of a place by its reading alone, and the share of the question's names that its article has (of
# its words, where it has no names): below either it is not shown beside an answer. On two dev newsrooms all scores from
# -2 to -1 showed the same versions (evals/LOG.md).
LEAST_SCORE, LEAST_ASKED = -2.0, 0.5


def nearest(
    question: str, passages: Sequence[Passage], reader: Reads, *, judge: Judge, least: float | None = None
) -> tuple[Evidence, ...]:
    """The likeliest place of each sentence, likeliest first, none below `least` (None: whatever comes nearest)."""
    readings = reader.read(question, [one.text for one in passages], [one.title for one in passages])
    best: dict[tuple[int, int], tuple[float, Span]] = {}
    for number, (passage, reading) in enumerate(zip(passages, readings, strict=True)):
        first = replace(reading, spans=reading.spans[:WEIGHED])
        for span, score in judge.by_reading(question, passage, first):
            place = (number, sentence_at(passage.text, span.start)[0])
            if (least is None or score >= least) and (place not in best or score > best[place][0]):
                best[place] = (score, Span(passage.start + span.start, passage.start + span.end))
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
    return tuple(Evidence(passage=number, spans=(span,)) for (number, _), (_, span) in ranked)


def speaks_of_it(question: str, known: Passage, other: Passage, *, texts: Mapping[str, str]) -> bool:
    """Does the other one's article, which tells of the known one's event, have enough of what the question names?"""
    return event_likeness(question, known, other, texts=texts).asked >= LEAST_ASKED
