"""What does the chat remember of a question? The turn: how it was asked, what came back, and what was said of it."""

from dataclasses import dataclass, field
from typing import Literal

from index.records import Filters
from rag.records import Answer

Status = Literal["asking", "done", "stopped", "failed"]
VERDICTS = {
    "right": "Right",
    "wrong": "Wrong",
    "wrong_citation": "Wrong citation",
    "should_decline": "Should have declined",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AskSettings:
    """How a question is answered: `model` empty is the local reader; `strict` drops what is not supported."""

    model: str = ""
    strict: bool = True
    passages: int = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What a person said of one answer; `correct` is the answer they would have accepted."""

    verdict: str
    note: str = ""
    correct: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One question in a conversation. `answer` is None while it is asked, when it was stopped, or when it failed."""

    turn_id: str
    question: str
    asked_at: str
    status: Status = "done"
    error: str = ""
    filters: Filters = field(default_factory=Filters)
    settings: AskSettings = field(default_factory=AskSettings)
    answer: Answer | None = None
    feedback: Feedback | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """One conversation of one owner, for the list."""

    conversation_id: str
    title: str
    updated: str
    turns: int = 0
