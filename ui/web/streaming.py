"""How is an answer in progress stopped at once? It is written in another thread, and its reader can be told."""

import threading
from collections.abc import Callable, Iterator
from queue import SimpleQueue

from rag.records import Event


class Stopped(Exception):
    """A person asked for the answer to stop."""


class Lane:
    """A few threads that work off what is put in line. Daemons: a hanging model does not keep the server up."""

    def __init__(self, name: str, at_a_time: int) -> None:
        self._name = name
        self._at_a_time = at_a_time
        self._work: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._guard = threading.Lock()

    def submit(self, work: Callable[[], None]) -> None:
        """Put it in line. `work` must not raise."""
        with self._guard:
            if len(self._threads) < self._at_a_time:
                name = f"{self._name} {len(self._threads) + 1}"
                thread = threading.Thread(target=self._run, name=name, daemon=True)
                self._threads.append(thread)
                thread.start()
        self._work.put(work)

    def _run(self) -> None:
        while True:
            self._work.get()()


class Answering:
    """Every answer that is being written, by the id of its turn."""

    def __init__(self) -> None:
        self._lines: dict[str, SimpleQueue[Event | BaseException | None]] = {}

    def events(self, turn_id: str, stream: Callable[[], Iterator[Event]], *, lane: Lane) -> Iterator[Event]:
        """The stream's events as they come, written in `lane`.

        Raises Stopped as soon as `stop` is called, even while a slow model is at it; the writer ends at its next event.
        """
        line: SimpleQueue[Event | BaseException | None] = SimpleQueue()
        self._lines[turn_id] = line

        def write() -> None:
            try:
                if turn_id not in self._lines:
                    return  # stopped while it waited its turn
                for event in stream():
                    if turn_id not in self._lines:
                        return
                    line.put(event)
                line.put(None)
            except BaseException as error:  # whatever it is, the reader of the line raises it
                line.put(error)

        lane.submit(write)
        try:
            while (item := line.get()) is not None:
                if isinstance(item, BaseException):
                    raise item
                yield item
        finally:
            self._lines.pop(turn_id, None)

    def stop(self, turn_id: str) -> bool:
        """Stop this answer; False when it is not being written (any more)."""
        line = self._lines.get(turn_id)
        if line is not None:
            line.put(Stopped())
        return line is not None
