"""How do articles come in through the chat? Uploads and addresses are checked, then each is added in its turn."""

import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from queue import SimpleQueue

from index.errors import OnrecordError, SourceError
from index.library import Library
from index.reading.kinds import SUFFIXES
from index.records import AddProgress, AddReport, Record, Source, Unreadable
from ui.web.escape import inline, text, web_link
from ui.web.streaming import Lane

MOST_AT_ONCE = 50  # files and addresses of one addition; more are added with `onrecord add`
LONGEST_NAME = 240  # bytes of a file name that are kept, its end; file systems allow 255
LARGEST_UPLOAD = 25 * 2**20  # bytes: a long PDF; a whole archive is added with `onrecord add`
UPLOADS_KEPT = 200  # files waiting to be added, of all people together
LONGEST_WAIT = 600  # seconds that an upload waits to be added: a page that was left does not come back for it


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file or address: `problem` is empty where it went well."""

    name: str
    done: str = ""
    problem: str = ""


class Upload:
    """An uploaded file as a source. Its key is its name, so that the same file uploaded again updates its article."""

    def __init__(self, inner: Source, name: str) -> None:
        self._inner = inner
        self.name = name
        self.key = f"upload:{name}"
        self.root = ""

    def fingerprint(self) -> str:
        """That of the file."""
        return self._inner.fingerprint()

    def records(self) -> Iterator[Record | Unreadable]:
        """Those of the file, read from an upload instead of from where the server kept it."""
        for found in self._inner.records():
            if isinstance(found, Record):
                yield replace(found, source=f"upload: {self.name}")
            else:
                yield replace(found, name=self.name)


class Intake:
    """Files that wait to be added, each known by a token that cannot be guessed."""

    def __init__(self, library: Library, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._library = library
        self._clock = clock
        self._folder = Path(tempfile.mkdtemp(prefix="onrecord-uploads-"))
        self._waiting: dict[str, tuple[Path, float]] = {}  # each with the time of its arrival
        self._guard = threading.Lock()
        self._lane = Lane("adding", 1)  # one writer at a time, as the library has it

    def room_for(self, name: str) -> Path:
        """Where to write an upload. Raises SourceError for a kind that is not read, or when too many wait."""
        plain = PurePosixPath(name.replace("\\", "/")).name.strip().lstrip(".")
        plain = "".join(letter for letter in plain if letter.isprintable() and letter not in '<>:"|?*')
        plain = plain.encode("utf-8", "ignore")[-LONGEST_NAME:].decode("utf-8", "ignore").lstrip(" .")
        if not plain or not any(plain.lower().endswith(suffix) for suffix in SUFFIXES):
            kinds = ", ".join(SUFFIXES)
            raise SourceError(f"{plain or 'A file without a name'} is of a kind that is not read: {kinds}")
        self._forget_old()
        with self._guard:
            if len(self._waiting) >= UPLOADS_KEPT:
                raise SourceError("Too many uploads wait to be added: try again in a minute")
        place = self._folder / secrets.token_urlsafe(12) / plain
        place.parent.mkdir()
        return place

    def keep(self, file: Path) -> str:
        """The token of a complete upload."""
        token = secrets.token_urlsafe(18)
        with self._guard:
            self._waiting[token] = (file, self._clock())
        return token

    def _forget_old(self) -> None:
        """Drop uploads that nobody has added."""
        oldest = self._clock() - LONGEST_WAIT
        with self._guard:
            gone = [token for token, (_, arrived) in self._waiting.items() if arrived < oldest]
            files = [self._waiting.pop(token)[0] for token in gone]
        for file in files:
            self.discard(file)

    def discard(self, file: Path) -> None:
        """Forget a file and its folder."""
        shutil.rmtree(file.parent, ignore_errors=True)

    def add(self, tokens: tuple[str, ...], addresses: tuple[str, ...]) -> Iterator[str]:
        """Add them one by one; gives the HTML of how far it is, at the end the result of each."""
        wanted = [*tokens, *addresses]
        if len(wanted) > MOST_AT_ONCE:
            yield results([Result("All", problem=f"More than {MOST_AT_ONCE} at once: use onrecord add")], 0, 0)
            return
        if not wanted:
            yield results([Result("Nothing", problem="Choose files, or give an address")], 0, 0)
            return
        line: SimpleQueue[AddProgress | Result | None] = SimpleQueue()

        def work() -> None:
            for place, one in enumerate(wanted):
                line.put(self._add_one(one, place < len(tokens), line))
            line.put(None)

        self._lane.submit(work)
        finished: list[Result] = []
        yield results(finished, len(wanted), 0)
        while (item := line.get()) is not None:
            if isinstance(item, Result):
                finished.append(item)
                yield results(finished, len(wanted), 0)
            else:
                yield results(finished, len(wanted), item.articles)

    def _add_one(self, one: str, is_upload: bool, line: "SimpleQueue[AddProgress | Result | None]") -> Result:
        from index.reading import read

        file = None
        name = one
        try:
            if is_upload:
                with self._guard:
                    kept = self._waiting.pop(one, None)
                if kept is None:
                    return Result("An upload", problem="It is gone: upload it again")
                file = kept[0]
                name = file.name
                sources: list[Source] = [Upload(source, name) for source in read(str(file))]
            else:
                address = web_link(one)
                if address is None:
                    return Result(name, problem="Only http and https addresses are fetched")
                sources = list(read(address))
            report = self._library.add(sources, progress=line.put)
        except OnrecordError as error:
            said = str(error)
            return Result(name, problem=said.replace(str(file), name) if file is not None else said)
        except Exception as error:
            return Result(name, problem=f"It could not be added: {type(error).__name__}")
        finally:
            if file is not None:
                self.discard(file)
        return outcome(name, report)

    def close(self) -> None:
        """Delete what still waits."""
        with suppress(OSError):
            shutil.rmtree(self._folder)


def outcome(name: str, report: AddReport) -> Result:
    """A report in words."""
    parts = [
        f"{count} {word}"
        for count, word in ((report.added, "added"), (report.updated, "updated"), (report.unchanged, "already there"))
        if count
    ]
    problem = "; ".join(one.reason for one in report.failed[:3])
    if len(report.failed) > 3:
        problem += f"; and {len(report.failed) - 3} more"
    return Result(name, done=", ".join(parts), problem=problem or ("" if parts else "No article was found in it"))


def results(finished: list[Result], wanted: int, articles: int) -> str:
    """How far it is and what became of each."""
    items = "".join(result_item(one) for one in finished)
    bar = ""
    if len(finished) < wanted:
        so_far = f", {articles:,} articles so far" if articles else ""
        bar = (
            f'<label class="progress">Adding {len(finished) + 1} of {wanted}{so_far}'
            f'<progress max="{wanted}" value="{len(finished)}"></progress></label>'
        )
    state = "working" if bar else "finished"
    return f'<div class="results {state}" role="status">{bar}<ul>{items}</ul></div>'


def result_item(one: Result) -> str:
    """One line of the results."""
    problem = f'<span class="problem">{inline(one.problem)}</span>' if one.problem else ""
    kind = "failed" if one.problem else "added"
    return f'<li class="{kind}"><span class="name">{inline(one.name)}</span> {text(one.done)} {problem}</li>'
