"""How does any LangChain chat model answer? Fenced passages in, short sentences with markers out, one finding each."""

import contextvars
import importlib.util
import queue
import threading
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from index.errors import ModelError
from index.records import Passage
from rag.answerers.port import Outcome
from rag.answerers.statements import Spoken, Statements
from rag.prompt import build
from rag.records import Evidence, Finding

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

# Provider as LangChain names it -> the package that has to be there, and our extra that brings it.
_PROVIDERS = {
    "openai": ("langchain_openai", "openai"), "ollama": ("langchain_ollama", "ollama"),
    "anthropic": ("langchain_anthropic", "anthropic"), "google_genai": ("langchain_google_genai", "google"),
    "mistralai": ("langchain_mistralai", "mistral"),
}  # fmt: skip
# Eight passages are about 2,000 tokens; twice that leaves room for long ones and fits every model of the last years.
BUDGET = 4000
# The share of a model's own window that passages may fill, where the model tells how large it is.
_WINDOW_SHARE = 0.7
# A local model on a slow machine needs this long for its first word; a hosted one answers in seconds.
TIMEOUT = 120.0
# One repetition mends a dropped connection; a model that fails three times is down.
RETRIES, BACKOFF = 2, 1.0
# An answer is a few sentences. A model that runs on is cut off here.
MOST_STATEMENTS, MOST_CHARACTERS = 12, 6000
# Its thoughts may be far longer: 32,000 tokens are about 130,000 characters.
MOST_RECEIVED = 200_000
# A model gives no probability of its own. Checked statements are rather right than wrong: evals/LOG.md.
CONFIDENCE = 0.5


def load_model(name: str) -> "BaseChatModel":
    """The chat model that LangChain calls `name`, such as "ollama:llama3.2" or "openai:gpt-5-mini".

    Raises ModelError: unknown name, provider package missing (with the command that installs it), or no key.
    """
    provider, colon, model = name.partition(":")
    if not name.strip() or (colon and not model):
        raise ModelError(f'"{name}" names no model: write it as provider:model, for example ollama:llama3.2')
    package, extra = _PROVIDERS.get(provider.strip() if colon else "", ("", ""))
    if package and importlib.util.find_spec(package) is None:
        raise ModelError(f"{name} needs a package that is not installed: pip install 'onrecord[{extra}]'")
    from langchain.chat_models import init_chat_model

    try:
        loaded: BaseChatModel = init_chat_model(name)
    except ImportError as error:
        raise ModelError(f"{name} needs a package that is not installed: {_line(error)}") from error
    except ValueError as error:
        raise ModelError(
            f'No chat model "{name}": {_line(error)} Write provider:model, for example ollama:llama3.2'
        ) from error
    except Exception as error:
        # Each provider has its own error for a missing key.
        raise ModelError(f"{name} cannot be used: {_line(error)}") from error
    return loaded


