"""How is the next thing made ready while this one is worked on? In a thread beside, a bounded number ahead."""

import queue
import threading
from collections.abc import Generator, Iterator
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")


def ahead(items: Iterator[Item], *, group: int, groups: int) -> Generator[Item, None, None]:
    """Draw from `items` in another thread; its errors are raised here.

    Items are handed over `group` at a time, which is cheaper for many small ones, and at most `groups` wait.
    """
    waiting: queue.Queue[list[Item] | BaseException | None] = queue.Queue(maxsize=groups)
    stop = threading.Event()

    def put(item: list[Item] | BaseException | None) -> None:
        while not stop.is_set():
            try:
                waiting.put(item, timeout=0.1)
                return
            except queue.Full:
                continue

    def draw() -> None:
        try:
            while part := list(islice(items, group)):
                put(part)
                if stop.is_set():
                    return
            put(None)
        except BaseException as error:
            put(error)

    thread = threading.Thread(target=draw, name="onrecord-read", daemon=True)
    thread.start()
    try:
        while True:
            part = waiting.get()
            if part is None:
                return
            if isinstance(part, BaseException):
                raise part
            yield from part
    finally:
        stop.set()
        thread.join()
