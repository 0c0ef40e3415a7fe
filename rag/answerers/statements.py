"""Where does one statement of a model end, while its words are still coming? Sentences with their markers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.sentences import sentences
from rag.prompt import NOT_HERE

_BRACKETED = r"[\[【](?:passages?\s*)?\d{1,3}(?:\s*[,;&]\s*\d{1,3})*[\]】]"
# "Text. [1]" as "Text [1]." so that a marker never opens the next sentence.
_AFTER_STOP = re.compile(rf"([.!?][\"”’')]*)[ \t]*((?:{_BRACKETED}\s*)+)", re.I)
_MARKERS = re.compile(rf"\s*{_BRACKETED}", re.I)
# The number of a list item, whose stop would end a sentence: "1. The mayor", not "12 people" nor "3.5 million".
_NUMBERED = re.compile(r"^[ \t]*(\**)\d{1,2}[.)](?=\**[ \t]+[^\s\[【])", re.M)
_BULLET = re.compile(r"^\s*(?:[-*•–|]|\d{1,2}[.)])\s+")
_THINKS, _SPEAKS = re.compile(r"<think(?:ing)?>", re.I), re.compile(r"</think(?:ing)?>", re.I)
# The longest of these marks, less its last character: as much of one may have come when a piece ends.
_MARK = len("</thinking>") - 1
_PREFIX = re.compile(r"^\s*(?:answer|response|final answer)\s*:\s*", re.I)
_NOTHING = re.compile(
    rf"{NOT_HERE}|^(?:i(?: a|')?m sorry|sorry|unfortunately|i (?:do not|don't|cannot|can't|could not) |"
    r"(?:the |these |none of the )?(?:given |provided )?(?:passages?|articles?|text|context|sources?) "
    r"(?:do|does|did)(?:n't| not) |"
    r"there is no (?:mention|information)|no (?:information|answer)|not (?:stated|mentioned|specified))",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence without its markers, and the markers in their order."""

    text: str
    markers: tuple[int, ...]


class Spoken:
    """Takes a model's words as they come; `text` is what it has said outside its thoughts. `received` counts the
    characters of both.
    """

    def __init__(self) -> None:
        self.text = ""
        self.received = 0
        self._left = ""
        self._thinks = False

    def add(self, piece: str) -> None:
        """Takes in the next words; what may become the mark of a thought waits for more."""
        self.received += len(piece)
        self._left += piece
        while mark := (_SPEAKS if self._thinks else _THINKS).search(self._left):
            if not self._thinks:
                self.text += self._left[: mark.start()]
            self._left = self._left[mark.end() :]
            self._thinks = not self._thinks
        opened = self._left.rfind("<", max(0, len(self._left) - _MARK))
        kept = opened if opened >= 0 else len(self._left)
        if not self._thinks:
            self.text += self._left[:kept]
        self._left = self._left[kept:]

    def close(self) -> None:
        """The model has ended: what waited was no mark."""
        if not self._thinks:
            self.text += self._left
        self._left = ""


class Statements:
    """Takes a model's words as they come, gives each statement once it is certain to be complete."""

    def __init__(self) -> None:
        self.spoken = Spoken()
        self._given = 0

    def add(self, piece: str) -> Iterator[Statement]:
        """The statements that `piece` completes."""
        self.spoken.add(piece)
        # Only a sentence end or a bracket can complete anything; most pieces hold neither.
        if re.search(r"[.!?\n\]】]|\s\S", piece) or len(piece) > 3:
            yield from self._complete(final=False)

    def close(self) -> Iterator[Statement]:
        """The last statement, when the model has ended."""
        self.spoken.close()
        yield from self._complete(final=True)

    def _complete(self, *, final: bool) -> Iterator[Statement]:
        text = _NUMBERED.sub(r"- \1", _AFTER_STOP.sub(_moved, self.spoken.text))
        spans = sentences(text)
        ready = spans if final else spans[:-1]
        if not final and spans and re.match(r"[\[【]", text[spans[-1][0] :]):
            # The next thing is a marker, perhaps not yet complete: it may belong to the sentence before.
            ready = spans[:-2]
        for start, end in ready[self._given :]:
            self._given += 1
            statement = _statement(text[start:end])
            if statement is not None:
                yield statement


def _moved(match: re.Match[str]) -> str:
    return f" {match[2].strip()}{match[1]} "


def _statement(sentence: str) -> Statement | None:
    """The sentence as a statement; None for a refusal, a heading or a lone marker."""
    markers = tuple(
        int(number) for mark in re.findall(_BRACKETED, sentence, re.I) for number in re.findall(r"\d+", mark)
    )
    text = _PREFIX.sub("", _BULLET.sub("", _MARKERS.sub("", sentence)))
    text = " ".join(text.replace("**", "").replace("__", "").split())
    if not re.search(r"\w", text) or text.endswith(":") or _NOTHING.search(text):
        return None
    return Statement(text, markers)
