"""Copies of one passage are shown once; a changed figure, date, name or denial is shown beside the first."""

import pytest

from index.records import Passage
from index.repeats import merge_repeats

BASE = (
    "The ferry struck the pier at Holm on Friday, leaving 12 dead and 38 hurt, the harbour authority said. The company "
    "paid $5 million for repairs in the second year, and it did deny that the captain was tired."
)


def passage(number: int, text: str, group: str | None = "ferry") -> Passage:
    return Passage(
        chunk_id=number, article_id=f"a{number}", version=1, start=0, end=len(text), text=text, title="", source="",
        outlet=f"Outlet {number}", url=None, published=None, copy_group=group, vector_rank=number,
    )  # fmt: skip


def test_a_copy_is_folded_and_names_both_outlets() -> None:
    trimmed = BASE.replace(", the harbour authority said", "")
    (kept,) = merge_repeats([passage(1, BASE), passage(2, trimmed)])
    assert (kept.article_id, kept.outlets) == ("a1", ("Outlet 1", "Outlet 2"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("38", "41"), ("12 dead and 38 hurt", "38 dead and 12 hurt"), ("Friday", "Saturday"), ("Holm", "Skar"),
        ("$5", "€5"), ("million", "billion"), ("second", "third"), ("did deny", "did not deny"),
        ("did deny", "didn’t deny"), ("12 dead", "twenty-two dead"),
    ],
)  # fmt: skip
def test_a_copy_that_differs_in_what_is_news_is_kept(old: str, new: str) -> None:
    changed = BASE.replace(old, new)
    assert changed != BASE
    assert [kept.text for kept in merge_repeats([passage(1, BASE), passage(2, changed)])] == [BASE, changed]


def test_passages_of_different_stories_are_never_folded() -> None:
    assert len(merge_repeats([passage(1, BASE), passage(2, BASE, group=None), passage(3, BASE, group="other")])) == 3
