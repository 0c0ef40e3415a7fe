"""Does the chat hold when many ask at once? `python -m ui.web.load` sends people with a browser's requests.

Each person arrives with a cookie of their own, asks over the queue that the page uses and reads the stream to its end.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx

LONGEST_P95 = 2.0  # seconds: what a person takes for "at once, nearly"
GROWTH = 1.10  # resident memory in the last third against the second third; the first one loads the models
SERVE = "import sys; from ui.web.app import serve; serve(sys.argv[1], port=int(sys.argv[2]), sample=True)"


@dataclass(slots=True)
class Tally:
    """What was measured: seconds of each answer, what went wrong, and the server's memory over time in MiB."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    def summary(self) -> dict[str, float | int | str]:
        """The figures for the log."""
        ordered = sorted(self.seconds)
        third = max(1, len(self.memory) // 3)
        return {
            "answers": len(ordered),
            "errors": len(self.errors),
            "first_error": self.errors[0] if self.errors else "",
            "p50_s": round(share(ordered, 0.50), 3),
            "p95_s": round(share(ordered, 0.95), 3),
            "worst_s": round(ordered[-1], 3) if ordered else 0.0,
            "memory_second_third_mib": round(max(self.memory[third : 2 * third], default=0.0), 1),
            "memory_last_third_mib": round(max(self.memory[2 * third :], default=0.0), 1),
        }

    def holds(self) -> bool:
        """No error, quick enough, and the memory does not grow."""
        said = self.summary()
        flat = float(said["memory_last_third_mib"]) <= GROWTH * float(said["memory_second_third_mib"])
        return bool(self.seconds) and not self.errors and float(said["p95_s"]) < LONGEST_P95 and flat


def share(ordered: Sequence[float], part: float) -> float:
    """The value below which that part of them lies (nearest rank)."""
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else 0.0


async def person(address: str, number: int, questions: Sequence[str], every: float, until: float, tally: Tally) -> None:
    """One person: opens the page, then asks every so many seconds, in one conversation of a few questions at a time."""
    import httpx

    await asyncio.sleep(every * number / 30)  # people do not ask in step
    async with httpx.AsyncClient(base_url=address, timeout=60) as browser:
        try:
            await browser.get("/")
            asking = await event_number(browser, "ask")
            asked = 0
            while time.monotonic() < until:
                begun = time.monotonic()
                question = questions[(number * 7 + asked) % len(questions)]
                await ask(browser, asking, f"person{number}x{asked}", question)
                tally.seconds.append(time.monotonic() - begun)
                asked += 1
                await asyncio.sleep(max(0.0, every - (time.monotonic() - begun)))
        except (httpx.HTTPError, ValueError, KeyError) as error:
            tally.errors.append(f"{type(error).__name__}: {error}")


async def event_number(browser: "httpx.AsyncClient", name: str) -> int:
    """The number under which the page's event goes over the queue."""
    config = (await browser.get("/config")).json()
    return next(
        int(one["id"])
        for one in config["dependencies"]
        if any(len(target) == 2 and target[1] == name for target in one["targets"])
    )


async def ask(browser: "httpx.AsyncClient", event: int, session: str, question: str) -> None:
    """Ask as the page does. Raises ValueError when the answer does not come to its end."""
    said = {"question": question, "conversation": "", "filters": {}, "settings": {}, "instead_of": ""}
    body = {"data": [], "event_data": said, "fn_index": event, "session_hash": session, "trigger_id": None}
    joined = await browser.post("/gradio_api/queue/join", json=body)
    if joined.status_code != 200:
        raise ValueError(f"joining: {joined.status_code} {joined.text[:200]}")
    async for message in messages(browser, session):
        if message["msg"] == "process_completed":
            if not message["success"]:
                raise ValueError(f"answering: {message}")
            return
    raise ValueError("the stream ended before the answer")


async def messages(browser: "httpx.AsyncClient", session: str) -> AsyncIterator[dict[str, object]]:
    """The events of one session's stream."""
    async with browser.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as stream:
        async for line in stream.aiter_lines():
            if line.startswith("data:"):
                yield json.loads(line.removeprefix("data:"))


async def watch(process: int, until: float, tally: Tally) -> None:
    """Note the server's resident memory every second."""
    while time.monotonic() < until:
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                tally.memory.append(int(line.split()[1]) / 1024)
        await asyncio.sleep(1)


async def crowd(address: str, process: int, *, people: int, every: float, seconds: float) -> Tally:
    """Everybody at once for that long."""
    from evals.newsroom import QUESTIONS

    questions = [json.loads(line)["question"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    tally, until = Tally(), time.monotonic() + seconds
    everybody = (person(address, number, questions, every, until, tally) for number in range(people))
    await asyncio.gather(watch(process, until, tally), *everybody)
    return tally


def arrived(address: str) -> float:
    """Seconds until the server answers. Raises TimeoutError after two minutes."""
    import httpx

    begun = time.monotonic()
    while time.monotonic() - begun < 120:
        try:
            httpx.get(address, timeout=5).raise_for_status()
            return time.monotonic() - begun
        except httpx.HTTPError:
            time.sleep(0.1)
    raise TimeoutError(f"{address} does not answer")


def main() -> int:
    """Serve the sample newsroom, let the crowd in, print what was measured; 1 when it does not hold."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--people", type=int, default=30)
    reader.add_argument("--every", type=float, default=10.0, help="seconds between two questions of a person")
    reader.add_argument("--seconds", type=float, default=180.0)
    reader.add_argument("--port", type=int, default=7863)
    told = reader.parse_args()
    from evals.newsroom import ARTICLES
    from index.library import Library
    from index.reading import read

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library"
        with Library.open(path) as library:
            library.add(read(str(ARTICLES)))
        server = subprocess.Popen([sys.executable, "-c", SERVE, str(path), str(told.port)], stdout=subprocess.DEVNULL)
        try:
            address = f"http://127.0.0.1:{told.port}"
            up = arrived(address)
            tally = asyncio.run(crowd(address, server.pid, people=told.people, every=told.every, seconds=told.seconds))
        finally:
            server.terminate()
            server.wait()
    print(json.dumps({"server_up_s": round(up, 1), **tally.summary(), "holds": tally.holds()}, indent=1))
    return 0 if tally.holds() else 1


if __name__ == "__main__":
    raise SystemExit(main())
