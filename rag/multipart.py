"""How are the answers to the parts of a question put together into one, with the citations of all of them?"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.records import Passage
from rag.answering import marked
from rag.bridges import Bridge, names_one
from rag.comparisons import PartAnswer, Plan, follows
from rag.english import content, fold
from rag.moments import looks_ahead
from rag.other_reports import numbered
from rag.records import Answer, Citation, Claim, Event, Finished


def put_together(plan: Plan, base: Answer, parts: Sequence[Answer]) -> Answer | None:
    """The combined answer; None where the parts do not carry one. Its confidence is that of the weakest part."""
    given = [PartAnswer(answer=part.answer, published=_published(part), ahead=_ahead(part)) for part in parts]
    combined = follows(plan, given)
    if combined is None or (plan.kind not in ("each", "else") and _one_place(parts)):
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


def unless_of_a_part(base: Answer, direct: Sequence[Event], parts: Sequence[Answer]) -> Iterator[Event]:
    """The direct events; an abstention where they give what one of the parts is as the difference between them."""
    found = next(event.answer for event in direct if isinstance(event, Finished))
    if found.abstained or all(found.answer != part.answer for part in parts):
        yield from direct
    else:
        yield Finished(answer=replace(base, confidence=found.confidence, timings_ms=found.timings_ms))


def crosses(direct: Answer, first: Answer, found: Answer) -> bool:
    """Is a question answered by way of another fact as `found`, with `first` for whom or what it describes? Not where
    `direct`, the answer to the question as it stands, is as sure, unless it only says who is meant; and not with words
    of the question alone.
    """
    if set(content(found.answer or "")) <= set(content(found.question)):
        return False
    if direct.abstained or fold(direct.answer or "") == fold(first.answer or ""):
        return True
    return found.confidence > direct.confidence


def crossed(bridge: Bridge, base: Answer, first: Answer, second: Answer) -> Answer:
    """The answer to `second`, and after it who or what the question described, as `first` found it; as sure as both
    are in the geometric mean, since the one bears out the other.
    """
    citations = list(second.citations)
    markers: list[int] = []
    for citation in first.citations:
        known = next((one for one in citations if _place(one) == _place(citation)), None)
        if known is None:
            known = replace(citation, marker=len(citations) + 1)
            citations.append(known)
        markers.append(known.marker)
    beside = [one for one in second.accounts if all(_place(one) != _place(known) for known in citations)]
    described = f"{bridge.described[:1].upper()}{bridge.described[1:]}: {first.answer}"
    claim = Claim(text=described, supported=True, citations=tuple(markers))
    return replace(
        second,
        question=base.question,
        text=f"{second.text} {marked(claim)}",
        confidence=math.sqrt(first.confidence * second.confidence),
        claims=(*second.claims, claim),
        citations=tuple(citations),
        accounts=numbered(beside, citations),
        passages=interleaved([second.passages, first.passages, base.passages])[: 2 * len(base.passages)],
    )


def can_stand(name: str | None, question: str) -> bool:
    """Does an answer name one whom the question does not name, so that it can stand in a description's place?"""
    return name is not None and names_one(name) and not re.search(rf"\b{re.escape(fold(name))}\b", fold(question))


def interleaved(lists: Sequence[Sequence[Passage]]) -> tuple[Passage, ...]:
    """The best of each list in turn, each passage once."""
    found: dict[int, Passage] = {}
    for place in range(max((len(passages) for passages in lists), default=0)):
        for passages in lists:
            if place < len(passages):
                found.setdefault(passages[place].chunk_id, passages[place])
    return tuple(found.values())


def _one_place(parts: Sequence[Answer]) -> bool:
    """Do two parts rest on the very same words? Then one of them was not understood."""
    places = [(quote.article_id, quote.spans) for part in parts for quote in part.citations[:1] if quote.spans]
    return len(set(places)) < len(places)


def _published(part: Answer) -> str | None:
    return part.citations[0].published if part.citations else None


def _ahead(part: Answer) -> bool:
    """Do the words before the answer speak of something to come?"""
    if not part.citations or not part.citations[0].spans:
        return False
    first = part.citations[0]
    place = first.spans[0].start - first.start
    return looks_ahead(first.quote[max(0, place - 60) : place])


def _place(citation: Citation) -> tuple[str, int, int, int]:
    return citation.article_id, citation.version, citation.start, citation.end
