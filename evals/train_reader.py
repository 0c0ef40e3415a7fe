"""How is the local reader trained? One command: python -m evals.train_reader --data DIR --base MODEL --out DIR.

Training lasts as many minutes as it is given, on two single-threaded workers: on a busy machine they get through two to
three times as much as one process with two threads, which waits for the slower core in every product. The learning rate
falls to zero with the minutes, so that it ends well however much it got done. It resumes from its last checkpoint.
"""

import argparse
import json
import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from evals.reader_training import development, network
from evals.reader_training.descent import Seen, Slope, descend
from evals.reader_training.examples import Examples, Group, micro_batches, tensors
from evals.reader_training.losses import loss
from evals.reader_training.negatives import mined
from evals.reader_training.questions import (
    SCENES,
    TRAINING_ARTICLES,
    Pieces,
    TrainingQuestion,
    by_source,
    qamr,
    squad_articles,
    squadshifts,
    staged,
)
from evals.reader_training.scenes import scenes
from evals.reader_training.written import EVENTS, STORIES, TOLD, events, stories, told, training_files
from evals.reader_training.yes_no import yes_no

SEED = 20
WORKERS = 2
MICRO_BATCHES = 4
# With four of them a step holds about 20 pairs; smaller ones leave the products too thin to be fast.
MICRO_PIECES = 500
ENCODER_RATE, HEAD_RATE = 1.2e-4, 1e-3
YES_NO_QUESTIONS, SCENE_COUNT = 3_000, 2_000
# What a source's wrong passages are searched among; "paragraphs" where nothing is said.
KINDS = {
    "qamr_wikinews": "sentences",
    "qamr_wikipedia": "sentences",
    SCENES: SCENES,
    STORIES: STORIES,
    EVENTS: EVENTS,
    TOLD: EVENTS,
}
EVALUATE_SECONDS, CHECKPOINT_SECONDS = 600, 240


@dataclass(slots=True)
class Progress:
    """Where the training is; everything that a resumed one needs besides weights and optimiser."""

    step: int = 0
    pool: int = 0
    seconds: float = 0.0


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with squadshifts/, qamr/ and squad/")
    parser.add_argument("--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2: weights and tokenizer")
    parser.add_argument("--out", type=Path, default=Path("training"), help="checkpoints, log and the finished weights")
    parser.add_argument("--minutes", type=float, default=70.0)
    parser.add_argument("--start-from", type=Path, help="weights of an earlier stage (safetensors), or a reader.onnx")
    parser.add_argument("--rate", type=float, default=ENCODER_RATE)
    parser.add_argument(
        "--progress-from", type=float, default=0.0, help="how hard the examples are at the beginning, 0 to 1"
    )
    parser.add_argument("--order", type=int, default=SEED, help="seed of the examples' order")
    train(parser.parse_args())


def train(options: argparse.Namespace) -> None:
    """Train until the minutes are used up; write reader.safetensors into the output folder."""
    from safetensors.torch import save_file

    torch.set_num_threads(1)
    out: Path = options.out
    out.mkdir(parents=True, exist_ok=True)
    log = (out / "train.log").open("a", encoding="utf-8")

    def say(**facts: Any) -> None:
        line = json.dumps({"at": time.strftime("%H:%M:%S")} | facts)
        log.write(line + "\n")
        log.flush()
        print(line, flush=True)

    pieces = Pieces(options.base / "tokenizer.json")
    sources = load(options.data, pieces)
    say(questions={source: len(questions) for source, questions in sources.items()})
    examples = Examples(sources, negatives_of(sources, out), pieces, seed=options.order)
    say(mined=True)
    sample = development.sampled(
        options.data / "squad/squad2-dev-half.json",
        options.data / "squadshifts/new_wiki.json",
        pieces,
        squad_count=320,
        wiki_count=120,
    )
    weights = network.base_weights(options.start_from or options.base / "model.safetensors", seed=SEED)
    names = network.trainable(weights)
    parameters = [weights[name].requires_grad_() for name in names]
    heads = [weights[name] for name in names if name.startswith("heads.")]
    encoder = [weights[name] for name in names if not name.startswith("heads.")]
    head_rate = HEAD_RATE if options.start_from is None else options.rate
    optimiser = torch.optim.AdamW(
        [{"params": encoder, "peak": options.rate}, {"params": heads, "peak": head_rate}],
        lr=options.rate,
        weight_decay=0.01,
        fused=True,
    )
    progress = Progress()
    checkpoint = out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        for name in names:
            weights[name].data.copy_(state["weights"][name])
        optimiser.load_state_dict(state["optimiser"])
        progress = Progress(state["step"], state["pool"], state["seconds"])
        say(resumed=progress.step, seconds=round(progress.seconds))
    budget = options.minutes * 60
    workers = ThreadPoolExecutor(WORKERS)

    def slope(groups: list[Group]) -> Slope:
        batch = tensors(groups)
        start, end, relevance = network.forward(
            weights, batch.ids, batch.kinds, batch.lengths, half=network.multiplies_half()
        )
        value = loss(start, end, relevance, batch)
        # Unused positions get a gradient of zeros: every name is part of every pass.
        found = torch.autograd.grad(value, parameters)
        return Slope(float(value.detach()), len(batch.ids), int(batch.lengths.sum()), found)

    def evaluate() -> None:
        began = time.monotonic()
        halves = [sample[::2], sample[1::2]]
        found = list(
            workers.map(
                lambda rows: development.predicted(
                    rows, lambda i, k, n: network.forward(weights, i, k, n, half=network.multiplies_half())
                ),
                halves,
            )
        )
        figures = development.scores(halves[0] + halves[1], found[0] + found[1])
        say(
            step=progress.step,
            minutes=round(progress.seconds / 60, 1),
            dev={name: round(value, 1) for name, value in figures.items()},
            took=round(time.monotonic() - began),
        )

    def save() -> None:
        state = {
            "weights": {name: weights[name].detach() for name in names},
            "optimiser": optimiser.state_dict(),
            "step": progress.step,
            "pool": progress.pool,
            "seconds": progress.seconds,
        }
        torch.save(state, out / "checkpoint.part")
        (out / "checkpoint.part").replace(checkpoint)

    last, evaluated, saved, reported = time.monotonic(), progress.seconds, progress.seconds, progress.seconds
    seen = Seen()
    for batches in steps(examples, progress, budget, options.progress_from):
        share = min(1.0, progress.seconds / budget)
        descend(optimiser, parameters, batches, slope, workers, share=share, seen=seen)
        progress.step += 1
        now = time.monotonic()
        progress.seconds, last = progress.seconds + now - last, now
        if progress.seconds - reported > 60:
            say(
                step=progress.step,
                minutes=round(progress.seconds / 60, 1),
                minutes_left=round((budget - progress.seconds) / 60, 1),
                loss=round(seen.loss / seen.pairs, 3),
                pieces_a_second=round(seen.pieces / (progress.seconds - reported)),
            )
            seen, reported = Seen(), progress.seconds
        if progress.seconds - saved > CHECKPOINT_SECONDS:
            save()
            saved = progress.seconds
        if progress.seconds - evaluated > EVALUATE_SECONDS:
            evaluate()
            evaluated = progress.seconds
    evaluate()
    save()
    save_file({name: value.detach().contiguous() for name, value in weights.items()}, str(out / "reader.safetensors"))
    say(finished=str(out / "reader.safetensors"), steps=progress.step)
    workers.shutdown()


