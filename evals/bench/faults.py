"""What does a library lose when its writer is killed at any moment, with a reader beside?"""

import json
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from evals.bench.embedders import Hashed
from index import Library, read

# Articles of one step: a few hundred chunks, so that a step is some tens of milliseconds of writing.
ARTICLES = 40
# Sentences of the article that is replaced in each step: several chunks, so that a half of it could be seen.
LONG = 60
# Kills are spread over two or three steps.
_LONGEST_LIFE = 1.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What happened over all kills; `wrong` is empty when the library kept every promise."""

    kills: int
    steps: int
    searches: int
    wrong: tuple[str, ...]


def article_text(step: int, number: int) -> str:
    """An article that one word, and no other article, has."""
    chance = random.Random(step * 1000 + number)
    # Words of no language: articles alike would only exercise the search for copies.
    filler = " ".join("".join(chance.choices("abcdefghilmnoprstuv", k=7)) for _ in range(24))
    return f"The word of report {number} is {word(step, number)}: {filler}."


def word(step: int, number: int) -> str:
    """A word that stands in one article only."""
    return "zq" + "".join(chr(97 + int(digit)) for digit in f"{step:04}{number:03}")


def edition_text(step: int) -> str:
    """The article that each step replaces: every sentence names its edition."""
    return " ".join(f"In edition {step} the ferry log has line {line} of the storm." for line in range(LONG))


# the writer ----------------------------------------------------------------------------------------------------


def write(folder: Path, first: int) -> None:
    """Steps from `first` on for ever, each told on stdout once it is reported as done. Killed from outside."""
    library = Library.open(folder / "library", embedder=Hashed())
    print("ready", flush=True)
    step = first
    while True:
        write_step(library, folder, step)
        print(f"done {step}", flush=True)
        step += 1


def write_step(library: Library, folder: Path, step: int) -> None:
    """Add new articles, replace one, and in every third step erase one of the step before. May be repeated."""
    rows = [{"id": f"a-{step}-{number}", "text": article_text(step, number)} for number in range(ARTICLES)]
    rows.append({"id": "edition", "text": edition_text(step), "title": f"Edition {step}"})
    file = folder / f"step-{step}.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    report = library.add(read(str(file)))
    assert not report.failed, report.failed
    gone = erased_in(step)
    if gone and any(article.article_id == gone for article in library.articles()):
        library.remove(gone, purge=True)


def erased_in(step: int) -> str | None:
    """The article that a step erases."""
    return f"a-{step - 1}-0" if step % 3 == 2 else None


# the reader ----------------------------------------------------------------------------------------------------


def watch(folder: Path) -> None:
    """Search without a pause until stdin closes, and tell each wrong thing that is seen; at last, how many searches."""
    import threading

    library = Library.open(folder / "library", embedder=Hashed())
    ended = threading.Event()

    def wait_for_end() -> None:
        sys.stdin.read()
        ended.set()

    threading.Thread(target=wait_for_end, daemon=True).start()
    searches, newest = 0, 0
    while not ended.is_set():
        passages = library.search("ferry log line of the storm edition", k=50)
        searches += 1
        editions = {(p.version, p.text.split("edition ")[1].split()[0]) for p in passages if p.article_id == "edition"}
        if len(editions) != 1:
            print(f"wrong: {len(editions)} editions of one article in one search", flush=True)
            continue
        version, _ = editions.pop()
        if version < newest:
            print(f"wrong: version {version} was seen after {newest}", flush=True)
        newest = version
        for passage in passages[:5]:
            article = library.article(passage.article_id, version=passage.version)
            if article.text[passage.start : passage.end] != passage.text:
                print(f"wrong: a passage of {passage.article_id} is not in its article", flush=True)
        whole = library.article("edition").text
        if whole.count("edition") != LONG:
            print("wrong: half an article was seen", flush=True)
    print(f"searches {searches}", flush=True)


# the measurement -----------------------------------------------------------------------------------------------


def kill_again_and_again(folder: Path, *, kills: int, seed: int = 1) -> Outcome:
    """Kill the writer `kills` times at random moments with a reader beside; check every promise after each."""
    chance = random.Random(seed)
    wrong: list[str] = []
    done = 0
    with Library.open(folder / "library", embedder=Hashed()) as library:
        write_step(library, folder, done)
    with _process("watch", folder) as reader:
        for kill in range(1, kills + 1):
            done, life = _one_life(folder, done, chance.uniform(0, _LONGEST_LIFE))
            with Library.open(folder / "library", embedder=Hashed()) as library:
                wrong += [
                    f"kill {kill} after {life:.3f} s, step {done}: {what}" for what in _broken(library, done, chance)
                ]
        assert reader.stdin is not None
        assert reader.stdout is not None
        reader.stdin.close()
        told = reader.stdout.read().splitlines()
        reader.wait(timeout=30)
    wrong += [line for line in told if line.startswith("wrong")]
    searches = sum(int(line.split()[1]) for line in told if line.startswith("searches"))
    if not searches:
        wrong.append(f"the reader died: {' '.join(told[-1:])}")
    with Library.open(folder / "library", embedder=Hashed()) as library:
        write_step(library, folder, done + 1)
        wrong += [f"after the last add: {problem}" for problem in library.check().problems]
        wrong += [f"after the last add: {what}" for what in _broken(library, done + 1, chance)]
    return Outcome(kills=kills, steps=done + 1, searches=searches, wrong=tuple(wrong))


def _one_life(folder: Path, done: int, seconds: float) -> tuple[int, float]:
    """Start the writer, kill it `seconds` after it is ready; (last step that it reported, seconds it had)."""
    with _process("write", folder, str(done + 1)) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        begun = time.perf_counter()
        time.sleep(seconds)
        writer.send_signal(signal.SIGKILL)
        life = time.perf_counter() - begun
        told = writer.stdout.read().splitlines()
        writer.wait()
    return max([done, *(int(line.split()[1]) for line in told if line.startswith("done"))]), life


def _broken(library: Library, done: int, chance: random.Random) -> list[str]:
    """Promises that do not hold after `done` steps were reported."""
    broken = []
    erased = {erased_in(step) for step in range(done + 1)}
    held = {article.article_id for article in library.articles()}
    reported = {f"a-{step}-{number}" for step in range(done + 1) for number in range(ARTICLES)} - erased
    if missing := reported - held - {erased_in(done + 1)}:
        broken.append(f"{len(missing)} articles are missing, {min(missing)} first")
    if returned := held & erased:
        broken.append(f"erased articles are back: {sorted(returned)}")
    for _ in range(5):
        step, number = chance.randrange(done + 1), chance.randrange(1, ARTICLES)
        found = library.search(word(step, number), k=5)
        if article_text(step, number) not in [passage.text for passage in found]:
            broken.append(f"a-{step}-{number} is not found by its word")
    edition = library.article("edition").text
    if edition not in (edition_text(done), edition_text(done + 1)):
        broken.append("the replaced article is neither the reported edition nor the next")
    return broken


def _process(what: str, folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "evals.bench.faults", what, str(folder), *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).resolve().parents[2],
    )  # fmt: skip


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        watch(Path(sys.argv[2]))
