"""The assistant answers on the record, streams what it checked, and speaks LangChain."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from index import Filters, Library, read
from index.errors import ModelError, QuestionError
from index.records import Passage
from rag import Assistant, ClaimChecked, Finished, LibraryRetriever, Searched
from rag.answerers.local import LocalReader
from rag.answerers.port import Outcome
from rag.document import to_json
from rag.fuse import fuse
from rag.records import Finding
from tests.test_chat_model import Scripted

GREENS = "Who leads the Greens?"
FERRY = "Which crab boat brought back more than thirty survivors?"


@pytest.fixture(scope="module")
def assistant(newsroom: Library) -> Assistant:
    return Assistant(newsroom, today="2025-06-01")


def passage(chunk_id: int, *, vector: int | None, word: int | None) -> Passage:
    return Passage(
        chunk_id=chunk_id, article_id=str(chunk_id), version=1, start=0, end=1, text="x", title="", source="",
        outlet=None,
        url=None, published=None, vector_rank=vector, word_rank=word,
    )  # fmt: skip


def test_fusion_is_weighted_reciprocal_rank() -> None:
    ranked = fuse([passage(1, vector=1, word=None), passage(2, vector=None, word=1), passage(3, vector=2, word=2)])
    assert [p.chunk_id for p in ranked] == [3, 2, 1]
    assert [round(p.score, 6) for p in ranked] == [
        round(2 / 62 + 1 / 62, 6), round(2 / 61, 6), round(1 / 61, 6),
    ]  # fmt: skip


def test_every_citation_is_a_verbatim_slice_of_the_cited_version(assistant: Assistant, newsroom: Library) -> None:
    for question in (FERRY, "How long was the ferry?", "Who leads the Greens?", "What did the court decide?"):
        answer = assistant.ask(question)
        assert len({citation.marker for citation in answer.citations}) == len(answer.citations)
        for citation in answer.citations:
            article = newsroom.article(citation.article_id, version=citation.version)
            assert article.text[citation.start : citation.end] == citation.quote
            for span in citation.spans:
                assert citation.start <= span.start < span.end <= citation.end
        for claim in answer.claims:
            assert set(claim.citations) <= {citation.marker for citation in answer.citations}


def test_a_stream_searches_then_checks_then_finishes_with_the_same_answer(assistant: Assistant) -> None:
    events = list(assistant.stream(FERRY))
    assert isinstance(events[0], Searched)
    assert isinstance(events[-1], Finished)
    checked = [event for event in events if isinstance(event, ClaimChecked)]
    assert tuple(event.claim for event in checked) == events[-1].answer.claims
    asked = assistant.ask(FERRY)
    assert replace(events[-1].answer, timings_ms={}) == replace(asked, timings_ms={})


def test_an_abstention_says_so_and_shows_the_nearest_passages(assistant: Assistant) -> None:
    answer = assistant.ask("What is the boiling point of tungsten?")
    assert answer.abstained
    assert (answer.text, answer.answer, answer.claims) == ("Your articles do not say.", None, ())
    assert answer.passages
    assert 0 <= answer.confidence < 0.5


def test_filters_narrow_what_is_read(assistant: Assistant, newsroom: Library) -> None:
    outlet = newsroom.info().outlets[-1]
    answer = assistant.ask("What happened to the ferry?", filters=Filters(outlets=(outlet,)))
    assert {p.outlet for p in answer.passages} == {outlet}


def test_a_confidence_that_nothing_reaches_declines_everything(newsroom: Library) -> None:
    assert Assistant(newsroom, min_confidence=1.0).ask(FERRY).abstained


def test_what_a_model_has_said_stands_when_it_fails(newsroom: Library, assistant: Assistant) -> None:
    known = assistant.ask(GREENS).citations[0].quote
    script = [f"{known.rstrip('.')} [1]. The party ", RuntimeError("cut off")]
    *events, last = Assistant(newsroom, model=Scripted(scripts=[script], calls=[])).stream(GREENS)
    assert isinstance(last, Finished)
    shown = [event for event in events if isinstance(event, ClaimChecked)]
    assert [event.claim for event in shown] == list(last.answer.claims)
    assert [event.citations for event in shown] == [last.answer.citations]
    assert last.answer.citations[0].quote == known
    assert (last.answer.answerer, last.answer.confidence) == ("Scripted", 0.5)
    assert last.answer.notice == "Scripted failed: cut off. The answer may not be whole."


def test_without_a_stand_in_half_an_answer_is_a_failure(newsroom: Library, assistant: Assistant) -> None:
    known = assistant.ask(GREENS).citations[0].quote
    script = [f"{known.rstrip('.')} [1]. The party ", RuntimeError("cut off")]
    with pytest.raises(ModelError, match="cut off"):
        Assistant(newsroom, model=Scripted(scripts=[script], calls=[]), stand_in=False).ask(GREENS)


@pytest.mark.parametrize("strict", [True, False])
def test_the_local_reader_answers_where_a_model_fails_before_anything_stands(newsroom: Library, strict: bool) -> None:
    script = ["Nobody leads the Greens of Atlantis [1]. The party ", RuntimeError("cut off")]
    model = Scripted(scripts=[script], calls=[])
    answer = Assistant(newsroom, model=model, strict=strict, today="2025-06-01").ask(GREENS)
    assert (answer.text, answer.answerer) == ("Ilsa Corvane [1].", "local")
    assert answer.notice == "Scripted failed: cut off. Answered by the local reader instead."


def test_empty_and_endless_questions_are_refused(assistant: Assistant) -> None:
    with pytest.raises(QuestionError, match="empty"):
        assistant.ask(" \n")
    with pytest.raises(QuestionError, match="shorten"):
        assistant.ask("why " * 1000)


def test_the_same_question_gets_the_same_document(assistant: Assistant) -> None:
    first, second = (to_json(assistant.ask(FERRY)) for _ in range(2))
    assert first | {"timings_ms": {}} == second | {"timings_ms": {}}


def test_the_chain_is_a_runnable_with_invoke_batch_stream_and_callbacks(assistant: Assistant) -> None:
    from langchain_core.callbacks import BaseCallbackHandler

    seen: list[str] = []

    class Names(BaseCallbackHandler):
        def on_chain_start(self, serialized: object, inputs: object, *, name: str = "", **_: object) -> None:
            seen.append(name)

    chain = assistant.runnable
    answer = chain.invoke(FERRY, config={"callbacks": [Names()]})
    assert answer.question == FERRY
    assert {"onrecord", "question", "answer"} <= set(seen)
    both = chain.batch([FERRY, {"question": FERRY, "filters": {"after": "2031-01-01"}}])
    assert [item.abstained for item in both][1] is True
    assert [item.question for item in chain.stream(FERRY)] == [FERRY]


@pytest.mark.parametrize("outlets", [["Caldmark Press Agency"], "Caldmark Press Agency"])
def test_the_chain_takes_filters_and_history_as_json_has_them(assistant: Assistant, outlets: object) -> None:
    filters = {"outlets": outlets, "article_ids": None, "before": "2025-06-01"}
    answer = assistant.runnable.invoke({"question": FERRY, "history": None, "filters": filters})
    assert {passage.outlet for passage in answer.passages} == {"Caldmark Press Agency"}


async def _asked(assistant: Assistant) -> str:
    return (await assistant.runnable.ainvoke(FERRY)).question


def test_the_chain_can_be_awaited(assistant: Assistant) -> None:
    import asyncio

    assert asyncio.run(_asked(assistant)) == FERRY


def test_the_events_can_be_streamed_invoked_and_awaited(assistant: Assistant) -> None:
    import asyncio

    from rag.chain import events

    chain, asked = events(assistant), GREENS

    async def heard() -> list[type]:
        return [type(event) async for event in chain.astream(asked)]

    assert [type(event) for event in chain.stream(asked)] == [Searched, ClaimChecked, Finished]
    assert asyncio.run(heard()) == [Searched, ClaimChecked, Finished]
    last = [chain.invoke(asked), *chain.batch([asked]), asyncio.run(chain.ainvoke(asked))]
    assert [type(event) for event in last] == [Finished] * 3


def test_the_retriever_gives_documents_that_are_exact_slices(newsroom: Library) -> None:
    documents = LibraryRetriever(library=newsroom, k=3).invoke(FERRY)
    assert len(documents) == 3
    for document in documents:
        facts = document.metadata
        article = newsroom.article(facts["article_id"], version=facts["version"])
        assert article.text[facts["start"] : facts["end"]] == document.page_content


def test_the_retriever_gives_as_many_documents_as_are_asked_for(tmp_path: Path) -> None:
    told = [{"text": f"{n} ships came to the harbour of Town{n}.", "title": f"Harbour {n}"} for n in range(120)]
    (tmp_path / "told.json").write_text(json.dumps(told))
    with Library.open(tmp_path / "library") as library:
        library.add(read(tmp_path / "told.json"))
        assert len(LibraryRetriever(library=library, k=110).invoke("How many ships came to the harbour?")) == 110


def test_a_follow_up_is_read_without_what_was_put_in_front_of_it(newsroom: Library) -> None:
    read: list[str] = []

    class Listening(LocalReader):
        def answer(self, question: str, passages: Sequence[Passage]) -> Iterator[Finding | Outcome]:
            read.append(question)
            return super().answer(question, passages)

    assistant = Assistant(newsroom, today="2025-06-01")
    vars(assistant)["_local"] = Listening()
    first = assistant.ask("What did the ferry inquiry say about the bow door seal in its first report?")
    answer = assistant.ask("And who resigned after it came out?", history=[first])
    assert answer.searched_for.endswith(read[-1])
    assert len(read[-1]) < len(answer.searched_for)
    assert "resigned" in read[-1]
    assert "bow door" not in read[-1]
    whole = "Did the ferry sink? When did it sink?"
    assert assistant.ask(whole).searched_for == read[-1] == whole


def test_a_part_is_not_given_as_the_difference_between_two(tmp_path: Path) -> None:
    told = "Mayor Eva Lind won a second term in Solna with 52.4 percent of the votes. Omar Said got 44.1 percent."
    (tmp_path / "told.txt").write_text(told)
    with Library.open(tmp_path / "library") as library:
        library.add(read(tmp_path / "told.txt"))
        answer = Assistant(library).ask("How many more percent did Lind get than Said?")
    assert answer.answer in (None, "8.3 percent")