def steps(examples: Examples, progress: Progress, budget: float, hardness: float) -> Iterator[list[list[Group]]]:
    """Lists of micro-batches, one list a step, until the time is used up."""
    while True:
        share = max(hardness, progress.seconds / budget)
        groups = examples.pool(progress.pool, share)
        progress.pool += 1
        batches = micro_batches(groups, pieces=MICRO_PIECES, chooser=random.Random(progress.pool))
        for at in range(0, len(batches) - MICRO_BATCHES + 1, MICRO_BATCHES):
            if progress.seconds >= budget:
                return
            # Longest first, so that the workers end together.
            yield sorted(batches[at : at + MICRO_BATCHES], key=_cost, reverse=True)


def _cost(groups: list[Group]) -> int:
    pairs = [pair.length for group in groups for pair in group]
    return len(pairs) * max(pairs)


def load(data: Path, pieces: Pieces) -> dict[str, list[TrainingQuestion]]:
    """Every training question, by source. Neither the SQuAD half nor the last 16 new_wiki articles are touched."""
    shifts = data / "squadshifts"
    articles = squad_articles(shifts / "new_wiki.json")[:TRAINING_ARTICLES]
    wiki = list(squadshifts(articles, "new_wiki", pieces, titled=True))
    sentences = list(qamr([data / "qamr/dev.tsv", data / "qamr/test.tsv"], data / "qamr/sentences.tsv", pieces, SEED))
    passages = list({id(question.passage): question.passage for question in [*wiki, *sentences]}.values())
    questions = [
        *wiki,
        *squadshifts(squad_articles(shifts / "amazon_reviews.json"), "amazon", pieces),
        *squadshifts(squad_articles(shifts / "reddit.json"), "reddit", pieces),
        *yes_no(passages, pieces, count=YES_NO_QUESTIONS, seed=SEED),
        *sentences,
        *staged(scenes(SCENE_COUNT, SEED), pieces),
        *stories(training_files(STORIES), pieces),
        *events(training_files(EVENTS), pieces),
        *told(training_files(EVENTS), pieces),
    ]
    return by_source(questions)


def negatives_of(sources: dict[str, list[TrainingQuestion]], out: Path) -> dict[str, Any]:
    """Search over all passages of like kind: paragraphs, single sentences, invented scenes."""
    result: dict[str, Any] = {}
    kinds = {source: KINDS.get(source, "paragraphs") for source in sources}
    for name in dict.fromkeys(kinds.values()):
        chosen = [source for source in sources if kinds[source] == name]
        found = mined([q for source in chosen for q in sources[source]], out / f"negatives-{name}.json")
        at = 0
        for source in chosen:
            count = len(sources[source])
            result[source] = type(found)(found.chunks, found.found[at : at + count])
            at += count
    return result


if __name__ == "__main__":
    main()
