"""How does an answer read in a terminal?"""

import textwrap
from collections.abc import Iterator

from rag.records import Answer, Citation
from ui.marks import ELSEWHERE, in_marks

WIDTH = 96
NEAREST = 3


def answer_lines(answer: Answer) -> Iterator[str]:
    """The answer, each citation with quote, outlet and date, and what other reports say; abstaining, what is near."""
    if answer.notice:
        yield answer.notice
    if answer.searched_for != answer.question:
        yield f"(searched for: {answer.searched_for})"
    yield from textwrap.wrap(answer.text, WIDTH)
    if answer.differing:
        yield ""
        yield "Reports differ:"
        for report in answer.differing:
            yield f"  {_day(report.published)}  {report.outlet or 'unnamed outlet'}: {report.answer} [{report.marker}]"
    for citation in answer.citations:
        yield ""
        yield from _citation(citation)
    if answer.accounts:
        yield ""
        yield "What comes nearest:" if answer.abstained else f"{ELSEWHERE}:"
        for account in answer.accounts:
            yield from _account(account)
    elif answer.abstained and answer.passages:
        yield ""
        yield "The nearest passages:"
        for passage in answer.passages[:NEAREST]:
            text = " ".join(passage.text.split())
            yield from textwrap.wrap(
                f"- {passage.title}, {_day(passage.published)}: {text}", WIDTH, subsequent_indent="  ", max_lines=3,
                placeholder=" ...",
            )  # fmt: skip
    if not answer.abstained:
        yield ""
        yield f"confidence {answer.confidence:.2f}, answered by {answer.answerer}"


def _citation(citation: Citation) -> Iterator[str]:
    quote = " ".join(citation.quote.split())
    yield from textwrap.wrap(f"[{citation.marker}] {in_marks(quote)}", WIDTH, subsequent_indent="    ")
    place = f", page {citation.page}" if citation.page else ""
    outlets = ", ".join(citation.outlets) or citation.outlet or "unnamed outlet"
    yield f"    {citation.title or citation.source}{place} ({outlets}, {_day(citation.published)})"


def _account(account: Citation) -> Iterator[str]:
    where = f"{_day(account.published)}  {account.outlet or account.title or account.source}"
    quote = " ".join(account.quote.split())
    yield from textwrap.wrap(f"- {where}: {in_marks(quote)}", WIDTH, subsequent_indent="  ")


def _day(published: str | None) -> str:
    return published[:10] if published else "undated"
