"""How are the answers to the parts of a question put together into one, with the citations of all of them?"""

from collections.abc import Sequence
from dataclasses import replace

from index.records import Passage
from rag.comparisons import PartAnswer, Plan, follows
from rag.records import Answer, Citation, Claim


def put_together(plan: Plan, base: Answer, parts: Sequence[Answer]) -> Answer | None:
    """The combined answer; None where the parts do not carry one. Its confidence is that of the weakest part."""
    given = [PartAnswer(answer=part.answer, published=_published(part)) for part in parts]
    combined = follows(plan, given)
    if combined is None:
        return None
    citations: list[Citation] = []
    for number in combined.parts:
        for citation in parts[number].citations:
            if all(_place(citation) != _place(known) for known in citations):
                citations.append(replace(citation, marker=len(citations) + 1))
    markers = tuple(citation.marker for citation in citations)
    claim = Claim(text=combined.text, supported=True, citations=markers)
    return replace(
        base,
        answer=combined.answer,
        abstained=False,
        confidence=min(parts[number].confidence for number in combined.parts),
        claims=(claim,),
        citations=tuple(citations),
    )


def interleaved(lists: Sequence[Sequence[Passage]]) -> tuple[Passage, ...]:
    """The best of each list in turn, each passage once."""
    found: dict[int, Passage] = {}
    for place in range(max((len(passages) for passages in lists), default=0)):
        for passages in lists:
            if place < len(passages):
                found.setdefault(passages[place].chunk_id, passages[place])
    return tuple(found.values())


def _published(part: Answer) -> str | None:
    return part.citations[0].published if part.citations else None


def _place(citation: Citation) -> tuple[str, int, int, int]:
    return citation.article_id, citation.version, citation.start, citation.end
