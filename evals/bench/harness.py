"""What does the harness itself cost, and do its statistics keep their word over long simulations?

`python -m evals.bench.harness` scores 100,000 made-up records, writes records through to the disk, and repeats the
simulations of the tests many times over. Processor seconds are printed beside wall seconds, for a busy machine.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from evals.journal import RECORDS, Journal
from evals.records import Candidate, Quoted, RunRecord, Said, Seen
from evals.rundir import RunFacts, begin
from evals.scoring import score
from evals.statistics import intervals
from evals.suite import GoldSpan

# Words of a news passage as they come: about 110 words and 640 characters, what a chunk of the default splitter has.
PASSAGE = "The ferry left the harbour at noon with two hundred people on board, the operator said on Saturday. " * 6


def made_up(number: int) -> RunRecord:
    """A record of the size that real ones have: 8 passages, 60 candidates, a quote; half of them right."""
    article = f"article {number % 4000}"
    passages = tuple(
        Seen(article=f"article {(number + step) % 4000}", start=0, end=len(PASSAGE), text=PASSAGE, vector_rank=step + 1)
        for step in range(8)
    )
    return RunRecord(
        id=f"q{number}",
        question=f"How many people were on board of ferry {number}?",
        outcome="answered" if number % 5 else "abstained",
        cluster=article,
        answerable=bool(number % 4),
        answers=("two hundred", "200") if number % 4 else (),
        gold=(GoldSpan(article=article, start=40, end=51, text="two hundred"),) if number % 4 else (),
        slices={"outlet": f"outlet {number % 7}", "published": f"2025-0{number % 9 + 1}-11", "overlap": "high"},
        answer=("200 people" if number % 2 else "noon") if number % 5 else None,
        text="200 people [1].",
        confidence=(number * 7919 % 100) / 100,
        answerer="local",
        passages=passages,
        candidates=tuple(Candidate(f"article {number + step}", 0, 640, step + 1, None) for step in range(60)),
        citations=(Quoted(marker=1, article=article, start=0, end=100, quote=PASSAGE[:100], verbatim=True),),
        claims=(Said(text="200 people", supported=True, citations=(1,)),),
        ceiling=(True,) if number % 4 else (),
        timings_ms={"search": 9.0, "answer": 80.0, "total": 90.0},
        seconds=0.09,
    )


def scoring(folder: Path, count: int) -> str:
    """Time and memory of scoring `count` records."""
    begin(folder, facts(count), resume=True)
    with (folder / RECORDS).open("w", encoding="utf-8") as file:
        for number in range(count):
            file.write(made_up(number).to_line() + "\n")
    size = (folder / RECORDS).stat().st_size
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    wall, processor = time.perf_counter(), time.process_time()
    score(folder)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return (
        f"scoring {count:,} records ({size / 1e6:,.0f} MB): {wall:.1f} s, {processor:.1f} s of processor, "
        f"peak memory {after / 1024:,.0f} MB ({(after - before) / 1024:+,.0f} MB while scoring)"
    )


def facts(count: int) -> RunFacts:
    """The facts of a made-up run."""
    return RunFacts(
        suite={"name": "made up", "format": "own", "path": "", "fingerprint": "0"},
        library={"contents": "none"},
        settings={"model": "none"},
        questions=count,
    )


def appending(folder: Path, count: int) -> str:
    """What writing one record through to the disk takes, which is all that the harness adds to an answer."""
    journal = Journal(folder)
    records = [replace(made_up(number), id=f"again {number}") for number in range(count)]
    wall, processor = time.perf_counter(), time.process_time()
    for record in records:
        journal.append(record)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    journal.close()
    each, busy = 1000 * wall / count, 1000 * processor / count
    return f"a record written through: {each:.2f} ms, {busy:.2f} ms of processor; {each / 100:.1%} of a 100 ms answer"


def coverage(tries: int) -> Iterator[str]:
    """How often 95 % intervals hold the truth, over clusters that share luck."""
    import numpy as np

    random = np.random.default_rng(1)
    for groups in (40, 80, 200, 1000):
        for share in (0.5, 0.8, 0.92):
            held = 0
            for _ in range(tries):
                clusters = np.repeat(np.arange(groups), random.integers(2, 12, size=groups))
                luck = random.beta(share * 5, (1 - share) * 5, size=groups)
                values = (random.random(len(clusters)) < luck[clusters]).astype(float)
                found = intervals(values[:, None], clusters, ((0.0, 1.0),))[0]
                assert found is not None
                assert found.low is not None
                assert found.high is not None
                held += found.low <= share <= found.high
            yield f"coverage at {groups} clusters, share {share}: {held / tries:.3f} of {tries:,}"


def main() -> None:
    """Print every measurement."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench.harness", description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--tries", type=int, default=2_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        print(scoring(Path(name) / "run", options.records), flush=True)
        print(appending(Path(name) / "run", 500), flush=True)
    for line in coverage(options.tries):
        print(line, flush=True)


if __name__ == "__main__":
    main()
