"""The public surface is small, and changes on purpose only."""

import evals
import index
import rag
from index import errors
from rag import records


def test_index_offers_these_names() -> None:
    assert sorted(index.__all__) == [
        "AddReport", "Article", "Filters", "Library", "LibraryInfo", "Passage", "Record", "read",
    ]  # fmt: skip
    assert all(getattr(index, name) is not None for name in index.__all__)


def test_rag_offers_these_names() -> None:
    assert sorted(rag.__all__) == [
        "Answer", "Assistant", "Citation", "Claim", "ClaimChecked", "Finished", "LibraryRetriever", "Searched", "Span",
        "Window",
    ]  # fmt: skip
    assert all(getattr(rag, name) is not None for name in rag.__all__)


def test_evals_offers_these_names() -> None:
    assert {"build_suite", "compare", "report", "run", "score"} <= set(evals.__all__)
    assert all(getattr(evals, name) is not None for name in evals.__all__)


def test_every_error_is_in_the_tree_of_the_docstring() -> None:
    named = {
        value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, errors.OnrecordError)
    }
    tree = errors.__doc__ or ""
    assert all(error.__name__ in tree for error in named)
    assert len(named) == 14


def test_records_cannot_be_changed() -> None:
    span = records.Span(1, 2)
    try:
        span.start = 3  # type: ignore[misc]
    except AttributeError:
        return
    raise AssertionError("a record was changed")
