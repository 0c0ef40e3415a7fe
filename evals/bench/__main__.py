"""Run the long measurements and print each with what it should be: `python -m evals.bench --data FOLDER`."""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from evals.bench import faults, latency, scale, throughput, unchanged


def main() -> int:
    """0 when everything holds, 1 when something falls short."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the data sets")
    parser.add_argument("--chunks", type=int, default=200_000, help="size of the scale measurement")
    parser.add_argument("--kills", type=int, default=50, help="how often the writer is killed")
    parser.add_argument("--files", type=int, default=5_000, help="files of the unchanged corpus")
    parser.add_argument("--every", type=int, default=1, help="throughput over every n-th article")
    parser.add_argument("only", nargs="*", metavar="WHAT", help=f"some of: {', '.join(MEASUREMENTS)}")
    options = parser.parse_args()
    unknown = set(options.only) - set(MEASUREMENTS)
    if unknown:
        parser.error(f"there is no measurement {min(unknown)}: choose from {', '.join(MEASUREMENTS)}")
    held = [MEASUREMENTS[name](options) for name in options.only or MEASUREMENTS]
    return 0 if all(held) else 1


def _throughput(options: argparse.Namespace) -> bool:
    found = throughput.measure(options.data, share=options.every)
    print(f"throughput: {found.articles} articles, {found.words:,} words")
    print(f"  ours      {found.ours_seconds:7.1f} s  {found.ours_chunks:,} chunks, encoder {found.encoder_share:.0%}")
    print(f"  tutorial  {found.tutorial_seconds:7.1f} s  {found.tutorial_chunks:,} chunks")
    int8, float32, questions = throughput.hit_at_10(options.data)
    print(f"  hit@10 of vectors alone, {questions} questions: int8 {int8:.4f}, float32 {float32:.4f}")
    return _verdict(f"{found.ratio:.2f} times (2.5), hit@10 {100 * (int8 - float32):+.2f} points (-0.5)",
                    found.ratio >= 2.5 and float32 - int8 <= 0.005 and found.encoder_share > 0.8)  # fmt: skip


def _unchanged(options: argparse.Namespace) -> bool:
    found = unchanged.measure(options.data, files=options.files)
    print(f"unchanged: {found.files} files, first {found.first_seconds:.1f} s, again {found.again_seconds:.3f} s")
    return _verdict(f"{found.ratio:.0f} times (100)", found.ratio >= 100)


def _scale(options: argparse.Namespace) -> bool:
    held = True
    for chunks in (options.chunks // 4, options.chunks):
        found = scale.measure(options.data, chunks=chunks)
        print(f"scale: {found.chunks:,} chunks in {found.add_seconds:.0f} s, {found.bytes_per_chunk:,.0f} bytes each")
        for kind, middle in found.p50.items():
            print(f"  search {kind:16} p50 {middle:6.1f} ms  p95 {found.p95[kind]:6.1f} ms")
        print(f"  opened and first answered in {found.open_seconds:.2f} s")
        print(f"  peak memory adding {found.add_peak_mb:,.0f} MB, searching {found.search_peak_mb:,.0f} MB")
        allowed = 1200 + 3 * found.chunks / 1024
        held = _verdict(
            f"p50 {max(found.p50.values()):.1f} (30), p95 {max(found.p95.values()):.1f} (80) ms, "
            f"open {found.open_seconds:.2f} s (1), memory {found.add_peak_mb:,.0f} MB ({allowed:,.0f})",
            max(found.p50.values()) < 30 and max(found.p95.values()) < 80 and found.open_seconds < 1
            and max(found.add_peak_mb, found.search_peak_mb) < allowed,
        ) and held  # fmt: skip
    return held


def _faults(options: argparse.Namespace) -> bool:
    with tempfile.TemporaryDirectory() as scratch:
        found = faults.kill_again_and_again(Path(scratch), kills=options.kills)
    print(f"faults: {found.kills} kills over {found.steps} steps, {found.searches:,} searches beside")
    for line in found.wrong:
        print(f"  {line}")
    return _verdict(f"{len(found.wrong)} broken promises (0)", not found.wrong)


def _latency(options: argparse.Namespace) -> bool:
    found = latency.measure(options.data)
    print(f"latency: {found.questions} questions over {found.articles:,} articles, {found.answered} answered")
    for stage, middle in found.p50.items():
        print(f"  {stage:12} p50 {middle:6.1f} ms  p95 {found.p95[stage]:6.1f} ms")
    return _verdict(
        f"p50 {found.p50['total']:.0f} (120), p95 {found.p95['total']:.0f} (250) ms; the reader's share is "
        f"{found.p50['answer'] / found.p50['total']:.0%}",
        found.p50["total"] < 120 and found.p95["total"] < 250,
    )


def _verdict(text: str, held: bool) -> bool:
    print(f"  {'holds' if held else 'FALLS SHORT'}: {text}", flush=True)
    return held


MEASUREMENTS: dict[str, Callable[[argparse.Namespace], bool]] = {
    "throughput": _throughput, "unchanged": _unchanged, "scale": _scale, "faults": _faults,
    "latency": _latency,
}  # fmt: skip

if __name__ == "__main__":
    sys.exit(main())
