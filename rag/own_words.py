"""Which of the passages found for a follow-up comes first? One where a sentence holds the question's own words.

A follow-up put in full carries names of the turns before it ("About Lady Aldry: when was the ship built?"): they find
the story, and drown what is asked now.
"""

from collections.abc import Sequence
from dataclasses import replace

from index.records import Passage
from index.sentences import sentences
from rag.mentions import core
from rag.verify.answers import asked_share

# What the best sentence's share of the question's own words adds to a fused score, and the whole passage's share of all
# words. A rank is worth .0005 near the top. Chosen on the development half of evals/conversations: .004 to .02 for the
# first did equally well, and without the second one or two follow-ups in 74 were lost (evals/LOG.md).
OWN, ALL = 0.006, 0.003


def by_own_words(question: str, passages: Sequence[Passage]) -> list[Passage]:
    """Fused passages in the order of a conversation, `score` changed to it. `question` is the follow-up put in full."""
    asked = core(question)
    scored = [
        replace(
            passage,
            score=passage.score
            + OWN * max((asked_share(asked, passage.text[a:b]) for a, b in sentences(passage.text)), default=0.0)
            + ALL * asked_share(question, f"{passage.title}. {passage.text}"),
        )
        for passage in passages
    ]
    return sorted(scored, key=lambda passage: -passage.score)
