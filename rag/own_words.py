"""Which of the passages found for a follow-up comes first? One where a sentence holds the question's own words.

A follow-up put in full carries names of the turns before it ("About Lady Aldry: when was the ship built?"): they find
the story, and drown what is asked now. And it may have been put in full wrongly, so that what the whole conversation
finds counts as much as what the rewritten question finds.
"""

from collections.abc import Sequence
from dataclasses import replace

from index.records import Passage
from index.sentences import sentences
from rag.mentions import core
from rag.records import Answer
from rag.verify.answers import asked_share

# What the best sentence's share of the question's own words adds to a fused score, and the passage's share of the whole
# conversation's. A rank is worth .0005 near the top. Chosen on the development half of evals/conversations: .004 to .02
# for the first did equally well (evals/LOG.md).
OWN, SPOKEN = 0.006, 0.003
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
    asked = core(question)
    first = [
        replace(
            passage,
            score=passage.score
            + OWN * max((asked_share(asked, passage.text[a:b]) for a, b in sentences(passage.text)), default=0.0)
            + SPOKEN * asked_share(conversation, f"{passage.title}. {passage.text}"),
        )
        for passage in joined[:LOOKED_AT]
    ]
    return [*sorted(first, key=lambda passage: -passage.score), *joined[LOOKED_AT:]]
