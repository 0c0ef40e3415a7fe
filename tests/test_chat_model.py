"""Does every way that a chat model can behave end in checked claims or in a clear error?"""

import time
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from langchain_core.callbacks import BaseCallbackHandler, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import RunnableLambda

from index.errors import ModelError
from index.records import Passage
from rag.answerers.chat_model import ChatModelAnswerer, load_model
from rag.answerers.port import Outcome
from rag.answerers.statements import Statement, Statements
from rag.claims import ClaimChecker
from rag.prompt import build
from rag.records import Claim, Finding

BRIDGE = "The bridge was opened on 3 May 2016. It cost 1.2 million crowns. Mayor Anna Berg cut the ribbon."
FERRY = "At least 38 people died when the ferry sank off Lund. Captain Olaf Ries was rescued."


def passage(number: int, text: str) -> Passage:
    return Passage(
        chunk_id=number, article_id=f"a{number}", version=1, start=100, end=100 + len(text), text=text, title="",
        source="test", outlet=None, url=None, published="2016-05-04",
    )  # fmt: skip


PASSAGES = (passage(1, BRIDGE), passage(2, FERRY))


class Scripted(BaseChatModel):
    """Plays one script a call: pieces of text, errors to raise, and numbers of seconds to be silent."""

    scripts: list[list[Any]]
    calls: list[list[BaseMessage]]

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        text = "".join(str(piece) for piece in self.scripts[0])
        return ChatResult(generations=[ChatGeneration(message=AIMessage(content=text))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        script = self.scripts[min(len(self.calls), len(self.scripts) - 1)]
        self.calls.append(messages)
        for piece in script:
            if isinstance(piece, Exception):
                raise piece
            if isinstance(piece, float):
                time.sleep(piece)
                continue
            yield ChatGenerationChunk(message=AIMessageChunk(content=piece))


def answered(*scripts: Sequence[Any], strict: bool = True, **options: Any) -> tuple[list[Claim], Outcome, ClaimChecker]:
    model = Scripted(scripts=[list(script) for script in scripts], calls=[])
    checker = ClaimChecker("What happened?", PASSAGES, strict=strict)
    claims: list[Claim] = []
    outcome = None
    for item in ChatModelAnswerer(model, backoff=0.0, **options).answer("What happened?", PASSAGES):
        if isinstance(item, Finding):
            checked = checker.check(item)
            if checked is not None:
                claims.append(checked.claim)
        else:
            outcome = item
    assert outcome is not None
    return claims, outcome, checker


def test_a_sentence_with_its_marker_is_cited_by_the_exact_sentence_of_its_passage() -> None:
    claims, _, checker = answered(["The bridge cost 1.2 million crowns [1]."])
    assert [claim.text for claim in claims] == ["The bridge cost 1.2 million crowns."]
    (citation,) = checker.citations
    assert citation.marker == 1
    assert citation.article_id == "a1"
    assert "It cost 1.2 million crowns." in citation.quote
    assert BRIDGE[citation.start - 100 : citation.end - 100] == citation.quote


def test_markers_are_numbered_by_first_use() -> None:
    claims, _, checker = answered(["At least 38 people died when the ferry sank [2]. It opened on 3 May 2016 [1]."])
    assert [claim.citations for claim in claims] == [(1,), (2,)]
    assert [citation.article_id for citation in checker.citations] == ["a2", "a1"]


@pytest.mark.parametrize("marker", ["[2]", "[9]", "[0]", "", "[1][2]", "[2, 1]"])
def test_a_wrong_or_missing_marker_is_mended_when_another_passage_carries_the_sentence(marker: str) -> None:
    claims, _, checker = answered([f"The bridge was opened on 3 May 2016 {marker}."])
    assert [claim.supported for claim in claims] == [True]
    assert [citation.article_id for citation in checker.citations] == ["a1"]


@pytest.mark.parametrize(
    "lie",
    [
        "The bridge was opened on 4 May 2016 [1].",
        "The bridge cost 2.1 million crowns [1].",
        "The bridge cost 1.2 billion crowns [1].",
        "Olaf Ries cut the ribbon [1].",
        "Captain Olaf Ries was not rescued [2].",
        "The bridge has four lanes and a cycle path [1].",
    ],
)
def test_a_sentence_that_no_passage_carries_is_dropped_or_flagged(lie: str) -> None:
    assert answered([lie])[0] == []
    (claim,), _, checker = answered([lie], strict=False)
    assert not claim.supported
    assert claim.reason
    assert checker.citations == ()


@pytest.mark.parametrize(
    "refusal",
    ["NOT IN PASSAGES", "NOT IN PASSAGES.", "I'm sorry, I cannot answer that.", "The passages do not mention it.",
     "Unfortunately, no date is given.", "There is no information about this in the passages."],
)  # fmt: skip
def test_a_refusal_is_no_claim(refusal: str) -> None:
    claims, outcome, _ = answered([refusal], strict=False)
    assert claims == []
    assert outcome.confidence == 0.0


@pytest.mark.parametrize("nothing", [[""], ["", "  ", "\n"]])
def test_an_empty_reply_is_no_claim(nothing: list[str]) -> None:
    claims, outcome, _ = answered(nothing, strict=False)
    assert claims == []
    assert outcome.confidence == 0.0


def test_an_empty_reply_is_told_to_the_person() -> None:
    assert answered([""])[1].notice == "The model wrote nothing."


def test_a_reply_without_a_single_chunk_is_a_failure() -> None:
    with pytest.raises(ModelError, match="No generation chunks"):
        answered([])


def test_a_model_that_runs_on_is_cut_off() -> None:
    claims, outcome, _ = answered(["The bridge cost 1.2 million crowns [1]. "] * 5000)
    assert len(claims) == 12
    assert outcome.notice == "The model wrote more than an answer; the rest was left out."


def test_one_endless_sentence_is_cut_off_too() -> None:
    claims, outcome, _ = answered(["and on and on "] * 5000)
    assert claims == []
    assert outcome.notice == "The model wrote more than an answer; the rest was left out."


def test_long_thoughts_do_not_use_up_the_room_of_the_answer() -> None:
    thought = ["<think>\n", *["The user asks what the bridge cost. "] * 3000, "</thi", "nk>\n\n"]
    claims, outcome, _ = answered([*thought, "The bridge cost 1.2 million crowns [1]."])
    assert [claim.text for claim in claims] == ["The bridge cost 1.2 million crowns."]
    assert outcome.notice == ""


def test_endless_thoughts_are_cut_off() -> None:
    claims, outcome, _ = answered(["<think>", *["and on and on "] * 20_000, "</think>It cost 1.2 million crowns [1]."])
    assert claims == []
    assert outcome.notice == "The model wrote more than an answer; the rest was left out."


def test_a_failure_before_the_first_word_is_tried_again() -> None:
    claims, _, _ = answered([RuntimeError("busy")], [RuntimeError("busy")], ["The bridge cost 1.2 million crowns [1]."])
    assert [claim.text for claim in claims] == ["The bridge cost 1.2 million crowns."]


def test_a_model_that_keeps_failing_is_named_with_its_error() -> None:
    with pytest.raises(ModelError, match=r"^Scripted failed: connection refused\.$"):
        answered([RuntimeError("connection refused\nlong trace")])


def test_a_failure_in_the_middle_leaves_what_was_checked_and_is_not_tried_again() -> None:
    script = ["The bridge cost 1.2 million crowns [1]. The ferry ", RuntimeError("cut off")]
    model = Scripted(scripts=[script], calls=[])
    items = ChatModelAnswerer(model, backoff=0.0).answer("q?", PASSAGES)
    first = next(items)
    assert isinstance(first, Finding)
    assert first.text == "The bridge cost 1.2 million crowns."
    with pytest.raises(ModelError, match="cut off"):
        next(items)
    assert len(model.calls) == 1


def test_a_silent_model_is_given_up() -> None:
    with pytest.raises(ModelError, match=r"^Scripted was silent for 0\.05 seconds\.$"):
        answered([0.4, "late"], timeout=0.05, retries=0)


def test_the_model_is_heard_by_the_callbacks_of_the_chain_around_it() -> None:
    told: list[str] = []

    class Listening(BaseCallbackHandler):
        def on_chat_model_start(self, serialized: object, messages: object, **_: object) -> None:
            told.append("start")

        def on_llm_end(self, response: object, **_: object) -> None:
            told.append("end")

    chain = RunnableLambda(lambda script: len(answered([script])[0]))
    assert chain.invoke("The bridge cost 1.2 million crowns [1].", config={"callbacks": [Listening()]}) == 1
    assert told == ["start", "end"]


def test_a_sentence_is_given_as_soon_as_the_next_begins() -> None:
    statements = Statements()
    assert list(statements.add("The bridge cost 1.2 million crowns [1].")) == []
    assert list(statements.add(" It opened")) == [Statement("The bridge cost 1.2 million crowns.", (1,))]
    assert list(statements.add(" in May. [1, 2]")) == []
    assert list(statements.close()) == [Statement("It opened in May.", (1, 2))]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_statements_do_not_depend_on_how_the_words_arrive(size: int) -> None:
    text = (
        "<think>The user asks [9]. Hm.</think>Answer: Dr. Smith said 3.5 percent of 1,200 votes were void [1]. "
        "Two ships <thinking>Really?</thinking>sank. [2][3]\n- **The mayor** resigned on May 3 [passage 1]. 3 < 4 [1]"
    )
    statements = Statements()
    found = [one for start in range(0, len(text), size) for one in statements.add(text[start : start + size])]
    assert [*found, *statements.close()] == [
        Statement("Dr. Smith said 3.5 percent of 1,200 votes were void.", (1,)),
        Statement("Two ships sank.", (2, 3)),
        Statement("The mayor resigned on May 3.", (1,)),
        Statement("3 < 4", (1,)),
    ]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_the_numbers_of_a_list_are_no_statements(size: int) -> None:
    text = (
        "What is known:\n1. The vote was held on 3 May [1].\n2. The mayor lost. [2]\n 3) **She** resigned [3]\n"
        "**4. Her deputy, who had been in office since spring that year,** took over [1]\n**5.** It rained [2].\n"
        "12 people died [1].\n3.5 million crowns are missing [2].\nIn all there were 12. [2]\n17. [3]"
    )
    statements = Statements()
    found = [one for start in range(0, len(text), size) for one in statements.add(text[start : start + size])]
    assert [*found, *statements.close()] == [
        Statement("The vote was held on 3 May.", (1,)),
        Statement("The mayor lost.", (2,)),
        Statement("She resigned", (3,)),
        Statement("Her deputy, who had been in office since spring that year, took over", (1,)),
        Statement("It rained.", (2,)),
        Statement("12 people died.", (1,)),
        Statement("3.5 million crowns are missing.", (2,)),
        Statement("In all there were 12.", (2,)),
        Statement("17.", (3,)),
    ]


def test_passages_are_dropped_from_the_end_to_fit_the_budget() -> None:
    assert build("q?", PASSAGES, budget=4000).passages == 2
    prompt = build("q?", PASSAGES, budget=330)
    assert prompt.passages == 1
    assert "Mayor Anna Berg cut the ribbon." in str(prompt.messages[-1].content)
    assert "ferry" not in str(prompt.messages[-1].content)


def test_a_first_passage_that_is_too_long_is_cut_at_a_sentence_end() -> None:
    prompt = build("q?", PASSAGES, budget=290)
    read = str(prompt.messages[-1].content)
    assert prompt.passages == 1
    assert "| The bridge was opened on 3 May 2016." in read
    assert "Mayor" not in read


def test_a_provider_without_its_package_is_named_with_the_command_that_installs_it() -> None:
    with pytest.raises(ModelError, match=r"pip install 'onrecord\[mistral\]'"):
        load_model("mistralai:mistral-small")


@pytest.mark.parametrize("name", ["nonsense", "nobody:model-1", "ollama:", "", " "])
def test_an_unknown_model_is_refused_with_an_example(name: str) -> None:
    with pytest.raises(ModelError, match=r"ollama:llama3\.2"):
        load_model(name)


def test_a_missing_key_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(ModelError, match="openai:gpt-5-mini cannot be used") as caught:
        load_model("openai:gpt-5-mini")
    assert "\n" not in str(caught.value)
