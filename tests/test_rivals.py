"""Another version is looked for in each article: any figure, name or day of the answer's kind, weighed by a model."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from index.errors import ReaderError
from index.records import Passage
from rag.offers import FEATURES, Offer, offers
from rag.reader.records import Reading, ScoredSpan
from rag.records import Evidence, Finding, Span
from rag.rivals import VersionModel, rivals

TOLL = "How many people died when the Lady Aldry sank?"
KNOWN = "At least four people died when the Lady Aldry sank in Skell Sound."
# Trusts the reader's margin alone.
MARGIN = VersionModel(weights={"bias": 0.0, "margin": 1.0}, figures=0.5, others=1.0)


class Alone:
    """A reader that has nothing to say of a sentence, and remembers which it was shown."""

    def __init__(self) -> None:
        self.shown: list[str] = []

    def read(self, question: str, passages: Sequence[str], titles: Sequence[str] | None = None) -> list[Reading]:
        self.shown += passages
        return [Reading(-1.0, 0.0, ()) for _ in passages]


def passage(number: int, text: str, *, article: str = "", title: str = "") -> Passage:
    return Passage(
        chunk_id=number, article_id=article or f"a{number}", version=1, start=100, end=100 + len(text), text=text,
        title=title, source="s", outlet="Courant", url=None, published="2025-04-08",
    )  # fmt: skip


def reading(text: str, *spans: tuple[str, float]) -> Reading:
    scored = [ScoredSpan(text.index(span), text.index(span) + len(span), score, span) for span, score in spans]
    return Reading(0.0, 0.0, tuple(scored))


def finding(answer: str, known: Passage) -> Finding:
    start = known.start + max(0, known.text.find(answer))
    span = Span(start, start + len(answer))
    return Finding(text=answer, answer=answer, evidence=(Evidence(passage=0, spans=(span,)),), confidence=0.9)


def offered(question: str, answer: str, text: str, *spans: tuple[str, float], title: str = "") -> list[Offer]:
    known = passage(0, f"{answer} it was, when the Lady Aldry sank in Skell Sound.")
    one = passage(1, text, title=title)
    return offers(question, finding(answer, known), [one], [reading(text, *spans)], Alone(), known=known)


@pytest.mark.parametrize(
    ("question", "answer", "text", "version"),
    [
        (TOLL, "At least four", "Divers found two more bodies on Tuesday, raising the death toll to nine.", "nine"),
        (TOLL, "four", "It was nine in the end.", "nine"),
        ("How full is the reservoir?", "31 percent", "The reservoir is at 34 percent of its capacity.", "34 percent"),
        ("When did the ship sink?", "on Friday", "Rescuers were called on Saturday evening.", "Saturday evening"),
        ("Who was the captain?", "Tomas Hedvik", "Police named him as Thomas Hedvick.", "Thomas Hedvick"),
    ],
)
def test_whatever_has_the_answers_form_is_an_offer(question: str, answer: str, text: str, version: str) -> None:
    found = offered(question, answer, text)
    assert [offer.text for offer in found] == [version]
    assert text[found[0].start : found[0].end] == version
    assert set(found[0].features) == set(FEATURES)


@pytest.mark.parametrize(
    ("question", "answer", "text"),
    [
        (TOLL, "At least four", "The Lady Aldry was 48 metres long and had been built in 1994."),
        (TOLL, "At least four", "The engineer, 57, died in the night."),
        (TOLL, "At least four", "Those who died left Port Verrin at 1.15 pm."),
        ("How full is the reservoir?", "31 percent", "The reservoir is normally at 90 percent at this time of year."),
        ("How many operations were put off?", "1,900", "Clinics offered to take over 200 operations a week."),
        ("What will the tram cost?", "84 million crowns", "The cost of the tram is 17 times what was said."),
        ("How many seats did the party win?", "24", "With the seats of the other party he would have 33 of them."),
        ("How many people were on board?", "213", "An earlier version said that 231 people were on board."),
        (TOLL, "four", "In 1981 nine of the crew were lost there."),
        (TOLL, "four", "The toll stands at 900, the union said."),
        ("How long did they stay inside?", "four minutes", "They had planned it for five weeks."),
    ],
)
def test_figures_beside_the_matter_are_no_offers(question: str, answer: str, text: str) -> None:
    assert offered(question, answer, text) == []


def test_what_people_say_is_not_compared() -> None:
    text = "“All doors were open,” he said of it."
    assert offered("What did she say of the offer?", "it is too late", text, ("All doors were open", 5.0)) == []


def test_a_cause_is_offered_where_the_reader_points() -> None:
    text = "Inspectors blamed a blocked valve."
    found = offered("What set off the fire?", "a dropped cigarette", text, ("a blocked valve", 1.0))
    assert [(offer.text, offer.same) for offer in found] == [("a blocked valve", False)]
    assert offered("What set off the fire?", "a dropped cigarette", text) == []
    assert offered("What did they blame?", "a dropped cigarette", text, ("a blocked valve", 1.0)) == []


def test_an_offer_that_says_the_same_is_told_apart() -> None:
    found = offered(TOLL, "At least four", "Four people died, the coastguard said, and nine were hurt.")
    assert [(offer.text, offer.same) for offer in found] == [("Four", True), ("nine", False)]


def test_each_sentence_is_read_alone_once() -> None:
    alone = Alone()
    known, text = passage(0, KNOWN), "Nine of the 213 on board died. The inquiry goes on."
    offers(TOLL, finding("four", known), [passage(1, text)], [reading(text)], alone, known=known)
    assert alone.shown == ["Nine of the 213 on board died."]


def test_the_likeliest_offer_of_each_other_article_is_taken() -> None:
    known = passage(0, KNOWN)
    one, two = "Nine died. The ferry carried 213.", "Seven dead, said the coastguard."
    more, own = "It carried 240 people.", "Later five had died."
    passages = [known, passage(1, one), passage(2, two), passage(3, more, article="a1"), passage(4, own, article="a0")]
    readings = [
        reading(KNOWN, ("four", 9.0)), reading(one, ("Nine", 3.0), ("213", -2.0)), reading(two, ("Seven", 4.0)),
        reading(more, ("240", 1.0)), reading(own, ("five", 9.0)),
    ]  # fmt: skip
    found = rivals(TOLL, finding("four", known), passages, readings, Alone(), known=known, model=MARGIN)
    assert [one.answer for one in found] == ["Seven", "Nine"]
    assert [one.evidence[0] for one in found] == [
        Evidence(passage=2, spans=(Span(100, 105),)),
        Evidence(passage=1, spans=(Span(100, 104),)),
    ]
    assert all(0.45 < (one.confidence or 0.0) < 0.9 for one in found)


def test_below_the_threshold_there_is_none() -> None:
    known, text = passage(0, KNOWN), "Nine died."
    asked = [passage(1, text)], [reading(text, ("Nine", 3.0))]
    for threshold, count in ((0.5, 1), (0.99, 0)):
        model = VersionModel(weights=MARGIN.weights, figures=threshold, others=0.0)
        assert len(rivals(TOLL, finding("four", known), *asked, Alone(), known=known, model=model)) == count


def test_another_spelling_of_the_name_is_a_version_whatever_the_reader_says() -> None:
    text = "The captain, named by police as Thomas Hedvick, was questioned for three hours."
    known = passage(0, "Tomas Hedvik was the captain.")
    model = VersionModel(weights=MARGIN.weights, figures=1.0, others=0.8)
    asked = "Who was the captain?", finding("Tomas Hedvik", known), [passage(1, text)], [reading(text)]
    assert [one.answer for one in rivals(*asked, Alone(), known=known, model=model)] == ["Thomas Hedvick"]


def test_a_damaged_model_is_named(tmp_path: Path) -> None:
    (tmp_path / "versions.json").write_text(json.dumps({"weights": {}}))
    with pytest.raises(ReaderError, match=r"versions\.json cannot be read"):
        VersionModel.load(tmp_path)
    assert set(VersionModel.load().weights) == {"bias", *FEATURES}
