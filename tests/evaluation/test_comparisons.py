"""What the comparer learns from: places in written events, the reader's own spans, and weights that are stored once."""

import json
from pathlib import Path

import pytest

from evals.reader_training.candidates import candidates
from evals.reader_training.comparisons import BESIDE, SIBLING, SILENT, Comparison, comparisons, offered
from evals.reader_training.negatives import Negatives
from evals.reader_training.questions import Pieces, TrainingQuestion
from rag.reader.comparer import COMPARER, Place
from rag.reader.model import WEIGHTS, Reader

REPORTS = [
    "Four people died when the ferry sank off Ostrey on Monday. It carried 90 people. Rescue took 7 hours.",
    "The toll has risen to nine. The ship was 31 years old, and 12 boats came to help. Some 80 were aboard.",
    "The owner has 6 more ships. It was founded 40 years ago by 2 brothers.",
]
SIBLING_REPORT = "Seven were killed when a bus left the road near Tarn. It had 30 seats."


def _event(story: str, sibling: str, texts: list[str], facts: list[dict[str, object]]) -> dict[str, object]:
    reports = [
        {"title": f"{story} {n}", "text": text, "outlet": "o", "published": "2030-01-01"}
        for n, text in enumerate(texts)
    ]
    return {"story": story, "sibling": sibling, "reports": reports, "facts": facts, "no": []}


@pytest.fixture
def written(tmp_path: Path) -> Path:
    fact = {
        "q": ["How many people died?", "What is the toll?", "How many lives were lost?"],
        "a": [{"text": "Four"}, {"text": "nine"}, None],
        "kind": "differ",
    }
    events = [_event("ferry", "bus", REPORTS, [fact]), _event("bus", "ferry", [SIBLING_REPORT], [])]
    path = tmp_path / "events.jsonl"
    path.write_text("\n".join(json.dumps(event) for event in events), encoding="utf-8")
    return path


def _marked(place: Place | None) -> str:
    return place.text[place.start : place.end] if place else ""


def test_each_report_that_answers_is_known_once_and_the_others_figures_are_right_or_wrong(written: Path) -> None:
    first, second = comparisons([written], seed=1)
    assert [_marked(group[0].known) for group in (first, second)] == ["Four", "nine"]
    assert [_marked(one.other) for one in first if one.right] == ["nine"]
    wrong = [one.other for one in first if not one.right]
    assert sum(one.text == REPORTS[1] for one in wrong) == BESIDE
    assert sum(one.text == REPORTS[2] for one in wrong) == SILENT
    assert sum(one.text == SIBLING_REPORT for one in wrong) == SIBLING
    assert {_marked(one) for one in wrong if one.text == REPORTS[2]} < {"6", "40", "2"}


def test_what_says_the_same_once_more_is_neither_right_nor_wrong(written: Path) -> None:
    event = json.loads(written.read_text().splitlines()[0])
    event["reports"][1]["text"] = "The toll has risen to nine. Nine! But 12 boats came."
    written.write_text(json.dumps(event))
    (group, _) = comparisons([written], seed=1)
    assert sorted(_marked(one.other) for one in group if one.other.text != REPORTS[2]) == ["12", "nine"]


def test_the_reader_offers_places_of_the_other_reports_and_what_answers_is_among_them(written: Path) -> None:
    (first,) = offered([written], Reader.load(), seed=1)
    assert {_marked(one.known) for one in first} < {"Four", "nine"}
    (right,) = {_marked(one.other) for one in first if one.right}
    assert {right, _marked(first[0].known)} == {"Four", "nine"}
    silent, sibling = (
        {_marked(one.other) for one in first if not one.right and one.other.text == text}
        for text in (REPORTS[2], SIBLING_REPORT)
    )
    assert set() < silent <= {"6", "40", "2"}
    assert set() < sibling <= {"Seven", "30"}


def test_first_answers_are_the_readers_spans() -> None:
    pieces = Pieces(WEIGHTS / "tokenizer.json")
    right, wrong = pieces.text(REPORTS[0], "Ferry sinks"), pieces.text(SIBLING_REPORT, "Bus crash")
    span = right.pieces(0, len("Four"))
    question = "How many people died on the ferry?"
    asked = TrainingQuestion("events", question, pieces.ids(question), right, span, ("Four",), silent=(wrong,))
    unanswered = TrainingQuestion("events", question, pieces.ids(question), wrong, None, ())
    found = candidates(
        {"events": [asked, unanswered]}, {"events": Negatives([], [[], []])}, Reader.load(), pieces, seed=1
    )
    groups = {group[-1].right or any(one.right for one in group): group for group in found}
    assert groups[True][0].other.title == "ferry sinks."
    assert {_marked(one.other) for one in groups[True] if one.right} <= {"Four", "Four people"} != set()
    assert not any(one.right for one in groups[True] if one.other.text == SIBLING_REPORT)
    assert groups[False]
    assert all(_is_wrong(one, SIBLING_REPORT) for one in groups[False])


def _is_wrong(one: Comparison, text: str) -> bool:
    return not one.right and one.known is None and one.other.text == text


def test_the_comparer_stores_only_what_is_its_own() -> None:
    onnx = pytest.importorskip("onnx")
    model = onnx.load(str(WEIGHTS / COMPARER), load_external_data=False)
    places = [
        {entry.key: entry.value for entry in tensor.external_data}
        for tensor in model.graph.initializer
        if tensor.data_location == onnx.TensorProto.EXTERNAL
    ]
    assert {place["location"] for place in places} == {"reader.onnx"}
    shared = sum(int(place["length"]) for place in places)
    stored = (WEIGHTS / "reader.onnx").stat().st_size
    assert all(int(place["offset"]) + int(place["length"]) <= stored for place in places)
    # The word and position embeddings, and three of six layers.
    assert shared > 0.7 * stored
    assert (WEIGHTS / COMPARER).stat().st_size < 0.3 * stored


def test_a_step_goes_down_the_slope_of_all_batches() -> None:
    torch = pytest.importorskip("torch")
    from concurrent.futures import ThreadPoolExecutor

    from evals.reader_training.descent import Seen, Slope, descend

    weight = torch.tensor([2.0], requires_grad=True)
    optimiser = torch.optim.SGD([{"params": [weight], "peak": 0.5}], lr=0.5)
    seen = Seen()

    def slope(pairs: int) -> Slope:
        value = (weight**2).sum() * pairs
        return Slope(float(value.detach()), pairs, 10, torch.autograd.grad(value, [weight]))

    with ThreadPoolExecutor(2) as workers:
        descend(optimiser, [weight], [1, 3], slope, workers, share=0.5, seen=seen)
    # The mean slope over four pairs is 4, cut to a norm of 1; half of the time is left, so half of the rate.
    assert float(weight.detach()) == pytest.approx(2 - 0.5 * (0.5 / 0.97 + 1e-3), abs=1e-4)
    assert (seen.loss, seen.pairs, seen.pieces) == (16.0, 4, 20)
