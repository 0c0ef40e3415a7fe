"""How does a question become an answer? The chain from standalone question to checked claims."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from index.errors import QuestionError
from index.library import Library
from index.records import Filters, Passage
from index.search import NO_FILTERS
from rag.answerers.port import Answerer, LocalAnswerer
from rag.answering import Clock, answered, marked
from rag.bridges import Bridge, bridge
from rag.comparisons import Plan
from rag.fuse import fuse
from rag.multipart import can_stand, crossed, crosses, interleaved, put_together, unless_of_a_part
from rag.own_words import as_read, in_conversation, spoken
from rag.reader.model import shipped
from rag.recency import event_day, preferred
from rag.records import ABSTENTION, PASSAGES, Answer, ClaimChecked, Event, Finished, Searched, Window

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.runnables import Runnable

# Passages of a ranking that another one may lift: both searches give as many.
FOUND = 50
# Passages that are looked through for further versions of a disputed figure.
FURTHER = 16
# How likely it has to be whom or what a question describes, where the question for the rest is answered too.
LEAST_DESCRIBED = 0.25
# A question is a sentence or two; a pasted article is a mistake.
LONGEST_QUESTION = 2_000
# What the local reader is called in the place of a model's name.
LOCAL = ("local", "reader")


class Assistant:
    """Answers questions over one library. Holds no conversation: the history comes with each question."""

    def __init__(
        self,
        library: Library,
        *,
        model: "str | BaseChatModel | None" = None,
        passages: int | None = None,
        min_confidence: float | None = None,
        strict: bool = True,
        today: str | None = None,
        stand_in: bool = True,
    ) -> None:
        """`model`: None for the local reader, a name such as "ollama:llama3.2", or any LangChain chat model.

        `passages`: how many are read (8). `min_confidence`: decline below this probability (None: the reader's own
        threshold); for the local reader only, as a chat model gives no probability. `strict`: drop claims that no quote
        carries; else they are kept and marked. `today`: the ISO date that "last week" counts from (None: the
        machine's). `stand_in`: the local reader answers in place of a chat model that fails, and the answer says so;
        else the failure is raised as ModelError. Raises ModelError when the model cannot be loaded.
        """
        self.library = library
        self.strict = strict
        self.stand_in = stand_in
        self.min_confidence = min_confidence
        self.passages = passages or PASSAGES
        self._today = today
        self._model = _model(model)

    # asking ----------------------------------------------------------------------------------------------------

    def ask(self, question: str, *, history: Sequence[Answer] = (), filters: Filters | None = None) -> Answer:
        """The answer to one question. Raises QuestionError, LibraryNotFound."""
        for event in self.stream(question, history=history, filters=filters):
            if isinstance(event, Finished):
                return event.answer
        raise AssertionError("a stream ends with Finished")

    def batch(self, questions: Sequence[str], *, filters: Filters | None = None) -> list[Answer]:
        """Answers in the order of the questions, each without a history."""
        return [self.ask(question, filters=filters) for question in questions]

    def stream(
        self, question: str, *, history: Sequence[Answer] = (), filters: Filters | None = None
    ) -> Iterator[Event]:
        """Searched, then each ClaimChecked as soon as it is complete, then Finished with the whole answer."""
        asked = " ".join(question.split())
        if not asked:
            raise QuestionError('The question is empty: ask for example "Who won the vote?"')
        if len(asked) > LONGEST_QUESTION:
            raise QuestionError(
                f"The question has {len(asked):,} characters, more than {LONGEST_QUESTION:,}: shorten it"
            )
        clock = Clock()
        searched_for = self._standalone(asked, history)
        window = self._window(searched_for)
        plan = self._plan(searched_for)
        clock.lap("understand")
        narrowed = filters or NO_FILTERS
        base, behind = self._searched(question, searched_for, window, plan, narrowed, history)
        described = bridge(searched_for) if plan is None else None
        if described is not None and self._model is not None:
            base = self._widened(base, described, narrowed)
        clock.lap("search")
        yield Searched(searched_for=searched_for, window=window, passages=base.passages)
        parts: list[Answer] = []
        if plan is not None and self._model is None:
            parts = [self._part(part, base.window, narrowed, self._local) for part in plan.parts]
            combined = put_together(plan, base, parts)
            if combined is not None:
                clock.lap("answer")
                yield ClaimChecked(claim=combined.claims[0], citations=combined.citations)
                text = " ".join(marked(claim) for claim in combined.claims)
                yield Finished(answer=replace(combined, text=text, timings_ms=clock.timings()))
                return
        events = self._answer(base, clock, narrowed, behind=behind)
        if described is not None and self._model is None:
            events = self._crossed(described, base, list(events), clock, narrowed)
        if plan is not None and plan.kind == "difference" and parts:
            events = unless_of_a_part(base, list(events), parts)
        yield from events

    def _searched(
        self,
        question: str,
        searched_for: str,
        window: Window | None,
        plan: Plan | None,
        filters: Filters,
        history: Sequence[Answer] = (),
    ) -> tuple[Answer, tuple[Passage, ...]]:
        """What is known after searching: an abstention over the passages found; and those that came behind them, where
        one search has found all.
        """
        behind: tuple[Passage, ...] = ()
        if plan is None and history:
            conversation = spoken(question, history)
            found, beside = (
                self.retrieve(text, window=window, filters=filters, k=FOUND) for text in (searched_for, conversation)
            )
            nearest = in_conversation(searched_for, conversation, found, beside)[: self.passages]
            passages = tuple(as_read(question, searched_for, nearest, shipped()))
        elif plan is None:
            found = self.retrieve(searched_for, window=window, filters=filters, k=max(FURTHER, self.passages))
            passages, behind = found[: self.passages], found[self.passages :]
        else:
            asked = [searched_for, *plan.parts]
            lists = [self.retrieve(part, window=window, filters=filters) for part in asked]
            passages = interleaved(lists)[: self.passages * 2]
        base = Answer(
            question=question,
            searched_for=searched_for,
            window=window,
            answer=None,
            text=ABSTENTION,
            abstained=True,
            confidence=0.0,
            answerer=self._answerer.name,
            claims=(),
            citations=(),
            passages=passages,
            library_revision=self.library.catalogue.revision(),
        )
        return base, behind

    def _part(
        self, question: str, window: Window | None, filters: Filters, local: LocalAnswerer, *, beside: bool = False
    ) -> Answer:
        """The local reader's answer to a plain question, a part of another one with this window."""
        known, behind = self._searched(question, question, self._window(question) or window, None, filters)
        events = self._answer(known, Clock(), filters, local=local, beside=beside, behind=behind)
        return next(event.answer for event in events if isinstance(event, Finished))

    def _meant(self, described: Bridge, base: Answer, filters: Filters) -> Answer | None:
        """Whom or what the question describes, as the local reader finds it; None where nobody is named for it."""
        first = self._part(described.asked, base.window, filters, self._guessing)
        return first if not first.differing and can_stand(first.answer, base.searched_for) else None

    def _widened(self, base: Answer, described: Bridge, filters: Filters) -> Answer:
        """With the passages that a chat model needs once it has found out whom or what the question describes."""
        first = self._meant(described, base, filters)
        if first is None:
            return base
        filled = self.retrieve(described.filled(first.answer or ""), window=base.window, filters=filters)
        lists = [base.passages, filled, first.passages[:1]]
        return replace(base, passages=interleaved(lists)[: self.passages * 2])

    def _crossed(
        self, described: Bridge, base: Answer, direct: Sequence[Event], clock: Clock, filters: Filters
    ) -> Iterator[Event]:
        """The direct events, or those of the answer by way of whom or what the question describes."""
        straight = next(event.answer for event in direct if isinstance(event, Finished))
        first = self._meant(described, base, filters)
        if first is not None:
            filled = described.filled(first.answer or "")
            second = self._part(filled, base.window, filters, self._local, beside=True)
            found = crossed(described, base, first, second)
            sure = found.confidence >= (self.min_confidence or 0.0)
            if not second.abstained and sure and crosses(straight, first, found):
                for claim in found.claims:
                    cited = tuple(one for one in found.citations if one.marker in claim.citations)
                    yield ClaimChecked(claim=claim, citations=cited)
                clock.lap("answer by another fact")
                yield Finished(answer=replace(found, timings_ms=clock.timings()))
                return
        yield from direct

    def _answer(
        self,
        base: Answer,
        clock: Clock,
        filters: Filters,
        *,
        local: LocalAnswerer | None = None,
        beside: bool = True,
        behind: tuple[Passage, ...] = (),
    ) -> Iterator[Event]:
        """By `local` where it is given, else by whoever answers here. `behind`: what the question's search has found
        behind the passages of `base` (empty: it is searched again where that is wanted).
        """
        # A chat model's words come one by one; the local reader is done in a blink.
        streams = self._model is not None and local is None
        return answered(
            base, local or self._answerer, clock, streams=streams, strict=self.strict,
            local=lambda: local or self._local, stand_in=self.stand_in, texts_of=self._texts,
            further=lambda told: self.retrieve(told, window=base.window, filters=filters, k=FURTHER),
            behind=behind, beside=beside,
        )  # fmt: skip

    def _texts(self, passages: Sequence[Passage]) -> Mapping[str, str]:
        """The whole articles that passages come from, by id."""
        read = {passage.article_id: passage.version for passage in passages}
        return {name: self.library.article(name, version=version).text for name, version in read.items()}

    # steps -----------------------------------------------------------------------------------------------------

    def retrieve(
        self, question: str, *, window: Window | None = None, filters: Filters = NO_FILTERS, k: int | None = None
    ) -> tuple[Passage, ...]:
        """The k passages to read, best first: both rankings fused, within the filters and a strict window."""
        narrowed = filters
        if window is not None and window.strict and (window.after or window.before):
            narrowed = replace(
                filters, after=_later(filters.after, window.after), before=_earlier(filters.before, window.before)
            )
        candidates = self.library.search(question, filters=narrowed)
        if not candidates and narrowed != filters:
            # Nothing printed then, or nothing dated: the window is a preference, and what is read says its own dates.
            candidates = self.library.search(question, filters=filters)
        found = preferred(fuse(candidates), window)
        return tuple(found[: k or self.passages])

    def _plan(self, question: str) -> Plan | None:
        from rag.decompose import plan

        return plan(question)

    def _standalone(self, question: str, history: Sequence[Answer]) -> str:
        if not history:
            return question
        from rag.followup import standalone, standalone_with_model

        if self._model is not None:
            from rag.answerers.chat_model import ChatModelAnswerer

            return standalone_with_model(question, history, ChatModelAnswerer(self._model).reply)
        return standalone(question, history)

    def _window(self, question: str) -> Window | None:
        from rag.dates import window

        _, first, last = self.library.catalogue.outlets_and_dates()
        today = self._today or date.today().isoformat()
        return window(question, today=today, newest=last, oldest=first, published_of=self._event_day)

    def _event_day(self, event: str) -> str | None:
        """The day of an event that the question is dated by, as the library tells it."""
        return event_day(event, fuse(self.library.search(event)))

    # answerers -------------------------------------------------------------------------------------------------

    @cached_property
    def _local(self) -> LocalAnswerer:
        from rag.answerers.local import LocalReader

        return LocalReader(min_confidence=self.min_confidence, texts_of=self._texts)

    @cached_property
    def _guessing(self) -> LocalAnswerer:
        """The local reader, where another answer has yet to bear out what it says."""
        from rag.answerers.local import LocalReader

        return LocalReader(min_confidence=LEAST_DESCRIBED, texts_of=self._texts)

    @cached_property
    def _answerer(self) -> Answerer:
        if self._model is None:
            return self._local
        from rag.answerers.chat_model import ChatModelAnswerer

        return ChatModelAnswerer(self._model)

    @property
    def runnable(self) -> "Runnable[object, Answer]":
        """The chain as a LangChain Runnable: question (or {"question", "history", "filters"}) in, Answer out."""
        from rag.chain import runnable

        return runnable(self)


def _model(model: "str | BaseChatModel | None") -> "BaseChatModel | None":
    if not isinstance(model, str):
        return model
    if model in LOCAL:
        return None
    from rag.answerers.chat_model import load_model

    return load_model(model)


def _later(first: str | None, second: str | None) -> str | None:
    return max(filter(None, (first, second)), default=None)


def _earlier(first: str | None, second: str | None) -> str | None:
    return min(filter(None, (first, second)), default=None)
