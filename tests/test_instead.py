"""Where no quote carries what the reader points at, its next span is tried, and nothing is said where none stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from index import Library
from index.records import Passage
from rag import Assistant
from rag.answerers.local import LocalReader
from rag.answerers.port import Outcome
from rag.answering import Clock, answered
from rag.records import ABSTENTION, Answer, Citation, Claim, Evidence, Finding, Finished, Span

ASKED = "Who beat the minister?"
TEXT = "The minister, Adela Moss, lost Port Verrin to Tamsin Oke, a biologist. Oke was cheered."
WON = Passage(
    chunk_id=1, article_id="a1", version=1, start=0, end=len(TEXT), text=TEXT, title="Vote", source="s",
    outlet="Courant", url=None, published="2025-05-19",
)  # fmt: skip


def found(answer: str, confidence: float) -> Finding:
    start = TEXT.index(answer)
    evidence = (Evidence(passage=0, spans=(Span(start, start + len(answer)),)),)
    return Finding(text=answer, answer=answer, evidence=evidence, confidence=confidence)


@dataclass
class Scripted:
    """Points at the loser, then at what it is told to."""

    other: Finding | None
    refused: list[str] = field(default_factory=list)
    name: str = "scripted"

    def answer(self, question: str, passages: Sequence[Passage]) -> Iterator[Finding | Outcome]:
        yield found("Adela Moss", 0.8)
        yield Outcome(confidence=0.8, alternatives=(found("Oke was cheered", 0.5),))

    def instead(self, question: str, passages: Sequence[Passage], refused: Finding) -> Finding | None:
        self.refused.append(refused.text)
        return self.other

    def located(
        self, question: str, passages: Sequence[Passage], claims: Sequence[Claim], citations: Sequence[Citation]
    ) -> tuple[Finding, ...]:
        return ()

    def alternatives_of(self, question: str, finding: Finding, passages: Sequence[Passage]) -> tuple[Finding, ...]:
        assert finding == self.other
        return ()

    def nearest(
        self, question: str, finding: Finding | None, passages: Sequence[Passage], beyond: Sequence[Passage] = ()
    ) -> tuple[Evidence, ...]:
        return ()

    def versions(
        self, question: str, finding: Finding, known: Passage, passages: Sequence[Passage]
    ) -> tuple[Finding, ...]:
        return ()


def texts_of(passages: Sequence[Passage]) -> Mapping[str, str]:
    return {one.article_id: one.text for one in passages}


def answer_of(scripted: Scripted, *, strict: bool = True) -> Answer:
    base = Answer(
        question=ASKED, searched_for=ASKED, window=None, answer=None, text=ABSTENTION, abstained=True, confidence=0.0,
        answerer="scripted", claims=(), citations=(), passages=(WON,), library_revision=1,
    )  # fmt: skip
    events = answered(base, scripted, Clock(), streams=False, strict=strict, local=lambda: scripted, texts_of=texts_of)
    return next(event.answer for event in events if isinstance(event, Finished))


def test_the_next_span_is_given_where_its_quote_carries_it_and_is_as_sure_as_it_is() -> None:
    scripted = Scripted(found("Tamsin Oke", 0.6))
    answer = answer_of(scripted)
    assert scripted.refused == ["Adela Moss"]
    assert (answer.answer, answer.confidence, answer.abstained) == ("Tamsin Oke", 0.6, False)
    assert [citation.marker for citation in answer.citations] == [1]
    assert answer.citations[0].quote.startswith("The minister, Adela Moss, lost")


@pytest.mark.parametrize("other", [None, found("Adela Moss", 0.6)])
def test_nothing_is_said_where_the_next_span_does_not_stand_either(other: Finding | None) -> None:
    answer = answer_of(Scripted(other))
    assert (answer.text, answer.abstained, answer.citations) == (ABSTENTION, True, ())


def test_what_is_kept_and_marked_is_not_replaced() -> None:
    scripted = Scripted(found("Tamsin Oke", 0.6))
    answer = answer_of(scripted, strict=False)
    assert scripted.refused == []
    assert [claim.supported for claim in answer.claims] == [False]


def test_the_reader_gives_the_winner_where_the_loser_was_refused(newsroom: Library) -> None:
    asked = "Who beat the transport minister in her own constituency?"
    assistant = Assistant(newsroom, today="2025-06-01", min_confidence=0.3)
    assert assistant.ask(asked).answer == "Tamsin Oke"
    passages, refused = assistant.retrieve(asked), Finding(text="Adela Moss", answer="Adela Moss", evidence=())
    other = LocalReader(min_confidence=0.3).instead(asked, passages, refused)
    assert other is not None
    assert other.answer == "Tamsin Oke"
    assert LocalReader(min_confidence=0.99).instead(asked, passages, refused) is None
    assert LocalReader(min_confidence=0.0).instead("Why was she beaten?", passages, refused) is None