class ChatModelAnswerer:
    """Asks a chat model; its sentences become findings that point at the passages of their markers."""

    def __init__(
        self,
        model: "BaseChatModel",
        *,
        budget: int = BUDGET,
        timeout: float = TIMEOUT,
        retries: int = RETRIES,
        backoff: float = BACKOFF,
    ) -> None:
        """`budget`: tokens for passages. `timeout`: seconds that may pass without a word. `retries`: attempts after the
        first, as long as nothing was received, each after twice the wait of the one before (`backoff` seconds).
        """
        self._model = model
        self._budget = min(budget, _window(model))
        self._timeout = timeout
        self._retries = retries
        self._backoff = backoff

    @property
    def name(self) -> str:
        """The model's own name, else its class."""
        for field in ("model_name", "model"):
            value = getattr(self._model, field, None)
            if isinstance(value, str) and value:
                return value
        return type(self._model).__name__

    def answer(self, question: str, passages: Sequence[Passage]) -> Iterator[Finding | Outcome]:
        """One finding for each sentence as soon as it is complete, then the outcome. Raises ModelError."""
        if not passages:
            yield Outcome(confidence=0.0)
            return
        prompt = build(question, passages, budget=self._budget)
        statements = Statements()
        spoken = statements.spoken
        found = 0
        notice = ""
        for piece in self._words(prompt.messages):
            for statement in statements.add(piece):
                found += 1
                yield _finding(statement.text, statement.markers, prompt.passages)
            if found >= MOST_STATEMENTS or _runs_on(spoken):
                notice = "The model wrote more than an answer; the rest was left out."
                break
        else:
            for statement in statements.close():
                found += 1
                yield _finding(statement.text, statement.markers, prompt.passages)
        if not spoken.received:
            notice = "The model wrote nothing."
        yield Outcome(confidence=CONFIDENCE if found else 0.0, notice=notice)

    def reply(self, prompt: str) -> str:
        """What the model says to a prompt, without its thoughts. It is asked once. Raises ModelError."""
        from langchain_core.messages import HumanMessage

        spoken = Spoken()
        for piece in self._stream([HumanMessage(prompt)]):
            spoken.add(piece)
            if _runs_on(spoken):
                break
        spoken.close()
        return spoken.text

    def _words(self, messages: "Sequence[BaseMessage]") -> Iterator[str]:
        """The model's text as it comes, tried again while nothing has come."""
        attempt = 0
        while True:
            begun = False
            try:
                for piece in self._stream(messages):
                    begun = begun or bool(piece)
                    yield piece
                return
            except ModelError:
                if begun or attempt >= self._retries:
                    raise
            time.sleep(self._backoff * 2**attempt)
            attempt += 1

    def _stream(self, messages: "Sequence[BaseMessage]") -> Iterator[str]:
        """The pieces of one call; a thread reads the model so that a silent one can be given up."""
        pieces: queue.Queue[str | BaseException | None] = queue.Queue()
        stop = threading.Event()

        def read() -> None:
            try:
                for chunk in self._model.stream(list(messages)):
                    if stop.is_set():
                        return
                    pieces.put(_text(chunk.content))
                pieces.put(None)
            except BaseException as error:
                # Whatever it was, the reader on the other side has to hear of it.
                pieces.put(error)

        # LangChain keeps callbacks and tracing in the context, which a new thread does not have.
        context = contextvars.copy_context()
        threading.Thread(target=context.run, args=(read,), name="onrecord-model", daemon=True).start()
        try:
            while True:
                try:
                    piece = pieces.get(timeout=self._timeout)
                except queue.Empty:
                    raise ModelError(f"{self.name} was silent for {self._timeout:g} seconds.") from None
                if piece is None:
                    return
                if isinstance(piece, BaseException):
                    raise ModelError(f"{self.name} failed: {_line(piece)}") from piece
                yield piece
        finally:
            stop.set()


def _runs_on(spoken: Spoken) -> bool:
    return len(spoken.text) > MOST_CHARACTERS or spoken.received > MOST_RECEIVED


def _text(content: object) -> str:
    """The text of a message, whose content may be a string or a list of blocks (thoughts and images are left out)."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    parts = [
        block if isinstance(block, str) else block.get("text", "") for block in content if isinstance(block, str | dict)
    ]
    return "".join(part for part in parts if isinstance(part, str))


def _finding(text: str, markers: Sequence[int], passages: int) -> Finding:
    """Markers that no passage has are dropped here; a sentence without one is looked for in every passage."""
    valid = dict.fromkeys(marker for marker in markers if 1 <= marker <= passages)
    return Finding(
        text=text, evidence=tuple(Evidence(passage=marker - 1, spans=()) for marker in valid), confidence=CONFIDENCE
    )


def _window(model: "BaseChatModel") -> int:
    profile = getattr(model, "profile", None)
    most = profile.get("max_input_tokens") if isinstance(profile, dict) else None
    return int(most * _WINDOW_SHARE) if isinstance(most, int) and most > 0 else BUDGET * 1000


def _line(error: BaseException) -> str:
    """The first line of an error, with its kind where it says nothing."""
    first = str(error).strip().splitlines()[0].strip() if str(error).strip() else ""
    text = first or type(error).__name__
    return text if text.endswith((".", "!", "?")) else f"{text}."
