"""How is the comparer trained? python -m evals.train_comparer --data DIR --base MODEL --out DIR.

It begins as the shipped reader, or where a comparer stopped; its upper layers learn which places of other reports
answer what a known sentence answers, on the written events, and which of the reader's own spans answer a question.
Lasts as many minutes as it is given, on two single-threaded workers, as evals/train_reader.py does; the learning rate
falls to zero with the minutes.
"""

import argparse
import json
import pickle
import random
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812 - the name that every reader of PyTorch code expects
from torch import Tensor

from evals.reader_training import network
from evals.reader_training.candidates import candidates
from evals.reader_training.comparisons import Comparison, comparisons, offered
from evals.reader_training.descent import Seen, Slope, descend
from evals.reader_training.examples import CLS, SEP
from evals.reader_training.questions import Pieces
from evals.reader_training.written import CHOOSING, EVENTS, training_files
from evals.train_reader import load, negatives_of
from rag.reader.comparer import compared
from rag.reader.model import WEIGHTS, Reader

SEED = 20
WORKERS, MICRO_BATCHES, MICRO_PIECES = 2, 4, 1_000
# Layers below are the reader's, and stay so: one file holds them for both.
FIRST_OWN = 3
RATE = 2e-4
# Wrong places of the reader's offers that a round draws of one question: there are many, and they are alike.
WRONG_OFFERED = 5
CHOOSING_GROUPS = 250
EVALUATE_SECONDS = 480


@dataclass(frozen=True, slots=True)
class Pair:
    """Pieces before and after the separator, and whether the place answers."""

    before: tuple[int, ...]
    after: tuple[int, ...]
    right: bool

    @property
    def length(self) -> int:
        """With [CLS] and both [SEP]."""
        return len(self.before) + len(self.after) + 3


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with squadshifts/, qamr/ and squad/")
    parser.add_argument("--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2: its tokenizer")
    parser.add_argument(
        "--start-from", type=Path, default=WEIGHTS / "reader.onnx", help="the reader's weights, or a comparer's"
    )
    parser.add_argument("--out", type=Path, default=Path("comparer"))
    parser.add_argument("--minutes", type=float, default=50.0)
    parser.add_argument("--seed", type=int, default=SEED, help="which questions and places are drawn")
    parser.add_argument("--rate", type=float, default=RATE, help="the highest learning rate")
    parser.add_argument(
        "--share", type=float, default=1.0, help="of the places as they come and of first answers, in each round"
    )
    train(parser.parse_args())


def train(options: argparse.Namespace) -> None:
    """Train until the minutes are used up; write comparer.safetensors into the output folder."""
    from safetensors.torch import save_file

    torch.set_num_threads(1)
    out: Path = options.out
    out.mkdir(parents=True, exist_ok=True)
    pieces = Pieces(options.base / "tokenizer.json")
    weights = network.base_weights(options.start_from, seed=SEED)
    names = [name for name in network.trainable(weights) if is_own(name)]
    parameters = [weights[name].requires_grad_() for name in names]
    optimiser = torch.optim.AdamW(
        [{"params": parameters, "peak": options.rate}], lr=options.rate, weight_decay=0.01, fused=True
    )
    workers = ThreadPoolExecutor(WORKERS)
    samples = choosing(pieces)
    began, evaluated, budget, step = time.monotonic(), 0.0, options.minutes * 60, 0
    seen = Seen()

    def say(**facts: Any) -> None:
        line = json.dumps({"at": time.strftime("%H:%M:%S"), "step": step} | facts)
        with (out / "train.log").open("a", encoding="utf-8") as log:
            log.write(line + "\n")
        print(line, flush=True)

    def slope(pairs: Sequence[Pair]) -> Slope:
        scores = scored(weights, pairs)
        value = F.binary_cross_entropy_with_logits(
            scores, torch.tensor([float(p.right) for p in pairs]), reduction="sum"
        )
        found = torch.autograd.grad(value, parameters)
        return Slope(float(value.detach()), len(pairs), sum(p.length for p in pairs), found)

    def evaluate() -> None:
        areas = {}
        for name, sample in samples.items():
            scores = [one for part in workers.map(lambda half: judged(weights, half), halved(sample)) for one in part]
            pairs = [pair for part in halved(sample) for batch in batched(part) for pair in batch]
            areas[name] = round(area(torch.cat(scores), pairs), 4)
        say(seconds=round(time.monotonic() - began), area=areas)

    found = firsts(options.data, out, pieces, options.seed)
    say(pairs_to_choose_by={name: len(sample) for name, sample in samples.items()}, questions=len(found))
    evaluate()
    began = time.monotonic()
    for batches in steps(found, pieces, options.seed, options.share):
        share = (time.monotonic() - began) / budget
        if share >= 1:
            break
        descend(optimiser, parameters, batches, slope, workers, share=share, seen=seen)
        step += 1
        if step % 200 == 0:
            say(loss=round(seen.loss / seen.pairs, 4), pairs=seen.pairs, seconds=round(time.monotonic() - began))
            seen = Seen()
        if time.monotonic() - began - evaluated > EVALUATE_SECONDS:
            evaluated = time.monotonic() - began
            evaluate()
            _save(weights, out, save_file)
    evaluate()
    _save(weights, out, save_file)
    workers.shutdown()


