"""How is an article shown beside the chat? As its own text in paragraphs, the quote and the answer in it marked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.records import Article, ArticleSummary
from rag.records import Span
from ui.web.escape import day, inline, text, web_link

PARAGRAPH = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What is marked: the quote, and in it (or near it) the spans that state the answer."""

    quote: Span | None = None
    spans: tuple[Span, ...] = ()

    def within(self) -> tuple[Span, ...]:
        """The spans that are less than the quote: where the answer is the whole sentence, one mark is enough."""
        whole = self.quote
        return tuple(one for one in self.spans if not (whole and one.start <= whole.start and one.end >= whole.end))


def article_page(
    article: Article, *, marks: Marks | None = None, newest: int | None = None, copies: Sequence[ArticleSummary] = ()
) -> str:
    """The article as HTML. `newest` is its newest version where that is another one; `copies` are its copies."""
    facts = [inline(article.outlet) if article.outlet else "", text(day(article.published))]
    kicker = " · ".join(fact for fact in facts if fact)
    parts = [f'<p class="kicker">{kicker}</p>' if kicker else ""]
    parts.append(f'<h2 class="article-title" tabindex="-1">{inline(article.title or "Untitled")}</h2>')
    parts.append(f'<p class="byline">{by_line(article)}</p>')
    if newest is not None and newest != article.version:
        parts.append(
            f'<p class="notice">This is version {article.version}, as it was quoted. The article has changed since. '
            f'<button type="button" class="link" data-do="article" data-article="{text(article.article_id)}" '
            f'data-version="{newest}">Read version {newest}</button></p>'
        )
    if copies:
        listed = ", ".join(copy_button(copy) for copy in copies)
        parts.append(f'<p class="copies">The same story is carried by {listed}.</p>')
    parts.append(
        f'<div class="article-text" lang="{text(article.language)}">{body(article.text, marks or Marks())}</div>'
    )
    return f'<article class="paper" data-article="{text(article.article_id)}">{"".join(parts)}</article>'


def by_line(article: Article) -> str:
    """Author, last change, and where it was read."""
    facts = []
    if article.author:
        facts.append(f"By {inline(article.author)}")
    if article.updated and article.updated[:10] != (article.published or "")[:10]:
        facts.append(f"updated {text(day(article.updated))}")
    link = web_link(article.url)
    if link:
        facts.append(f'<a href="{text(link)}" target="_blank" rel="noopener noreferrer nofollow">Original</a>')
    elif article.source:
        facts.append(f"read from {inline(article.source)}")
    return " · ".join(facts)


def copy_button(copy: ArticleSummary) -> str:
    """One copy of the story, which opens when it is chosen."""
    name = inline(copy.outlet or copy.title or copy.source)
    return (
        f'<button type="button" class="link" data-do="article" data-article="{text(copy.article_id)}">{name}</button>'
    )


def body(whole: str, marks: Marks) -> str:
    """The text in paragraphs; each character of it appears once, and marks cross paragraphs where they must."""
    return "".join(
        f"<p>{paragraph(whole, found.start(), found.end(), marks)}</p>"
        for found in PARAGRAPH.finditer(whole)
        if found.group().strip()
    )


def paragraph(whole: str, start: int, end: int, marks: Marks) -> str:
    """The slice `whole[start:end]` with what is marked in it."""
    pieces = []
    for left, right, quoted, answering in segments(start, end, marks):
        words = text(whole[left:right])
        if answering:
            pieces.append(f'<mark class="span">{words}</mark>')
        elif quoted:
            pieces.append(f'<mark class="quote">{words}</mark>')
        else:
            pieces.append(words)
    return "".join(pieces)


def segments(start: int, end: int, marks: Marks) -> Iterator[tuple[int, int, bool, bool]]:
    """Consecutive pieces of [start, end) between which a mark begins or ends: (start, end, in quote, in a span)."""
    answering = marks.within()
    spans = [span for span in (marks.quote, *answering) if span is not None]
    cuts = sorted({start, end, *(edge for span in spans for edge in (span.start, span.end) if start < edge < end)})
    for left, right in pairwise(cuts):
        quoted = marks.quote is not None and marks.quote.start <= left < marks.quote.end
        yield left, right, quoted, any(span.start <= left < span.end for span in answering)
