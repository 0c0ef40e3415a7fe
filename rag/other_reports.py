"""What do other reports give beside an answer: which versions of it, and what do they say in their own sentences?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from index.errors import ReaderError
from index.records import Passage
from index.sentences import sentence_at
from rag.answerers.port import FindsVersions, TextsOf
from rag.claims import ClaimChecker, citation, quotable
from rag.mentions import core
from rag.records import Answer, Citation, Claim, Evidence, Finding
from rag.reports import Versions, versions

# Passages that are like a text.
Further = Callable[[str], Sequence[Passage]]
# Sentences beside an answer, in place of one, and of one article (evals/LOG.md).
MOST, MOST_DECLINED, MOST_OF_ARTICLE = 5, 6, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The versions of an answer; `base` has the passages that they rest on, and `checker` knows their citations."""

    base: Answer
    checker: ClaimChecker
    versions: Versions


def read_as(base: Answer) -> str:
    """A follow-up as the reader reads it: what was put in front of it has found the passages, and is in their way."""
    return core(base.searched_for) if base.searched_for != base.question else base.searched_for


def located(
    base: Answer,
    local: Callable[[], FindsVersions],
    claims: Sequence[Claim],
    citations: Sequence[Citation],
    texts_of: TextsOf,
) -> tuple[list[Finding], tuple[Finding, ...], str]:
    """Where a model's statements answer the question: the likeliest place that stands, as the local reader sees it;
    what other passages give there; and a notice where it cannot look.
    """
    checker = ClaimChecker(base.searched_for, base.passages, texts=texts_of(base.passages))
    try:
        finder = local()
        for finding in finder.located(base.searched_for, base.passages, claims, citations):
            if checker.check(finding) is not None:
                return [finding], finder.alternatives_of(base.searched_for, finding, base.passages), ""
    except ReaderError as error:
        return [], (), f"Whether other reports differ was not looked at: {error}"
    return [], (), ""


class OtherReports:
    """What the reports of one event give in the place of an answer's findings, the first of which has a span.

    A story that was reported for days has more figures than eight passages hold, and later reports no longer say what
    it is about: they are found by what the finding, its title and its known versions say. `cited` are the citations
    that the answer has already.
    """

    def __init__(
        self,
        base: Answer,
        findings: Sequence[Finding],
        alternatives: Sequence[Finding],
        *,
        texts_of: TextsOf,
        further: Further | None,
        cited: Sequence[Citation],
    ) -> None:
        self._base, self._findings, self._alternatives = base, findings, alternatives
        self._texts_of, self._cited = texts_of, cited
        self._first = base.passages[findings[0].evidence[0].passage]
        self._known = self._told(base, [*findings, *alternatives]) if alternatives else None
        read = {passage.chunk_id for passage in base.passages}
        found = further(self._described()) if further is not None else ()
        self._beyond = [passage for passage in found if passage.chunk_id not in read]

    def versions(self, local: FindsVersions) -> Told | None:
        """The versions of the findings, among what was read and in further passages; None where there is one answer."""
        base, known = self._base, self._known
        offered = local.versions(read_as(base), self._findings[0], self._first, self._beyond) if self._beyond else ()
        if not offered:
            return known
        moved = [
            replace(one, evidence=(replace(one.evidence[0], passage=len(base.passages) + number),))
            for number, one in enumerate(offered)
        ]
        theirs = (self._beyond[one.evidence[0].passage] for one in offered)
        wider = replace(base, passages=(*base.passages, *theirs))
        found = self._told(wider, [*self._findings, *self._alternatives, *moved])
        if found is not None and (known is None or len(found.versions.reports) > len(known.versions.reports)):
            return found
        return known

    def accounts(self, local: FindsVersions, cited: Sequence[Citation]) -> tuple[Citation, ...]:
        """The sentences of reports of the event that speak nearest to the question and are not among those cited."""
        passages = [*self._base.passages, *self._beyond]
        near = local.nearest(read_as(self._base), self._findings[0], self._base.passages, self._beyond)
        return accounts(near, passages, cited)

    def _described(self) -> str:
        """The first finding's title and sentence, or those of the versions that are known."""
        if self._known is not None:
            told = " ".join(one.quote for claim in self._known.versions.claims for one in claim.citations)
        else:
            place = self._findings[0].evidence[0].spans[0].start - self._first.start
            start, end = sentence_at(self._first.text, place)
            told = self._first.text[start:end]
        return f"{self._first.title}. {told}"

    def _told(self, base: Answer, told: Sequence[Finding]) -> Told | None:
        """A later report need not name in its passage what its article is about, nor in its article what all know by
        then: where it tells of the same event, the first one's article has said it.
        """
        texts = self._texts_of(base.passages)
        first = self._first.article_id
        named = {name: text if name == first else f"{text}\n\n{texts[first]}" for name, text in texts.items()}
        checker = ClaimChecker(base.searched_for, base.passages, texts=named, cited=self._cited)
        found = versions(read_as(base), base.window, base.passages, told, checker, texts=texts)
        return Told(base=base, checker=checker, versions=found) if found is not None else None


def accounts(near: Sequence[Evidence], passages: Sequence[Passage], cited: Sequence[Citation]) -> tuple[Citation, ...]:
    """The first of these sentences that say something else than those cited, newest first."""
    found = _quoted(near, passages, cited, most=MOST)
    return numbered(sorted(found, key=lambda one: (one.published or "")[:10], reverse=True), cited)


def nearest_of(near: Sequence[Evidence], passages: Sequence[Passage]) -> tuple[Citation, ...]:
    """The first of these sentences, nearest first."""
    return numbered(_quoted(near, passages, (), most=MOST_DECLINED), ())


def _quoted(
    near: Sequence[Evidence], passages: Sequence[Passage], cited: Sequence[Citation], *, most: int
) -> list[Citation]:
    """At most two of an article, none that repeats another or what is cited, and nothing that speaks to a machine."""
    chosen: list[Citation] = []
    for one in near:
        if len(chosen) == most:
            break
        quote = quotable(passages[one.passage], one.spans)
        if quote is None:
            continue
        told = citation(0, passages[one.passage], *quote, one.spans)
        of_article = sum(told.article_id == other.article_id for other in chosen)
        if of_article < MOST_OF_ARTICLE and not any(_repeats(told, other) for other in (*cited, *chosen)):
            chosen.append(told)
    return chosen


def numbered(chosen: Sequence[Citation], cited: Sequence[Citation]) -> tuple[Citation, ...]:
    """Their markers go on from those of the citations."""
    before = max((one.marker for one in cited), default=0)
    return tuple(replace(account, marker=before + number) for number, account in enumerate(chosen, 1))


def _repeats(one: Citation, other: Citation) -> bool:
    """Are they the same place of an article, or word for word the same?"""
    if one.quote.split() == other.quote.split():
        return True
    return one.article_id == other.article_id and one.start < other.end and other.start < one.end
