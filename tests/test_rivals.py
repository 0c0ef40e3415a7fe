"""Another version is what the reader finds in each article when it is told the known one; a model weighs it."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from index.errors import ReaderError
from index.records import Passage
from rag.offers import FEATURES, MOST_TOLD, Offer, offers
from rag.reader.comparer import Place
from rag.reader.judge import Judge
from rag.reader.records import Reading, ScoredSpan
from rag.records import Evidence, Finding, Span
from rag.rivals import VersionModel, rivals

TOLL = "How many people died when the Lady Aldry sank?"
KNOWN = "At least four people died when the Lady Aldry sank in Skell Sound."
JUDGE = Judge.load()
# Trusts the reader's margin alone.
MARGIN = VersionModel(weights={"bias": 0.0, "margin": 1.0}, figures=0.5, others=1.0)


class Marking:
    """A comparer that thinks the same of every place but of these, and remembers what it compared."""

    def __init__(self, **scores: float) -> None:
        self.scores = scores
        self.known: set[str] = set()

    def compare(self, question: str, known: Place, others: Sequence[Place]) -> list[float]:
        self.known.add(known.text[known.start : known.end])
        return [self.scores.get(one.text[one.start : one.end], 0.0) for one in others]


EVEN = Marking()


class Informed:
    """A reader that finds these answers where it is told of another report, and remembers what it was told."""

    def __init__(self, **answers: float) -> None:
        self.answers = {name.replace("_", " "): score for name, score in answers.items()}
        self.told: set[str] = set()

    def read(
        self, question: str, passages: Sequence[str], titles: Sequence[str] | None = None, *, told: str = ""
    ) -> list[Reading]:
        self.told.add(told)
        return [
            reading(text, *((span, score) for span, score in self.answers.items() if span in text)) for text in passages
        ]


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


def offered(question: str, answer: str, text: str, **answers: float) -> list[Offer]:
    known = passage(0, f"{answer} it was, when the Lady Aldry sank in Skell Sound.")
    return offers(
        question,
        finding(answer, known),
        [passage(1, text)],
        Informed(**answers),
        known=known,
        judge=JUDGE,
        comparer=EVEN,
    )


@pytest.mark.parametrize(
    ("question", "answer", "text", "version"),
    [
        (TOLL, "At least four", "Divers found two more bodies, raising the toll to nine.", "nine"),
        ("How full is the reservoir?", "31 percent", "It is at 34 percent of its capacity.", "34 percent"),
        ("When did the ship sink?", "on Friday", "Rescuers were called on Saturday evening.", "Saturday evening"),
        ("Who was the captain?", "Tomas Hedvik", "The wheel was in the hands of Ada Lund.", "Ada Lund"),
        ("What set off the fire?", "a dropped cigarette", "Inspectors blamed a blocked valve.", "a blocked valve"),
    ],
)
def test_what_the_reader_finds_in_the_answers_place_is_an_offer(
    question: str, answer: str, text: str, version: str
) -> None:
    found = offered(question, answer, text, **{version.replace(" ", "_"): 2.0})
    assert [offer.text for offer in found] == [version]
    assert text[found[0].start : found[0].end] == version
    assert set(found[0].features) == set(FEATURES)
    assert found[0].features["margin"] == 0.5
    assert offered(question, answer, text) == []


@pytest.mark.parametrize(
    ("question", "answer", "text", "span"),
    [
        (TOLL, "At least four", "The Lady Aldry was old.", "Lady_Aldry"),
        ("How many people were on board?", "213", "An earlier version said that 231 people were on board.", "231"),
        ("How much does each family get?", "120", "They will raise what each gets from the original 80 to 120.", "80"),
        ("When did the ship sink?", "on Friday", "It sank off Skell Island.", "off_Skell_Island"),
        (
            "Who leads the Harbour Alliance?",
            "Ada Lund",
            "It was for the centrist Harbour Alliance.",
            "centrist_Harbour_Alliance",
        ),
        ("What did she say of the offer?", "it is too late", "“All doors were open,” he said.", "All_doors_were_open"),
    ],
)
def test_what_has_another_form_or_is_taken_back_is_none(question: str, answer: str, text: str, span: str) -> None:
    assert offered(question, answer, text, **{span: 5.0}) == []


def test_the_reader_is_told_what_is_known() -> None:
    reader = Informed(Nine=2.0)
    known, text = passage(0, f"It was a calm day. {KNOWN}"), "Nine died."
    found = offers(
        TOLL, finding("four", known), [known, passage(1, text)], reader, known=known, judge=JUDGE, comparer=EVEN
    )
    assert reader.told == {KNOWN, ""}
    assert [(offer.passage, offer.text) for offer in found] == [(1, "Nine")]


def test_the_same_sentence_in_another_article_says_the_same_and_is_not_read_again() -> None:
    reader = Informed(Nine=2.0)
    known = passage(0, KNOWN)
    copy, other = passage(1, f"Fog lay over Ostrey. {KNOWN} It sailed at six."), passage(2, "Nine died.")
    found = offers(TOLL, finding("four", known), [copy, other], reader, known=known, judge=JUDGE, comparer=EVEN)
    (same,) = [offer for offer in found if offer.copied]
    assert copy.text[same.start : same.end] == same.text == "four"
    assert same.start == copy.text.index("four")
    assert MARGIN.shows(same)
    assert [offer.text for offer in found if not offer.copied] == ["Nine"]
    untold = Informed(Nine=2.0)
    (alone,) = offers(TOLL, finding("four", known), [copy], untold, known=known, judge=JUDGE, comparer=EVEN)
    assert alone.copied
    assert untold.told == set()


def test_the_comparer_sees_the_figures_themselves() -> None:
    known, text = passage(0, KNOWN), "Up to nine people died, and 31 cars were lost."
    comparer = Marking(nine=8.0)
    asked = (
        TOLL,
        finding("At least four people", known),
        [passage(1, text)],
        Informed(Up_to_nine_people=2.0, **{"31": 1}),
    )
    found = offers(*asked, known=known, judge=JUDGE, comparer=comparer)
    assert comparer.known == {"four"}
    assert [(offer.text, offer.features["compared"]) for offer in found] == [("Up to nine people", 2.0), ("31", 0.0)]


def test_an_offer_that_says_the_same_is_told_apart() -> None:
    found = offered(TOLL, "At least four", "Four died, the coastguard said, and nine were hurt.", Four=2.0, nine=1.0)
    assert [(offer.text, offer.same) for offer in found] == [("Four", True), ("nine", False)]
    assert [offer.features["lead"] for offer in found] == [0.25, -0.25]


def test_what_the_reader_holds_for_none_told_and_untold_is_not_compared() -> None:
    known, other = passage(0, KNOWN), passage(1, "Nine were saved.")

    def texts(**answers: float) -> list[str]:
        reader = Informed(**answers)
        found = offers(TOLL, finding("four", known), [other], reader, known=known, judge=JUDGE, comparer=EVEN)
        return [offer.text for offer in found]

    assert texts(four=4.0, Nine=-6.0) == []
    assert texts(four=4.0, Nine=2.0) == ["Nine"]
    assert texts(Nine=-6.0) == ["Nine"]  # where the answer itself was no likelier, nothing is too far behind it


def test_the_reader_is_told_for_the_nearest_passages_alone() -> None:
    class Counting(Informed):
        again: int = 0

        def read(
            self, question: str, passages: Sequence[str], titles: Sequence[str] | None = None, *, told: str = ""
        ) -> list[Reading]:
            self.again += len(passages) if told else 0
            return super().read(question, passages, titles, told=told)

    known = passage(0, KNOWN)
    texts = [*(f"Nine died, report {number} says." for number in range(MOST_TOLD)), "Ten died.", "Ada was saved."]
    reader = Counting(four=4.0, Nine=2.0, Ten=1.0)
    others = [passage(number, text) for number, text in enumerate(texts, 1)]
    found = offers(TOLL, finding("four", known), others, reader, known=known, judge=JUDGE, comparer=EVEN)
    assert reader.again == MOST_TOLD
    assert [offer.text for offer in found] == ["Nine"] * MOST_TOLD


def test_what_is_far_off_or_of_another_measure_shows_in_the_features() -> None:
    (far,) = offered(
        "What will the tram cost?", "84 million crowns", "It will be 4,000 crowns.", **{"4,000_crowns": 1.0}
    )
    (other,) = offered(
        "What will the tram cost?", "84 million crowns", "It has 90 million users.", **{"90_million": 1.0}
    )
    assert (far.features["ratio"], far.features["measured"]) == (3.0, 1.0)
    assert (round(other.features["ratio"], 2), other.features["measured"]) == (0.07, 0.0)


def test_what_the_untold_reader_finds_and_the_search_puts_first_speaks_for_an_offer() -> None:
    known, texts = passage(0, KNOWN), ("Nine died.", "Nine were hurt, seven died.")
    reader = Informed(four=5.0, Nine=4.0, seven=1.0)
    passages = [known, *(passage(number + 1, text) for number, text in enumerate(texts))]
    found = offers(TOLL, finding("four", known), passages, reader, known=known, judge=JUDGE, comparer=EVEN)
    judged = {(offer.passage, offer.text): offer.features["judged"] for offer in found}
    assert 0 > judged[2, "Nine"] > judged[2, "seven"] > -3
    assert [offer.features["rank"] for offer in found] == [1 / 2, 1 / 3, 1 / 3]
    placed = offers(
        TOLL, finding("four", known), passages, reader, known=known, judge=JUDGE, comparer=EVEN, places=[0, 8, 9]
    )
    assert [offer.features["rank"] for offer in placed] == [1 / 9, 1 / 10, 1 / 10]


@pytest.mark.parametrize(
    ("text", "span", "feature"),
    [
        ("Divers recovered three more bodies.", "three", "added"),
        ("In 1981 nine of the crew were lost there.", "nine", "recalls"),
        ("Five people are still missing.", "Five", "of_others"),
    ],
)
def test_figures_beside_the_matter_are_marked(text: str, span: str, feature: str) -> None:
    (beside,) = offered(TOLL, "At least four", text, **{span: 1.0})
    (plain,) = offered(TOLL, "At least four", "Nine died.", Nine=1.0)
    assert (beside.features[feature], plain.features[feature]) == (1.0, 0.0)


def test_a_year_before_the_article_is_recalled() -> None:
    (built,) = offered("When did the Lady Aldry sink?", "last month", "She was built in 1994.", **{"1994": 1.0})
    (sank,) = offered("When did the Lady Aldry sink?", "last month", "She sank on Saturday.", Saturday=1.0)
    assert (built.features["recalls"], sank.features["recalls"]) == (1.0, 0.0)


def test_the_likeliest_offer_of_each_other_article_is_taken() -> None:
    known = passage(0, KNOWN)
    texts = ["Nine died. The ferry carried 213.", "Seven dead, said the coastguard.", "It carried 240 people."]
    passages = [
        known, passage(1, texts[0]), passage(2, texts[1]), passage(3, texts[2], article="a1"),
        passage(4, "Later five had died.", article="a0"),
    ]  # fmt: skip
    reader = Informed(Nine=3.0, Seven=4.0, five=9.0, **{"213": -2.0, "240": 1.0})
    found = rivals(
        TOLL, finding("four", known), passages, reader, known=known, judge=JUDGE, comparer=EVEN, model=MARGIN
    )
    assert [one.answer for one in found] == ["Seven", "Nine"]
    assert [one.evidence[0] for one in found] == [
        Evidence(passage=2, spans=(Span(100, 105),)),
        Evidence(passage=1, spans=(Span(100, 104),)),
    ]
    assert all(0.45 < (one.confidence or 0.0) < 0.9 for one in found)


def test_below_the_threshold_there_is_none() -> None:
    known, text = passage(0, KNOWN), "Nine died."
    asked = TOLL, finding("four", known), [passage(1, text)], Informed(Nine=3.0)
    for threshold, count in ((0.5, 1), (0.99, 0)):
        model = VersionModel(weights=MARGIN.weights, figures=threshold, others=0.0)
        assert len(rivals(*asked, known=known, judge=JUDGE, comparer=EVEN, model=model)) == count


def test_another_spelling_of_the_name_is_a_version_whatever_the_reader_says() -> None:
    text = "The captain, named by police as Thomas Hedvick, was questioned for three hours."
    known = passage(0, "Tomas Hedvik was the captain.")
    model = VersionModel(weights=MARGIN.weights, figures=1.0, others=0.8)
    asked = "Who was the captain?", finding("Tomas Hedvik", known), [passage(1, text)], Informed()
    assert [one.answer for one in rivals(*asked, known=known, judge=JUDGE, comparer=EVEN, model=model)] == [
        "Thomas Hedvick"
    ]


def test_a_damaged_model_is_named(tmp_path: Path) -> None:
    (tmp_path / "versions.json").write_text(json.dumps({"weights": {}}))
    with pytest.raises(ReaderError, match=r"versions\.json cannot be read"):
        VersionModel.load(tmp_path)
    assert set(VersionModel.load().weights) == {"bias", *FEATURES}
