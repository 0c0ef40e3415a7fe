"""Once two reports differ, versions are looked for in passages that were not read too, and cited like the others."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage

from index.errors import ReaderError
from index.library import Library
from index.records import Passage
from rag.answerers.chat_model import ChatModelAnswerer
from rag.answerers.port import LocalAnswerer, Outcome
from rag.answering import Clock, answered
from rag.assistant import Assistant
from rag.records import ABSTENTION, Answer, Citation, Claim, Evidence, Finding, Finished, Span

TOLL = "How many people died when the Lady Aldry sank?"
FIRST = "At least four people died when the Lady Aldry sank in Skell Sound on Saturday."
SECOND = "Divers found three more people who died when the Lady Aldry sank in Skell Sound; the dead now number seven."
# The ship is named elsewhere in the article, and in nothing that a search for the question would find.
THIRD = "Navy divers brought up two more bodies in Skell Sound on Tuesday, raising the death toll to nine."
WHOLE = f"An engineer of the Lady Aldry told his story.\n\n{THIRD}"


def passage(number: int, text: str, published: str, *, start: int = 0) -> Passage:
    return Passage(
        chunk_id=number, article_id=f"a{number}", version=1, start=start, end=start + len(text), text=text,
        title="Ferry", source="s", outlet=f"Outlet {number}", url=None, published=published,
    )  # fmt: skip


READ = (passage(1, FIRST, "2025-04-05"), passage(2, SECOND, "2025-04-06"))
UNREAD = passage(3, THIRD, "2025-04-08", start=WHOLE.index(THIRD))
TEXTS = {"a1": FIRST, "a2": SECOND, "a3": WHOLE}


def found(number: int, text: str, answer: str) -> Finding:
    start = text.index(answer)
    return Finding(
        text=answer,
        answer=answer,
        evidence=(Evidence(passage=number, spans=(Span(start, start + len(answer)),)),),
        confidence=0.6,
    )


@dataclass
class Scripted:
    """Says what it was told to say."""

    alternatives: tuple[Finding, ...]
    order: tuple[int, ...] = ()
    beyond: bool = True
    name: str = "scripted"

    def answer(self, question: str, passages: Sequence[Passage]) -> Iterator[Finding | Outcome]:
        yield found(0, FIRST, "At least four")
        yield Outcome(confidence=0.6, alternatives=self.alternatives, order=self.order)

    def instead(self, question: str, passages: Sequence[Passage], refused: Finding) -> Finding | None:
        raise AssertionError("what it says stands")

    def located(
        self, question: str, passages: Sequence[Passage], claims: Sequence[Claim], citations: Sequence[Citation]
    ) -> tuple[Finding, ...]:
        (citation,) = citations
        assert citation.quote == FIRST
        return found(0, FIRST, "Skell Sound"), found(0, FIRST, "At least four")

    def alternatives_of(self, question: str, finding: Finding, passages: Sequence[Passage]) -> tuple[Finding, ...]:
        return self.alternatives

    def nearest(
        self, question: str, known: Passage | None, passages: Sequence[Passage], beyond: Sequence[Passage] = ()
    ) -> tuple[Evidence, ...]:
        return ()

    def versions(
        self, question: str, finding: Finding, known: Passage, passages: Sequence[Passage]
    ) -> tuple[Finding, ...]:
        assert known == READ[0]
        if not self.beyond:
            return ()
        number = [one.chunk_id for one in passages].index(UNREAD.chunk_id)
        offset = UNREAD.start + THIRD.index("nine")
        evidence = (Evidence(passage=number, spans=(Span(offset, offset + len("nine")),)),)
        return (Finding(text="nine", answer="nine", evidence=evidence, confidence=0.5),)


@dataclass
class Shelf:
    """Gives the passage that was not read, and remembers what it was asked for."""

    asked: list[str] = field(default_factory=list)

    def further(self, told: str) -> Sequence[Passage]:
        self.asked.append(told)
        return (READ[0], UNREAD)


def texts_of(passages: Sequence[Passage]) -> Mapping[str, str]:
    return {one.article_id: TEXTS[one.article_id] for one in passages}


def answer(
    alternatives: tuple[Finding, ...],
    shelf: Shelf,
    *,
    order: tuple[int, ...] = (),
    asked: str = TOLL,
    beyond: bool = True,
) -> Answer:
    base = Answer(
        question=asked, searched_for=TOLL, window=None, answer=None, text=ABSTENTION, abstained=True, confidence=0.0,
        answerer="scripted", claims=(), citations=(), passages=READ, library_revision=1,
    )  # fmt: skip
    scripted = Scripted(alternatives, order, beyond)
    *_, last = answered(
        base, scripted, Clock(), streams=False, strict=True, local=lambda: scripted, texts_of=texts_of,
        further=shelf.further,
    )  # fmt: skip
    assert isinstance(last, Finished)
    return last.answer


def test_a_third_version_is_found_by_what_the_first_two_say() -> None:
    shelf = Shelf()
    shown = answer((found(1, SECOND, "seven"),), shelf)
    assert [report.answer for report in shown.differing] == ["nine", "seven", "At least four"]
    assert FIRST in shelf.asked[0]
    assert SECOND in shelf.asked[0]


def test_it_is_cited_at_its_place_in_the_article_and_its_passage_is_shown() -> None:
    shown = answer((found(1, SECOND, "seven"),), Shelf())
    cited = next(citation for citation in shown.citations if citation.article_id == "a3")
    assert WHOLE[cited.start : cited.end] == cited.quote == THIRD
    assert [one.chunk_id for one in shown.passages] == [1, 2, 3]


def test_a_second_version_is_found_by_what_the_first_says_where_nothing_that_was_read_differs() -> None:
    shelf = Shelf()
    shown = answer((), shelf)
    assert shelf.asked == [f"Ferry. {FIRST}"]  # under its title: a sentence alone does not say what it is about
    assert [report.answer for report in shown.differing] == ["nine", "At least four"]


def test_where_the_reports_agree_the_answer_stays_as_it_was() -> None:
    shown = answer((), Shelf(), beyond=False)
    assert shown.differing == ()
    assert shown.answer == "At least four"
    assert [one.chunk_id for one in shown.passages] == [1, 2]


def test_passages_are_shown_in_the_order_of_who_read_them() -> None:
    shown = answer((), Shelf(), order=(1,), beyond=False)
    assert [one.chunk_id for one in shown.passages] == [2, 1]
    assert shown.citations[0].article_id == "a1"  # what is cited is cited where it stands


def test_those_of_a_follow_up_stay_as_they_were_found() -> None:
    shown = answer((), Shelf(), order=(1,), asked="and how many died?", beyond=False)
    assert [one.chunk_id for one in shown.passages] == [1, 2]


def model(*sentences: str) -> GenericFakeChatModel:
    return GenericFakeChatModel(messages=iter([AIMessage(content=" ".join(sentences))]))


def answer_of_model(local: LocalAnswerer | Exception, *sentences: str) -> Answer:
    base = Answer(
        question=TOLL, searched_for=TOLL, window=None, answer=None, text=ABSTENTION, abstained=True, confidence=0.0,
        answerer="model", claims=(), citations=(), passages=READ, library_revision=1,
    )  # fmt: skip

    def loaded() -> LocalAnswerer:
        if isinstance(local, Exception):
            raise local
        return local

    *_, last = answered(
        base, ChatModelAnswerer(model(*sentences)), Clock(), streams=True, strict=True, local=loaded, texts_of=texts_of,
        further=Shelf().further,
    )  # fmt: skip
    assert isinstance(last, Finished)
    return last.answer


def test_what_a_model_says_stands_and_the_other_versions_stand_after_it() -> None:
    shown = answer_of_model(Scripted((found(1, SECOND, "seven"),)), FIRST)
    assert [report.answer for report in shown.differing] == ["nine", "seven", "At least four"]
    assert [claim.text for claim in shown.claims] == [FIRST]
    assert shown.text.startswith(f"{FIRST[:-1]} [1]. Reports differ: nine (Outlet 3, 2025-04-08) [")
    assert {report.marker for report in shown.differing} == {citation.marker for citation in shown.citations}
    assert shown.citations[0].quote == FIRST  # as it was streamed


def test_a_model_that_tells_every_version_is_not_repeated() -> None:
    shown = answer_of_model(Scripted((found(1, SECOND, "seven"),), beyond=False), FIRST)
    assert "Reports differ" in shown.text
    scripted = Told((found(1, SECOND, "seven"),), beyond=False)
    told = answer_of_model(scripted, FIRST, SECOND)
    assert [report.answer for report in told.differing] == ["seven", "At least four"]
    assert "Reports differ" not in told.text


class Told(Scripted):
    """Of a model that quotes more than one passage."""

    def located(
        self, question: str, passages: Sequence[Passage], claims: Sequence[Claim], citations: Sequence[Citation]
    ) -> tuple[Finding, ...]:
        assert len(citations) > 1
        return (found(0, FIRST, "At least four"),)


def test_looking_for_the_place_leaves_no_citation_that_nothing_refers_to() -> None:
    scripted = Told((), beyond=False)
    shown = answer_of_model(scripted, FIRST, SECOND)
    assert shown.differing == ()
    assert {marker for claim in shown.claims for marker in claim.citations} == {one.marker for one in shown.citations}


def test_where_the_reader_cannot_be_loaded_the_model_still_answers() -> None:
    shown = answer_of_model(ReaderError("reader.onnx cannot be read."), FIRST)
    assert shown.claims[0].supported
    assert shown.notice == "Whether other reports differ was not looked at: reader.onnx cannot be read."


def test_the_reader_finds_where_a_model_answers_and_what_others_say_there(newsroom: Library) -> None:
    question = "How many operations were put off because of the nurses' strike?"
    own = Assistant(newsroom, today="2025-06-07").ask(question)
    said = next(one.quote for one in own.citations if "5,000" in one.quote)
    shown = Assistant(newsroom, model=model(said), today="2025-06-07").ask(question)
    assert shown.answer == said
    assert {report.answer for report in shown.differing} == {"some 5,000", "More than 3,400", "About 1,900"}
    assert {report.marker for report in shown.differing} <= {citation.marker for citation in shown.citations}


def test_nothing_is_set_beside_what_no_other_report_could_give_otherwise(newsroom: Library) -> None:
    said = "More than 3,400 operations have been put off since the strike began, the health ministry said."
    shown = Assistant(newsroom, model=model(said), today="2025-06-07").ask("Were operations put off?")
    assert not shown.abstained
    assert shown.differing == ()
