"""What did the page send? The fields of an event, each checked for its type and cut to a length; nothing is trusted."""

from collections.abc import Mapping
from datetime import date

from index.errors import QuestionError
from index.records import Filters
from rag.records import Span
from ui.web.records import AskSettings

LONGEST = 2_000_000  # characters of one field; a 1 MB paste arrives whole and is refused with a sentence
MOST_PASSAGES = 30  # what a local reader still reads in a second or two


class Fields:
    """The data of one event. Whatever is missing or of another type reads as its empty value."""

    def __init__(self, data: object) -> None:
        self._data: Mapping[object, object] = data if isinstance(data, Mapping) else {}

    def text(self, name: str) -> str:
        """A string, empty when there is none."""
        value = self._data.get(name)
        return value[:LONGEST] if isinstance(value, str) else ""

    def number(self, name: str) -> int | None:
        """A whole number, also one written as text."""
        value = self._data.get(name)
        if isinstance(value, bool) or not isinstance(value, int | str):
            return None
        try:
            return int(value)
        except ValueError:
            return None

    def flag(self, name: str, *, default: bool = False) -> bool:
        """True or False; the default for anything else."""
        value = self._data.get(name)
        return value if isinstance(value, bool) else default

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of strings."""
        value = self._data.get(name)
        return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()

    def inner(self, name: str) -> "Fields":
        """The fields of an object inside."""
        return Fields(self._data.get(name))

    def spans(self, name: str) -> tuple[Span, ...]:
        """Spans written as `12-20,40-44`."""
        found = []
        for part in self.text(name).split(","):
            start, dash, end = part.partition("-")
            if dash and start.isdigit() and end.isdigit():
                found.append(Span(int(start), int(end)))
        return tuple(found)

    def filters(self) -> Filters:
        """Filters. Raises QuestionError for a date that is none."""
        return Filters(
            outlets=self.texts("outlets"),
            after=iso_date(self.text("after")),
            before=iso_date(self.text("before")),
            article_ids=self.texts("article_ids"),
        )

    def settings(self) -> AskSettings:
        """Settings of a question, the number of passages within what is allowed."""
        wanted = self.number("passages")
        return AskSettings(
            model=self.text("model"),
            strict=self.flag("strict", default=True),
            passages=min(max(wanted, 1), MOST_PASSAGES) if wanted is not None else AskSettings().passages,
        )


def iso_date(value: str) -> str | None:
    """An ISO date, None for an empty one."""
    if not value:
        return None
    try:
        return date.fromisoformat(value[:10]).isoformat()
    except ValueError:
        raise QuestionError(f"{value[:40]!r} is not a date: write it as 2025-04-30") from None
