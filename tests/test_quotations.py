"""Where somebody's words are asked for, those words are the answer: whole, and nobody else's."""

from collections.abc import Sequence

import pytest

from index import Library
from index.records import Passage
from rag import Assistant
from rag.quotations import QuotationModel, around, by_another, quotations
from rag.reader.comparer import Place
from rag.reader.records import Reading
from rag.utterances import asked_speaker, asks_words, spoken_by, utterances


def passage(text: str, *, title: str = "Bridge reopens") -> Passage:
    return Passage(
        chunk_id=1, article_id="a1", version=1, start=0, end=len(text), text=text, title=title, source="s",
        outlet="Courant", url=None, published="2025-05-20",
    )  # fmt: skip


class Marks:
    """A comparer that holds whatever has a word in it."""

    def __init__(self, word: str) -> None:
        self._word = word

    def compare(self, question: str, known: Place | None, others: Sequence[Place]) -> list[float]:
        return [4.0 if self._word in other.text[other.start : other.end] else -4.0 for other in others]


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("What did the mayor of Ostrey say about the bridge?", "the mayor of Ostrey"),
        ("How did Ilsa Corvane react to the result?", "Ilsa Corvane"),
        ("In what words did Dana Kubik describe the farewell?", "Dana Kubik"),
        ("What was the coach's first reaction to the defeat?", "the coach"),
        ("What advice about numbers did the trainee get from her grandmother?", "the trainee"),
        ("Which saying was quoted in court?", ""),
    ],
)
def test_a_question_for_words_names_whose(question: str, speaker: str) -> None:
    assert asks_words(question)
    assert asked_speaker(question) == speaker


@pytest.mark.parametrize(
    "question",
    ["Who won the vote?", "How many people said yes?", "What did the mayor buy?", "Why did the bridge close?"],
)
def test_other_questions_ask_for_no_words(question: str) -> None:
    assert not asks_words(question)


def test_quotations_of_all_marks_and_reported_speech_are_utterances() -> None:
    text = (
        '“It held for a century,” she said. ‘We’ll miss the old one,’ said Imrie. He had read "The Long Bridge Home" '
        'and called it "old". The council said that the lamps would come in June.'
    )
    assert [text[one.start : one.end] for one in utterances(text)] == [
        "It held for a century,",
        "We’ll miss the old one,",
        "the lamps would come in June",
    ]


def test_words_of_somebody_else_are_not_the_speakers() -> None:
    one = passage("“We are glad,” said the mayor, Edda Thorne. “It is too narrow for us,” said Pavel Imrie, a driver.")
    glad, narrow = utterances(one.text)
    assert spoken_by("Edda Thorne", one, glad) > 0
    assert spoken_by("Edda Thorne", one, narrow) < 0
    assert spoken_by("the mayor", one, glad) > spoken_by("the mayor", one, narrow)
    place = narrow.start, narrow.end
    assert by_another("What did Edda Thorne say about the bridge?", one, *place)
    assert not by_another("What did Pavel Imrie say about the bridge?", one, *place)


def test_a_part_of_a_quotation_becomes_the_whole() -> None:
    one = passage("Thorne was brief. “It was a cross, not a shot,” she said.")
    start = one.text.index("a cross")
    whole = around("What did Thorne say about her goal?", one, start, start + len("a cross"))
    assert whole is not None
    assert one.text[whole.start : whole.end] == "It was a cross, not a shot,"


def test_the_likeliest_quotation_is_the_comparers_where_nobody_else_says_it() -> None:
    one = passage("“The lamps come in June,” said Edda Thorne. “The lamps are ugly things,” said Pavel Imrie.")
    empty = [Reading(relevance=0.0, not_here=0.0, spans=())]
    found = quotations("What did Edda Thorne say about the lamps?", [one], empty, Marks("ugly"))
    assert [one.text[quotation.said.start : quotation.said.end] for quotation in found] == ["The lamps come in June,"]
    best = QuotationModel.load().best(quotations("What was said about them?", [one], empty, Marks("ugly")))
    assert best is not None
    assert one.text[best[0].said.start : best[0].said.end] == "The lamps are ugly things,"
    assert QuotationModel.load().best([]) is None


def test_the_assistant_answers_with_the_whole_quotation_in_marks(newsroom: Library) -> None:
    answer = Assistant(newsroom, today="2025-06-01").ask(
        "What was the whole of Tolley's speech at his diamond wedding?"
    )
    assert answer.text == "“Sixty years. Mind the step” [1]."
    assert answer.answer == "Sixty years. Mind the step"
    assert answer.answer in answer.citations[0].quote
