"""The likeliest spans are marked for the comparer, and the judge orders them by what both make of them."""

from index.records import Passage
from rag.reader.closer import CLOSER, LOOKED_AT, Candidate, around, look_closer
from rag.reader.comparer import shipped_comparer
from rag.reader.judge import Judge

QUESTION = "How cold was the water?"
SEA = (
    "The wreck lies at a depth of 38 metres. The water had a temperature of 7 degrees Celsius. Divers wore thick suits."
)
TOWN = "The town hall is 38 metres high. It was painted white in 2003."


def passage(number: int, text: str, *, start: int = 0) -> Passage:
    return Passage(
        chunk_id=number, article_id=f"a{number}", version=1, start=start, end=start + len(text), text=text, title="",
        source="s", outlet=None, url=None, published=None,
    )  # fmt: skip


def candidate(number: int, of: Passage, span: str) -> Candidate:
    start = of.start + of.text.index(span)
    return Candidate(passage=number, start=start, end=start + len(span), text=span, features={"margin": 0.0})


def test_a_sentence_is_found_around_a_span_by_article_offsets() -> None:
    moved = passage(1, SEA, start=500)
    start = 500 + SEA.index("7 degrees")
    first, last = around(moved, start, start + len("7 degrees"))
    assert SEA[first - 500 : last - 500] == "The water had a temperature of 7 degrees Celsius."


def test_the_sentence_that_answers_speaks_for_its_span() -> None:
    passages = [passage(1, SEA), passage(2, TOWN)]
    right, wrong = look_closer(
        shipped_comparer(), QUESTION, passages,
        [candidate(0, passages[0], "7 degrees Celsius"), candidate(1, passages[1], "38 metres")],
    )  # fmt: skip
    assert set(CLOSER) <= set(right.features)
    assert right.features["marked"] > wrong.features["marked"]


def test_only_the_first_few_are_marked() -> None:
    passages = [passage(number, f"{SEA} Part {number}.") for number in range(LOOKED_AT + 2)]
    offered = [candidate(n, p, "38 metres") for n, p in enumerate(passages)]
    looked_at = look_closer(shipped_comparer(), QUESTION, passages, offered)
    assert [CLOSER[0] in one.features for one in looked_at] == [True] * LOOKED_AT + [False] * 2


def test_what_was_not_looked_at_stays_behind() -> None:
    judge = Judge(ranking={}, closer={"marked": 1.0}, confidence={}, threshold=0.0)
    passages = [passage(number, SEA) for number in range(4)]
    first, second, third, fourth = (candidate(number, one, "38 metres") for number, one in enumerate(passages))
    known = [
        Candidate(
            passage=one.passage, start=one.start, end=one.end, text=one.text, score=score,
            features={**one.features, **dict.fromkeys(CLOSER, alone), "vector_score": 0.0, "word_share": 0.0},
        )
        for one, score, alone in ((first, 4.0, -2.0), (second, 3.0, 5.0))
    ]  # fmt: skip
    behind = [
        Candidate(passage=one.passage, start=one.start, end=one.end, text=one.text, features=one.features, score=score)
        for one, score in ((third, 2.5), (fourth, 1.0))
    ]
    ordered = judge.judged(QUESTION, passages, [*known, *behind]).candidates
    assert [one.passage for one in ordered] == [1, 0, 2, 3]
    assert [one.score for one in ordered] == [5.0, -2.0, -2.5, -4.0]


def test_nothing_offered_is_judged_as_nothing() -> None:
    judged = Judge.load().judge(QUESTION, [], [], shipped_comparer())
    assert judged.candidates == ()
    assert judged.confidence == 0.0
