"""Which of the passages found for a follow-up comes first? One where a sentence holds the question's own words.

A follow-up put in full carries names of the turns before it ("About Lady Aldry: when was the ship built?"): they find
the story, and drown what is asked now. And it may have been put in full wrongly, so that what the whole conversation
finds counts as much as what the rewritten question finds. In the end the reader decides: a passage that answers the
follow-up as it was asked, or as it was put in full, comes before one that only has its words.
"""

from collections.abc import Sequence
from dataclasses import replace

from index.records import Passage
from index.sentences import sentences
from rag.mentions import core
from rag.reader.records import Reads
from rag.records import Answer
from rag.verify.answers import asked_share

# What the best sentence's share of the question's own words adds to a fused score, and the passage's share of the whole
# conversation's. A rank is worth .0005 near the top. Chosen on the development half of evals/conversations: .004 to .02
# for the first did equally well (evals/LOG.md).
OWN, SPOKEN = 0.006, 0.003
# What a logit of the reader's margin adds, for the follow-up put in full and as it was asked, and once more the best
# sentence's share. Conditional logit over 149 follow-ups of the sample's dev half and Tavelin; learned on either
# newsroom alone it put 66 of 75 and 73 of 74 right articles first in the other, by words alone 53 and 70.
IN_FULL, AS_ASKED, OWN_READ = 0.0006, 0.00085, 0.006
LEAST_MARGIN = -12.0
# Passages that are looked at, 4 ms of processor each; six to thirty did equally well there.
LOOKED_AT = 8
# Turns that are put before the question; what was spoken of earlier is another matter.
TURNS = 3


def spoken(question: str, history: Sequence[Answer]) -> str:
    """The last questions of a conversation and this one, one after the other."""
    return " ".join([*(turn.question for turn in history[-TURNS:]), question])


def in_conversation(
    question: str, conversation: str, found: Sequence[Passage], beside: Sequence[Passage]
) -> list[Passage]:
    """The passages of both rankings in the order of a conversation, `score` changed to it.

    `found` are the fused passages for `question`, the follow-up put in full, `beside` those for `conversation`, its
    questions as they were asked.
    """
    scores: dict[int, float] = {}
    for passage in (*found, *beside):
        scores[passage.chunk_id] = scores.get(passage.chunk_id, 0.0) + passage.score / 2
    passages = {passage.chunk_id: passage for passage in (*beside, *found)}
    joined = sorted(
        (replace(passage, score=scores[passage.chunk_id]) for passage in passages.values()),
        key=lambda passage: (-passage.score, passage.chunk_id),
    )
    first = [
        replace(
            passage,
            score=passage.score
            + OWN * _own_share(question, passage)
            + SPOKEN * asked_share(conversation, f"{passage.title}. {passage.text}"),
        )
        for passage in joined[:LOOKED_AT]
    ]
    return [*sorted(first, key=lambda passage: -passage.score), *joined[LOOKED_AT:]]


def as_read(asked: str, question: str, passages: Sequence[Passage], reader: Reads) -> list[Passage]:
    """The passages of a follow-up in the order in which they answer it, `score` changed to it. `asked` is the follow-up
    as it was asked, `question` the same put in full.
    """
    texts, titles = [passage.text for passage in passages], [passage.title for passage in passages]
    read = [reader.read(wording, texts, titles) for wording in (question, asked)]
    scored = [
        replace(
            passage,
            score=passage.score
            + OWN_READ * _own_share(question, passage)
            + IN_FULL * max(LEAST_MARGIN, in_full.margin)
            + AS_ASKED * max(LEAST_MARGIN, plain.margin),
        )
        for passage, in_full, plain in zip(passages, *read, strict=True)
    ]
    return sorted(scored, key=lambda passage: -passage.score)


def _own_share(question: str, passage: Passage) -> float:
    asked = core(question)
    return max((asked_share(asked, passage.text[a:b]) for a, b in sentences(passage.text)), default=0.0)