def _save(weights: network.Weights, out: Path, save_file: Any) -> None:
    save_file({n: v.detach().contiguous() for n, v in weights.items()}, str(out / "comparer.safetensors"))


def is_own(name: str) -> bool:
    """Is a weight the comparer's own, not the reader's?"""
    layer = name.removeprefix("encoder.layer.").split(".")[0]
    return name.startswith("heads.") or (layer.isdigit() and int(layer) >= FIRST_OWN)


def scored(weights: network.Weights, pairs: Sequence[Pair]) -> Tensor:
    """One logit a pair."""
    longest = max(pair.length for pair in pairs)
    ids = torch.zeros(len(pairs), longest, dtype=torch.long)
    kinds = torch.zeros_like(ids)
    for row, pair in enumerate(pairs):
        whole = [CLS, *pair.before, SEP, *pair.after, SEP]
        ids[row, : len(whole)] = torch.tensor(whole)
        kinds[row, len(pair.before) + 2 : len(whole)] = 1
    lengths = torch.tensor([pair.length for pair in pairs])
    return network.forward(weights, ids, kinds, lengths, half=network.multiplies_half())[2]


def judged(weights: network.Weights, pairs: Sequence[Pair]) -> list[Tensor]:
    """The logits of each batch, for a thread of its own."""
    with torch.no_grad():
        return [scored(weights, batch) for batch in batched(pairs)]


def firsts(data: Path, out: Path, pieces: Pieces, seed: int) -> list[list[Comparison]]:
    """The reader's spans for the training questions, and what it offers in other reports when it is told what is known.
    They take half an hour and more, and are kept in `out`.
    """
    kept = out / "candidates.pickle"
    if not kept.exists():
        sources, reader = load(data, pieces), Reader.load()
        found = list(candidates(sources, negatives_of(sources, out), reader, pieces, seed=seed))
        found += offered(training_files(EVENTS), reader, seed=seed)
        kept.write_bytes(pickle.dumps(found))
    groups: list[list[Comparison]] = pickle.loads(kept.read_bytes())
    return groups


def steps(
    found: Sequence[list[Comparison]], pieces: Pieces, seed: int, share: float = 1.0
) -> Iterator[list[list[Pair]]]:
    """Lists of micro-batches, one list a step, without end; each round draws other wrong places and wordings. `share`:
    of the places as they come and of the first answers; what the reader offers is in every round.
    """
    told = [group for group in found if group[0].known is not None]
    untold = [group for group in found if group[0].known is None]
    number = 0
    while True:
        number += 1
        chooser = random.Random(f"{seed} {number}")
        places = list(comparisons(training_files(EVENTS), seed=seed + number))
        groups = [
            *chooser.sample(places, int(len(places) * share)),
            *chooser.sample(untold, int(len(untold) * share)),
            *(_fewer_wrong(group, chooser) for group in told),
        ]
        chooser.shuffle(groups)
        for at in range(0, len(groups), 200):
            pairs = [
                paired(one, chooser.choice(one.questions), pieces) for group in groups[at : at + 200] for one in group
            ]
            batches = batched(pairs)
            chooser.shuffle(batches)
            for first in range(0, len(batches) - MICRO_BATCHES + 1, MICRO_BATCHES):
                yield sorted(batches[first : first + MICRO_BATCHES], key=lambda b: -len(b) * b[-1].length)


def _fewer_wrong(group: Sequence[Comparison], chooser: random.Random) -> list[Comparison]:
    wrong = [one for one in group if not one.right]
    return [*(one for one in group if one.right), *chooser.sample(wrong, min(WRONG_OFFERED, len(wrong)))]


def paired(one: Comparison, question: str, pieces: Pieces) -> Pair:
    """A comparison as pieces."""
    before, after = compared(question, one.known, one.other, pieces.ids)
    return Pair(tuple(before), tuple(after), one.right)


def batched(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """Pairs of like length together, at most MICRO_PIECES with padding."""
    batches: list[list[Pair]] = [[]]
    for pair in sorted(pairs, key=lambda pair: pair.length):
        if batches[-1] and pair.length * (len(batches[-1]) + 1) > MICRO_PIECES:
            batches.append([])
        batches[-1].append(pair)
    return batches


def choosing(pieces: Pieces) -> dict[str, list[Pair]]:
    """Pairs of the events that are not trained on: of places as they come, and of those that the reader offers."""
    files = CHOOSING[EVENTS]
    drawn = {
        "places": list(comparisons(files, seed=SEED)),
        "offered": [group for group in offered(files, Reader.load(), seed=SEED) if any(one.right for one in group)],
    }
    return {name: _pairs(groups, pieces) for name, groups in drawn.items()}


def _pairs(groups: Sequence[list[Comparison]], pieces: Pieces) -> list[Pair]:
    chosen = random.Random(SEED).sample(groups, min(CHOOSING_GROUPS, len(groups)))
    return [paired(one, one.questions[0], pieces) for group in chosen for one in group]


def halved(pairs: Sequence[Pair]) -> list[Sequence[Pair]]:
    """Two halves, one a worker."""
    return [pairs[::2], pairs[1::2]]


def area(scores: Tensor, pairs: Sequence[Pair]) -> float:
    """The area under the curve of right and wrong places."""
    right = torch.tensor([pair.right for pair in pairs])
    above = scores[right][:, None] > scores[~right][None, :]
    return float(above.float().mean())


if __name__ == "__main__":
    main()
