"""How is a question changed so that its passage no longer answers it? Names, numbers, opposites, question words."""

import random
import re

# A name inside a sentence: capitalised words in a row, not the first word.
_NAME = re.compile(r"(?<=[a-z,;] )(?:[A-Z][\w'’-]+)(?: (?:of |the |de )?[A-Z][\w'’-]+)*")
_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?![\w])")
_OPPOSITES = [
    ("first", "last"), ("largest", "smallest"), ("biggest", "smallest"), ("highest", "lowest"), ("most", "least"),
    ("more", "fewer"), ("before", "after"), ("increase", "decrease"), ("increased", "decreased"), ("best", "worst"),
    ("north", "south"), ("northern", "southern"), ("east", "west"), ("eastern", "western"), ("earliest", "latest"),
    ("oldest", "newest"), ("longest", "shortest"), ("began", "ended"), ("begin", "end"), ("start", "stop"),
    ("started", "stopped"), ("won", "lost"), ("win", "lose"), ("allowed", "forbidden"), ("same", "different"),
    ("above", "below"), ("positive", "negative"), ("supported", "opposed"), ("support", "oppose"), ("male", "female"),
    ("old", "new"), ("major", "minor"), ("public", "private"), ("good", "bad"), ("like", "dislike"), ("hot", "cold"),
    ("arrived", "left"), ("open", "closed"), ("opened", "closed"), ("accepted", "rejected"), ("easy", "difficult"),
]  # fmt: skip
_TURNED = {a: b for pair in _OPPOSITES for a, b in (pair, pair[::-1])}
_NEGATED = {
    "did": "didn't",
    "does": "doesn't",
    "do": "don't",
    "is": "isn't",
    "was": "wasn't",
    "are": "aren't",
    "can": "cannot",
}
_OTHER_WORD = {
    "who": ("when", "where"), "when": ("who", "where"), "where": ("when", "who"), "how many": ("who", "when did"),
    "how much": ("who", "when"), "what year": ("what city", "which person"), "which year": ("which city",),
}  # fmt: skip


def names(text: str) -> list[str]:
    """Names inside the sentences of a text, as written."""
    return [match.group() for match in _NAME.finditer(text)]


def disguised(
    question: str, passage: str, *, strangers: list[str], chooser: random.Random, only_names: bool = False
) -> str | None:
    """The question with one thing changed; None when nothing in it can be. `strangers` are names from elsewhere.

    `only_names`: "Was the bridge closed?" is still answered by a passage that says it was opened, with no.
    """
    if only_names:
        return _other_name(question, passage, strangers, chooser)
    ways = [_other_name, _other_name, _other_number, _opposite, _negated, _other_question_word]
    chooser.shuffle(ways)
    for way in ways:
        changed = way(question, passage, strangers, chooser)
        if changed and changed.lower() != question.lower():
            return changed
    return None


def _other_name(question: str, passage: str, strangers: list[str], chooser: random.Random) -> str | None:
    found = list(_NAME.finditer(question))
    if not found:
        return None
    match = chooser.choice(found)
    near = [name for name in names(passage) if name.lower() not in question.lower()]
    pool = near if near and chooser.random() < 0.6 else strangers
    if not pool:
        return None
    return question[: match.start()] + chooser.choice(pool) + question[match.end() :]


def _other_number(question: str, passage: str, strangers: list[str], chooser: random.Random) -> str | None:
    found = list(_NUMBER.finditer(question))
    if not found:
        return None
    match = chooser.choice(found)
    digits = match.group().replace(",", "")
    if not digits.isdigit():
        return None
    near = [n for n in _NUMBER.findall(passage) if n not in question]
    if near and chooser.random() < 0.5:
        other: str = chooser.choice(near)
        return question[: match.start()] + other + question[match.end() :]
    number = int(digits)
    moved = number + chooser.choice((-1, 1)) * chooser.randint(1, max(2, min(40, number // 3)))
    return question[: match.start()] + str(max(0, moved)) + question[match.end() :]


def _opposite(question: str, passage: str, strangers: list[str], chooser: random.Random) -> str | None:
    words = question.split(" ")
    places = [i for i, word in enumerate(words) if word.lower().strip("?,.") in _TURNED]
    if not places:
        return None
    place = chooser.choice(places)
    bare = words[place].lower().strip("?,.")
    words[place] = words[place].lower().replace(bare, _TURNED[bare])
    return " ".join(words)


def _negated(question: str, passage: str, strangers: list[str], chooser: random.Random) -> str | None:
    # Kept rare: a person seldom asks so, and a model that fears "not" is of no use.
    if chooser.random() > 0.15:
        return None
    words = question.split(" ")
    for place, word in enumerate(words[1:], start=1):
        if word.lower() in _NEGATED:
            return " ".join([*words[:place], _NEGATED[word.lower()], *words[place + 1 :]])
    return None


def _other_question_word(question: str, passage: str, strangers: list[str], chooser: random.Random) -> str | None:
    if chooser.random() > 0.3:
        return None
    for word, others in _OTHER_WORD.items():
        if question.lower().startswith(word + " "):
            return chooser.choice(others) + question[len(word) :]
    return None
