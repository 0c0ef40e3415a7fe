"""How does an invented passage grow, one statement at a time, so that each answer's place stays known?"""

import random
import re

from evals.reader_training.scene_words import Value

_CHOICE = re.compile(r"\(([^()]*\|[^()]*)\)")
SLOT = re.compile(r"\{(\w+)(?:\.(\w+))?\}")
_FRONTED = re.compile(r"(?:fearing|because|of|over|besides|with|in|from|after|since|among|at) (?!least)")
_PART = re.compile(r"\{(?P<slot>\w+)(?:\.(?P<form>\w+))?\}|\[(?P<key>\w+):|(?P<close>\])|(?P<text>[^\[\]{}]+)")
_SENTENCE_START = re.compile(r"(?:^|[.!?][”\"]? )$")
SENTENCE_END = re.compile(r"[.!?][”\"]?(?= |$)")


class Awkward(Exception):
    """A wording that does not fit here, such as a sentence that would open with digits."""


def chosen(template: str, chooser: random.Random) -> str:
    """The template with one of the wordings in each "(a|b)"."""
    while match := _CHOICE.search(template):
        template = template[: match.start()] + chooser.choice(match[1].split("|")) + template[match.end() :]
    return re.sub(r" +(?=[ .,?\]]|$)", "", template)


def form(value: Value, name: str) -> str:
    """What "{slot.name}" stands for: a pronoun, or the value with or without what goes around it."""
    forms = {
        "he": "she" if value.woman else "he",
        "him": "her" if value.woman else "him",
        "his": "her" if value.woman else "his",
        "man": "woman" if value.woman else "man",
        "full": value.full,
        "later": value.later,
        "bare": value.bare,
        "th": {"1": "st", "2": "nd", "3": "rd"}.get(value.bare[-1] if value.bare[-2:-1] != "1" else "", "th"),
        "inner": value.full.strip("“”"),
    }
    return forms[name]


class Page:
    """The passage as it grows: where each key's answer stands and who has been named."""

    def __init__(self, values: dict[str, Value], chooser: random.Random) -> None:
        self.text = ""
        self.places: dict[str, tuple[int, int]] = {}
        self.told_by: dict[str, str] = {}
        self.shown: set[str] = set()
        self._named: dict[str, tuple[int, int, int]] = {}
        self._count = 0
        self._values = values
        self._chooser = chooser

    def copy(self) -> "Page":
        """A page that may be written on and thrown away."""
        page = Page(self._values, self._chooser)
        page.text, page._count = self.text, self._count
        page.places, page.told_by = dict(self.places), dict(self.told_by)
        page.shown, page._named = set(self.shown), dict(self._named)
        return page

    def write(self, template: str, sources: tuple[str, ...]) -> "Page":
        """A page with one statement more. Raises Awkward."""
        page = self.copy()
        template, told_by = page._attributed(chosen(template, self._chooser), sources)
        before = set(page.places)
        page._count += 1
        page._put(" " if page.text and not page.text.endswith("— ") else "")
        begun = len(page.text)
        stack: list[tuple[str, int]] = []
        for part in _PART.finditer(template):
            if part["text"]:
                page._put(part["text"])
            elif part["key"]:
                stack.append((part["key"], len(page.text)))
            elif part["close"]:
                key, start = stack.pop()
                if key in page.places:
                    raise Awkward(key)
                page.places[key] = page._whole_name((start, len(page.text)))
            else:
                page._slot(part["slot"], part["form"] or "", asked=bool(stack) and stack[-1][1] == len(page.text))
        if not re.search(r"[.!?]”?$", page.text):
            page._put(".")
        starts = [begun, *(match.end() + 1 for match in SENTENCE_END.finditer(page.text, begun))]
        for start in starts:
            page.text = page.text[:start] + page.text[start : start + 1].upper() + page.text[start + 1 :]
        if told_by:
            page.told_by |= dict.fromkeys(set(page.places) - before, told_by)
        return page

    def _put(self, text: str) -> None:
        self.text += text

    def _attributed(self, template: str, sources: tuple[str, ...]) -> tuple[str, str]:
        """The statement with who says so, for one that begins with "~"; and that source as a question names it."""
        if not template.startswith("~"):
            return template, ""
        template = template.removeprefix("~")
        fronted = bool(_FRONTED.match(template))
        if not sources or self._chooser.random() < 0.55:
            return template, ""
        first, _, later = self._chooser.choice(sources).partition(" ~ ")
        known = any(slot in self.shown for slot, _ in SLOT.findall(later))
        source = chosen(later if known else first, self._chooser)
        named = later or first
        bare = source.rstrip(",")
        ways = (
            f"{source} said {template}",
            f"according to {bare}, {template}",
            f"{template}, {source} said",
            f"{template}, according to {bare}",
            f"{template}, {'said ' if source != bare else ''}{bare}{' said' if source == bare else ''}",
        )
        # Before the scene is set, "its chairman said" would hang in the air; so would "he said over several years".
        return self._chooser.choice(ways if self.text and not fronted else ways[2:]), named

    def _slot(self, name: str, wanted: str, *, asked: bool) -> None:
        value = self._values[name]
        if wanted in ("he", "him", "his", "man", "th"):
            self._put(form(value, wanted))
            return
        known = self._named.get(name)
        text = form(value, wanted) if wanted else value.later if known else value.full
        if asked and known and known[2] < self._count - 1 and value.tokens >= set(value.full.lower().split()):
            text = value.full
        if text[0].isdigit() and _SENTENCE_START.search(self.text):
            text = value.start
            if not text:
                raise Awkward(name)
        start = len(self.text)
        self._put(text)
        if text == value.full or not known:
            self._named[name] = (start, len(self.text), self._count)
        self.shown.add(name)

    def _whole_name(self, span: tuple[int, int]) -> tuple[int, int]:
        """Where a surname alone stands for an answer, the full name just before it."""
        said = self.text[span[0] : span[1]]
        for name, (start, end, _) in self._named.items():
            value = self._values[name]
            if said == value.later != value.full and value.full.endswith(f" {said}") and end <= span[0]:
                return start, end
        return span
