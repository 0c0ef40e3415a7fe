"""What the reader learns from: made questions are sound, spans point where they say, equal seeds give equal pools."""

import random
from collections import Counter

import pytest

from evals.reader_training.examples import LIBRARY_PIECES, MASK, Examples, Group
from evals.reader_training.losses import loss
from evals.reader_training.negatives import Negatives
from evals.reader_training.questions import Pieces, TrainingQuestion, staged
from evals.reader_training.scenes import Scene, SceneQuestion
from evals.reader_training.yes_no import inverted, yes_no
from rag.reader.model import WEIGHTS

WORDS = Counter(["attack", "the", "bridge", "moisture", "carry", "stop"])


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return Pieces(WEIGHTS / "tokenizer.json")


@pytest.mark.parametrize(
    ("sentence", "question", "deciding"),
    [
        ("The bridge was reopened on Friday.", "Was the bridge reopened on Friday?", "was reopened on Friday"),
        ("The bridge was not reopened.", "Was the bridge reopened?", "was not reopened"),
        ("Moisture is removed by wind, they say.", "Is moisture removed by wind?", "is removed by wind"),
        ("Rebels attacked the town.", "Did Rebels attack the town?", "attacked the town"),
        ("Ana Reyes carried the flag.", "Did Ana Reyes carry the flag?", "carried the flag"),
        ("Ana Reyes stopped the train.", "Did Ana Reyes stop the train?", "stopped the train"),
    ],
)
def test_a_statement_becomes_its_question(sentence: str, question: str, deciding: str) -> None:
    found = inverted(sentence, WORDS)
    assert found is not None
    assert (found[0], sentence[found[1] : found[2]]) == (question, deciding)


@pytest.mark.parametrize(
    "sentence",
    [
        "It was reopened on Friday.",
        "When the war was over, the town slept.",
        "The club has the right to play.",
        "The man who was killed had a brother.",
        "Stop!",
        "",
    ],
)
def test_what_cannot_be_asked_alone_is_left(sentence: str) -> None:
    assert inverted(sentence, WORDS) is None


def test_made_questions_point_at_the_words_that_decide(pieces: Pieces) -> None:
    passage = pieces.text("It rained. The bridge was reopened on Friday. Everyone was pleased.")
    (question,) = yes_no([passage], pieces, count=1, seed=1)
    assert question.span is not None
    left, right = question.span
    assert passage.text[passage.offsets[left][0] : passage.offsets[right - 1][1]] == question.answers[0]


def scene_questions(pieces: Pieces) -> list[TrainingQuestion]:
    text = "At least 38 soldiers were killed near Tarn. Four civilians were wounded in the attack, Ana Reyes said."
    asked = (
        SceneQuestion("How many soldiers died near Tarn?", (0, 11)),
        SceneQuestion("How many police officers were killed?", None),
    )
    return list(staged([Scene(text, asked)], pieces))


def groups(pieces: Pieces, number: int, progress: float) -> list[Group]:
    questions = scene_questions(pieces)
    other = pieces.text("Nobody was hurt in Vell. The road to Vell is open again after two days of rain.")
    negatives = Negatives([(other, 0, len(other.ids)), (other, 0, 6), (other, 6, 12)], [[0, 1, 2], []])
    examples = Examples({"scenes": questions}, {"scenes": negatives}, pieces, seed=3)
    return examples.pool(number, progress)


def test_pools_repeat_and_differ(pieces: Pieces) -> None:
    assert groups(pieces, 4, 0.5) == groups(pieces, 4, 0.5)
    assert groups(pieces, 4, 0.5) != groups(pieces, 5, 0.5)


def test_the_answer_is_where_the_span_says_and_is_never_masked(pieces: Pieces) -> None:
    answer = pieces.ids("At least 38")
    here = [group[0] for group in groups(pieces, 0, 1.0) if group[0].span != (0, 0)]
    assert here
    for pair in here:
        first, last = (place - len(pair.question) - 2 for place in pair.span)
        assert pair.passage[first : last + 1] == answer
    assert any(MASK in pair.passage for pair in here)


def test_wrong_passages_stand_beside_the_right_one(pieces: Pieces) -> None:
    sizes = Counter(len(group) for number in range(3) for group in groups(pieces, number, 1.0))
    assert set(sizes) == {1, 2, 3, 4}
    assert all(pair.span == (0, 0) for group in groups(pieces, 0, 1.0) for pair in group[1:])


def test_the_loss_falls_when_the_right_passage_wins(pieces: Pieces) -> None:
    torch = pytest.importorskip("torch")
    from evals.reader_training.examples import tensors

    group = next(group for group in groups(pieces, 0, 1.0) if len(group) == 4)
    batch = tensors([group])
    start = torch.zeros(batch.ids.shape)
    better, worse = start.clone(), start.clone()
    better[0, batch.start[0]] = worse[1, 3] = 4.0
    related = torch.zeros(len(batch.ids))
    assert float(loss(better, better, related, batch)) < float(loss(start, start, related, batch))
    assert float(loss(worse, worse, related, batch)) > float(loss(start, start, related, batch))


def test_questions_stay_within_their_length(pieces: Pieces) -> None:
    chooser = random.Random(1)
    longest = max(len(pair.question) for group in groups(pieces, chooser.randint(0, 9), 1.0) for pair in group)
    assert longest <= 48


def test_length_does_not_tell_that_the_answer_is_not_here(pieces: Pieces) -> None:
    report = pieces.text("The bridge at Tarn is closed. " * 60)
    asked = TrainingQuestion("events", "Who died?", pieces.ids("Who died?"), report, None, ())
    examples = Examples({"events": [asked]}, {"events": Negatives([], [[]])}, pieces, seed=3)
    lengths = [len(group[0].passage) for group in examples.pool(0, 1.0)]
    assert LIBRARY_PIECES[0] <= min(lengths)
    assert max(lengths) <= LIBRARY_PIECES[1]


def test_a_stage_begins_with_the_weights_that_are_shipped() -> None:
    torch = pytest.importorskip("torch")
    pytest.importorskip("onnx")
    import onnxruntime

    from evals.reader_training import network

    weights = network.base_weights(WEIGHTS / "reader.onnx", seed=0)
    assert {name.split(".")[2] for name in weights if name.startswith("encoder.")} == set(
        map(str, range(network.LAYERS))
    )
    ids = torch.tensor([[101, 2129, 2116, 2351, 1029, 102, 5093, 2111, 2020, 2730, 1999, 1996, 2543, 1012, 102]])
    kinds = (torch.arange(15) > 5).long()[None]
    here = network.forward(weights, ids, kinds, None, half=False)
    session = onnxruntime.InferenceSession(str(WEIGHTS / "reader.onnx"), providers=["CPUExecutionProvider"])
    there = session.run(None, {"ids": ids.numpy(), "kinds": kinds.numpy()})
    for mine, theirs in zip(here, there, strict=True):
        assert float((mine - torch.from_numpy(theirs)).abs().max()) < 0.5
