"""What does the reader see in one step? Questions with windows of passages, some of them not holding the answer."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from evals.reader_training.disguise import disguised, names
from evals.reader_training.negatives import Negatives
from evals.reader_training.questions import SCENES, Pieces, TokenText, TrainingQuestion
from evals.reader_training.written import EVENTS, STORIES, TOLD
from evals.reader_training.yes_no import SOURCE as YES_NO

CLS, SEP, MASK = 101, 102, 103
# Shares of the groups in a pool. Encyclopaedia and news are nearest to what is asked; one QAMR question costs a third.
SHARES = {
    "new_wiki": 0.18, "amazon": 0.06, "reddit": 0.05, "qamr_wikinews": 0.03, "qamr_wikipedia": 0.02, YES_NO: 0.02,
    SCENES: 0.02, STORIES: 0.12, EVENTS: 0.27, TOLD: 0.23,
}  # fmt: skip
POOL = 1_200
QUESTION_PIECES, TOLD_PIECES = 48, 64
# Written articles are read in passages as long as a library's, of which half have 135 pieces and more.
LIBRARY_PIECES = (70, 180)
# Wrong passages beside a right one, towards the end of the training: what is chosen among is several passages.
MOST_WRONG = 3
# How often the answer's own paragraph without its sentence is a wrong passage: all of the subject, none of the answer.
CUT = 0.3
# How often a report of the same event that does not say it is a wrong passage, where there is one; and how often alone.
SILENT, SILENT_ALONE = 0.6, 0.35
# How often a passage stands under its article's title, where it has one. Not always: scraped articles have none.
TITLED = 0.7


@dataclass(frozen=True, slots=True)
class Pair:
    """A question before one passage window. `span` counts from [CLS]; (0, 0) says "not here"."""

    question: tuple[int, ...]
    passage: tuple[int, ...]
    span: tuple[int, int]

    @property
    def length(self) -> int:
        """Pieces with [CLS] and both [SEP]."""
        return len(self.question) + len(self.passage) + 3


# The first pair of a group holds the answer or stands alone.
Group = tuple[Pair, ...]


class Examples:
    """Endless pools of groups, each a pure function of its number and how far the training is."""

    def __init__(
        self,
        sources: dict[str, list[TrainingQuestion]],
        negatives: dict[str, Negatives],
        pieces: Pieces,
        *,
        seed: int,
    ) -> None:
        self._sources = sources
        self._negatives = negatives
        self._pieces = pieces
        self._seed = seed
        self._strangers = {
            source: [name for question in questions[::3] for name in names(question.question)]
            for source, questions in sources.items()
        }

    def pool(self, number: int, progress: float) -> list[Group]:
        """Groups in random order. Early on most groups are a question and its answer; later most have a wrong passage
        beside the right one, or a question that its passage does not answer.
        """
        chooser = random.Random(f"{self._seed} {number}")
        groups: list[Group] = []
        for source, questions in self._sources.items():
            share = SHARES[source]
            count = round(POOL * share)
            for position in range(number * count, (number + 1) * count):
                epoch, place = divmod(position, len(questions))
                groups.append(self._group(source, self._order(source, epoch)[place], chooser, progress))
        chooser.shuffle(groups)
        return groups

    def _order(self, source: str, epoch: int) -> list[int]:
        key = (source, epoch)
        if getattr(self, "_kept", (None, None))[0] != key:
            order = list(range(len(self._sources[source])))
            random.Random(f"{self._seed} {source} {epoch}").shuffle(order)
            self._kept = (key, order)
        return self._kept[1]

    def _group(self, source: str, index: int, chooser: random.Random, progress: float) -> Group:
        question = self._sources[source][index]
        budget = chooser.randint(40, 130) if chooser.random() < 0.8 else chooser.randint(130, 230)
        if source in (STORIES, EVENTS, TOLD):
            budget = chooser.randint(*LIBRARY_PIECES)
        ids = question.ids
        if chooser.random() < 0.2 and question.question.endswith("?") and not question.told:
            ids = ids[:-1]
        ids = ids[:QUESTION_PIECES] + question.told[:TOLD_PIECES]
        if question.span is None:
            heading = question.passage.title if chooser.random() < TITLED else ()
            return (Pair(ids, heading + _hidden(_anywhere(question.passage, budget, chooser), (), chooser), (0, 0)),)
        hard = 0.2 + 0.4 * progress
        start, end = window(question.passage, question.span, budget, chooser)
        if chooser.random() < 0.7 * hard and not question.told:
            changed = disguised(
                question.question, question.passage.text, strangers=self._strangers[source], chooser=chooser,
                only_names=source == YES_NO,
            )  # fmt: skip
            if changed:
                heading = question.passage.title if chooser.random() < TITLED else ()
                shown = heading + question.passage.ids[start:end]
                return (Pair(self._pieces.ids(changed)[:QUESTION_PIECES], shown, (0, 0)),)
        titled = chooser.random() < TITLED
        heading = question.passage.title if titled else ()
        first, last = question.span[0] - start, question.span[1] - 1 - start
        shift = len(ids) + 2 + len(heading)
        kept = _hidden(question.passage.ids[start:end], range(first, last + 1), chooser)
        right = Pair(ids, heading + kept, (first + shift, last + shift))
        found = self._negatives[source].found[index]
        silent = [self._silent(ids, passage, budget, chooser) for passage in question.silent]
        if silent and chooser.random() < SILENT:
            return (chooser.choice(silent),) if chooser.random() < SILENT_ALONE else (right, *silent)
        rest = without_answer(question, budget) if chooser.random() < CUT else None
        if rest and chooser.random() < 0.5:
            return (Pair(ids, heading + rest, (0, 0)),)
        if not found or chooser.random() > hard + 0.15:
            return (right,)
        wrong = [Pair(ids, heading + rest, (0, 0))] if rest else []
        count = 1 + sum(chooser.random() < hard for _ in range(MOST_WRONG - 1))
        for number in chooser.sample(found, min(count - len(wrong), len(found))):
            passage, left, stop = self._negatives[source].chunks[number]
            shown = passage.ids[left : min(stop, left + max(40, end - start + 20))]
            wrong.append(Pair(ids, (passage.title if titled else ()) + shown, (0, 0)))
        return (right, *wrong)

    def _silent(self, ids: tuple[int, ...], passage: TokenText, budget: int, chooser: random.Random) -> Pair:
        heading = passage.title if chooser.random() < TITLED else ()
        return Pair(ids, heading + _hidden(_anywhere(passage, budget, chooser), (), chooser), (0, 0))


def without_answer(question: TrainingQuestion, budget: int) -> tuple[int, ...]:
    """The sentences next to the answer's, without it; empty where there are none or they say the answer as well."""
    passage, span = question.passage, question.span
    if span is None:
        return ()
    first = next((i for i, (_, stop) in enumerate(passage.sentences) if stop > span[0]), 0)
    last = next((i for i, (_, stop) in enumerate(passage.sentences) if stop >= span[1]), len(passage.sentences) - 1)
    before, after, used = first, last + 1, 0
    while before > 0 or after < len(passage.sentences):
        nearer = before > 0 and (after >= len(passage.sentences) or first - before <= after - last - 1)
        start, stop = passage.sentences[before - 1 if nearer else after]
        used += stop - start
        if used > budget:
            break
        before, after = (before - 1, after) if nearer else (before, after + 1)
    kept = [*passage.sentences[before:first], *passage.sentences[last + 1 : after]]
    told = " ".join(passage.text[passage.offsets[a][0] : passage.offsets[b - 1][1]] for a, b in kept if a < b).lower()
    if any(answer.lower() in told for answer in question.answers):
        return ()
    return tuple(piece for a, b in kept for piece in passage.ids[a:b])


