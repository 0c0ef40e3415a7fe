"""Who is it? A name, where what the reader points at only describes somebody: "the judge" is no answer to "who?"."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.records import Passage
from rag.naming import named
from rag.reader.closer import Candidate
from rag.reader.fitting import expected
from rag.reader.judge import Judgement


def with_name(question: str, passages: Sequence[Passage], judged: Judgement, near: Iterable[int]) -> Judgement:
    """The judgement with the name in front of whom the first candidate describes, where the question asks who.

    `near` are the numbers of the passages whose articles tell of the same event, the candidate's own among them.
    """
    if expected(question).wanted != "person" or not judged.candidates:
        return judged
    best = judged.candidates[0]
    begin = passages[best.passage].start
    told = [best.passage, *(number for number in near if number != best.passage)]
    found = named([passages[number] for number in told], 0, (best.start - begin, best.end - begin))
    if found is None:
        return judged
    which, start, end = found
    passage = passages[told[which]]
    person = Candidate(
        passage=told[which], start=passage.start + start, end=passage.start + end, text=passage.text[start:end],
        features=best.features, score=best.score,
    )  # fmt: skip
    others = tuple(candidate for candidate in judged.candidates if candidate.passage != person.passage)
    return replace(judged, candidates=(person, *others))
