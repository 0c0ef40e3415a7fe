"""What the question asks about may be named by the whole article or its outlet; who did what is read in the passage."""

import pytest

from index.records import Passage
from rag.claims import ClaimChecker
from rag.records import Evidence, Finding, Span

TEXT = "The law will come into force on 1 September."
QUESTION = "When does Tavelin's seat belt law come into force?"


def checked(*, outlet: str, article: str) -> bool:
    passage = Passage(
        chunk_id=1, article_id="a1", version=1, start=50, end=50 + len(TEXT), text=TEXT, title="Belts for all",
        source="s", outlet=outlet, url=None, published="2026-04-23",
    )  # fmt: skip
    start = passage.start + TEXT.index("1 September")
    evidence = Evidence(passage=0, spans=(Span(start, start + len("1 September")),))
    finding = Finding(text="1 September", answer="1 September", evidence=(evidence,))
    return ClaimChecker(QUESTION, [passage], texts={"a1": article}).check(finding) is not None


@pytest.mark.parametrize(
    ("outlet", "article", "stands"),
    [
        ("Courier", TEXT, False),
        ("RTV Tavelin", TEXT, True),
        ("Courier", f"Tavelin's parliament sat until midnight.\n\n{TEXT}", True),
    ],
)
def test_the_article_or_its_outlet_names_what_is_asked_about(outlet: str, article: str, stands: bool) -> None:
    assert checked(outlet=outlet, article=article) is stands


def test_a_statement_that_points_at_no_place_is_read_in_its_passage() -> None:
    text = "She will resign in May, the mayor said."
    passage = Passage(
        chunk_id=1, article_id="a1", version=1, start=0, end=len(text), text=text, title="", source="s",
        outlet="Karl Stone's Weekly", url=None, published="2026-04-23",
    )  # fmt: skip
    checker = ClaimChecker("Who resigns?", [passage], texts={"a1": f"Karl Stone was there. {text}"})
    said = Finding(text="Karl Stone will resign in May.", answer=None, evidence=(Evidence(passage=0, spans=()),))
    assert checker.check(said) is None
