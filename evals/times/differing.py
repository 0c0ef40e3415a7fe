"""When articles give different figures or names, are all versions shown, and none invented where they agree?

Three measurements. `by_reference` gives the rules the answers as the articles state them: it judges the grouping alone.
`by_assistant` asks the assistant and looks for every version among the reports that it shows, and among the sentences
that stand beside them. `by_model` does so with a chat model that says what one article does: what is left is to find
the others.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from evals.conversations.measure import name_of
from evals.times import DIFFERING
from index.errors import SuiteError
from index.library import Library
from index.sentences import sentence_at
from rag.differing import Candidate, current, differing
from rag.english import fold, numbers
from rag.likeness import tells
from rag.records import Answer, Citation

EVERY = 1_000  # more passages than the sample newsroom has
RUN = 3  # words that a quote and a sentence share
SURE = 0.8  # the confidence that reference candidates get: all alike, so that only their content can tell them apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an article says. Equal `side` numbers are one answer in other words."""

    side: int
    answer: str
    article: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """A question and what articles say to it; `current` is the side that answers "latest" (None: they agree)."""

    id: str
    split: str
    question: str
    told: tuple[Told, ...]
    current: int | None

    @property
    def sides(self) -> set[int]:
        """The versions that have to be shown; one: the articles agree, or speak of different things."""
        return {told.side for told in self.told}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What was shown for a question; right: all of its sides, or none where the articles agree.

    `in_words`: all of its sides are told, as versions or in the words of a report that is quoted for or beside the
    answer, or in place of one (`abstained`); `beside` counts the sentences that are quoted beside it.
    """

    disputed: Disputed
    answers: tuple[str, ...]
    right: bool
    current_right: bool | None = None
    in_words: bool = False
    abstained: bool = False
    beside: int = 0


class Asks(Protocol):
    """The assistant, or whatever stands in for it."""

    def ask(self, question: str) -> Answer: ...


def disputed(path: Path = DIFFERING) -> list[Disputed]:
    """The suite. Raises SuiteError for a line that is no question."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            told = tuple(Told(**item) for item in row.pop("told"))
            found.append(Disputed(told=told, **row))
        except (ValueError, KeyError, TypeError) as error:
            raise SuiteError(
                f"{path}, line {number}: {error!r}; see evals/times/differing.py for its fields"
            ) from error
    return found


def by_reference(library: Library, suite: Sequence[Disputed]) -> list[Shown]:
    """The grouping rules on answers that were read by hand."""
    results = []
    for question in suite:
        candidates = [candidate(library, told) for told in question.told]
        sides = differing(
            question.question,
            candidates,
            texts={one.passage.article_id: library.article(one.passage.article_id).text for one in candidates},
        )
        found = {_side_of(side.answer, question) for side in sides}
        right = found == question.sides and len(sides) == len(found) if len(question.sides) > 1 else not sides
        chosen = current(sides)
        judged = chosen is not None and right and question.current is not None
        current_right = _side_of(chosen.answer, question) == question.current if chosen and judged else None
        answers = tuple(side.answer for side in sides)
        results.append(Shown(disputed=question, answers=answers, right=right, current_right=current_right))
    return results


def by_assistant(assistant: Asks, suite: Sequence[Disputed]) -> list[Shown]:
    """The whole chain: each version has to be among the reports that differ; where articles agree there are none."""
    results = []
    for question in suite:
        answer = assistant.ask(question.question)
        answers = tuple(report.answer for report in answer.differing)
        found = {_side_of(text, question) for text in answers}
        right = question.sides <= found if len(question.sides) > 1 else not answers
        quoted = {told.side for told in question.told if _is_quoted(told, [*answer.citations, *answer.accounts])}
        shown = Shown(
            disputed=question, answers=answers, right=right, in_words=question.sides <= found | quoted,
            abstained=answer.abstained, beside=len(answer.accounts),
        )  # fmt: skip
        results.append(shown)
    return results


def by_model(library: Library, suite: Sequence[Disputed]) -> list[Shown]:
    """The chain with a chat model that repeats the sentence of one article, of each in turn whose passage it is given:
    are the other versions shown beside what it says?
    """
    from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
    from langchain_core.messages import AIMessage

    from rag.assistant import Assistant

    newest, results = library.info().last_published, []
    local = Assistant(library, today=newest)
    for question in suite:
        given = {passage.chunk_id for passage in local.retrieve(question.question)}
        for told in question.told:
            known = candidate(library, told).passage
            if known.chunk_id not in given:
                continue
            start, end = sentence_at(known.text, known.text.index(told.quote))
            said = AIMessage(content=" ".join(known.text[start:end].split()))
            model = GenericFakeChatModel(messages=iter([said]))
            results += by_assistant(Assistant(library, model=model, today=newest), [question])
    return results


def candidate(library: Library, told: Told) -> Candidate:
    """What an article says as the rules see it. Raises SuiteError where it does not say so."""
    for passage in library.search(told.quote, k=EVERY):
        if name_of(passage) == told.article and told.quote in passage.text:
            start = passage.text.find(told.answer, passage.text.find(told.quote))
            return Candidate(answer=told.answer, passage=passage, confidence=SURE, start=start if start >= 0 else None)
    raise SuiteError(f"{told.article} does not say {told.quote!r}: mend evals/times/differing.jsonl")


def _is_quoted(told: Told, citations: Sequence[Citation]) -> bool:
    """Is what the article says quoted, figures or words of the answer and some of the words around them?"""
    runs = _runs(told.quote)
    return any(
        name_of(one) == told.article and tells(one.quote, told.answer) and runs & _runs(one.quote) for one in citations
    )


def _runs(text: str) -> set[tuple[str, ...]]:
    """Every three words that follow each other."""
    words = re.findall(r"\w+", fold(text))
    return {tuple(words[place : place + RUN]) for place in range(max(1, len(words) - RUN + 1))}


def _side_of(answer: str, question: Disputed) -> int | None:
    """The side that an answer belongs to, by its number or by its words."""
    for told in question.told:
        if fold(told.answer) in fold(answer) or fold(answer) in fold(told.answer):
            return told.side
    for told in question.told:
        if numbers(answer)[:1] and numbers(answer)[:1] == numbers(told.answer)[:1]:
            return told.side
    return None