def _anywhere(passage: TokenText, budget: int, chooser: random.Random) -> tuple[int, ...]:
    """As many pieces as the budget has, from any sentence on that leaves so many: length must not tell that the answer
    is not here.
    """
    starts = [start for start, _ in passage.sentences if start + budget <= len(passage.ids)]
    start = chooser.choice(starts) if starts else 0
    return passage.ids[start : start + budget]


def _hidden(ids: Sequence[int], answer: Sequence[int], chooser: random.Random) -> tuple[int, ...]:
    """In every third passage a twelfth of the pieces beside the answer is masked: no single word may decide."""
    if chooser.random() > 1 / 3:
        return tuple(ids)
    return tuple(
        MASK if place not in answer and chooser.random() < 1 / 12 else piece for place, piece in enumerate(ids)
    )


def window(passage: TokenText, span: tuple[int, int], budget: int, chooser: random.Random) -> tuple[int, int]:
    """Whole sentences around the span, grown to either side by chance up to `budget` pieces."""
    inside = [i for i, (a, b) in enumerate(passage.sentences) if b > span[0] and a < span[1]]
    if not inside:
        return max(0, span[0] - budget // 2), min(len(passage.ids), span[1] + budget // 2)
    first, last = inside[0], inside[-1]
    start, end = passage.sentences[first][0], passage.sentences[last][1]
    start, end = min(start, span[0]), max(end, span[1])
    if end - start > 2 * budget:
        return max(start, span[0] - budget // 2), min(end, span[1] + budget // 2)
    while True:
        sides = []
        if first > 0 and end - passage.sentences[first - 1][0] <= budget:
            sides.append(-1)
        if last + 1 < len(passage.sentences) and passage.sentences[last + 1][1] - start <= budget:
            sides.append(1)
        if not sides:
            return start, end
        if chooser.choice(sides) < 0:
            first -= 1
            start = passage.sentences[first][0]
        else:
            last += 1
            end = passage.sentences[last][1]


def micro_batches(groups: Sequence[Group], *, pieces: int, chooser: random.Random) -> list[list[Group]]:
    """Groups of like length together, at most `pieces` with padding in each batch; batches in random order."""
    ordered = sorted(groups, key=lambda group: max(pair.length for pair in group))
    batches: list[list[Group]] = []
    current: list[Group] = []
    pairs = 0
    for group in ordered:
        longest = max(pair.length for pair in group)
        if current and longest * (pairs + len(group)) > pieces:
            batches.append(current)
            current, pairs = [], 0
        current.append(group)
        pairs += len(group)
    if current:
        batches.append(current)
    chooser.shuffle(batches)
    return batches


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded tensors of a micro-batch; `group` numbers the groups."""

    ids: Tensor
    kinds: Tensor
    lengths: Tensor
    start: Tensor
    end: Tensor
    group: Tensor


def tensors(groups: Sequence[Group]) -> Batch:
    """One padded batch."""
    pairs = [pair for group in groups for pair in group]
    longest = max(pair.length for pair in pairs)
    ids = torch.zeros(len(pairs), longest, dtype=torch.long)
    kinds = torch.zeros(len(pairs), longest, dtype=torch.long)
    for row, pair in enumerate(pairs):
        whole = [CLS, *pair.question, SEP, *pair.passage, SEP]
        ids[row, : len(whole)] = torch.tensor(whole)
        kinds[row, len(pair.question) + 2 : len(whole)] = 1
    return Batch(
        ids,
        kinds,
        torch.tensor([pair.length for pair in pairs]),
        torch.tensor([pair.span[0] for pair in pairs]),
        torch.tensor([pair.span[1] for pair in pairs]),
        torch.tensor([number for number, group in enumerate(groups) for _ in group]),
    )
