"""How can a true sentence be said in other words by rule, so that it stays true? Word lists of its own."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

# Everyday synonyms, kept apart from the verifier's lexicon so that neither is tested on itself.
SYNONYMS = {
    "said": "stated",
    "about": "roughly",
    "around": "roughly",
    "began": "started",
    "begin": "start",
    "ended": "finished",
    "bought": "purchased",
    "big": "large",
    "children": "kids",
    "asked": "requested",
    "help": "assist",
    "found": "discovered",
    "shows": "reveals",
    "showed": "revealed",
    "nearly": "almost",
    "also": "too",
    "house": "home",
    "houses": "homes",
    "firm": "company",
    "company": "firm",
    "people": "persons",
    "almost": "nearly",
    "want": "wish",
    "wants": "wishes",
    "built": "constructed",
    "repaired": "fixed",
    "money": "funds",
    "several": "a number of",
    "described": "characterised",
    "announced": "made public",
    "will be held": "will take place",
    "because": "since",
    "injured": "hurt",
    "hurt": "injured",
    "rose": "went up",
    "fell": "went down",
    "resigned": "stepped down",
    "agreed": "consented",
    "approved": "gave its approval to",
    "workers": "employees",
    "staff": "employees",
    "got": "received",
    "received": "got",
    "get": "receive",
    "doctors": "physicians",
    "police": "officers",
    "arrested": "detained",
    "closed": "shut",
    "needed": "required",
    "need": "require",
    "last year": "the previous year",
    "stay": "remain",
    "stolen": "taken",
    "fire": "blaze",
    "blaze": "fire",
    "later": "afterwards",
    "again": "once more",
    "near": "close to",
    "left": "departed",
    "gave": "handed",
    "chose": "picked",
    "chosen": "picked",
    "speak": "talk",
    "spoke": "talked",
    "more than": "over",
    "fewer than": "less than",
    "at least": "no fewer than",
    "former": "ex-",
    "town": "community",
    "deal": "agreement",
    "talks": "negotiations",
    "vote": "ballot",
    "lawyer": "attorney",
    "ship": "vessel",
    "vessel": "ship",
    "wrote": "penned",
    "whole": "entire",
    "old": "aged",
    "damaged": "harmed",
    "lives": "resides",
    "lived": "resided",
    "start": "beginning",
    "job": "post",
    "jobs": "posts",
    "pay": "wages",
    "promised": "pledged",
    "refused": "declined",
    "hospital": "clinic",
    "try": "attempt",
}
_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety"}
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = "January February March April May June July August September October November December".split()


def spelled(number: int) -> str:
    """A number below 100 in words."""
    if number < 20:
        return _WORDS[number]
    tens, ones = number // 10 * 10, number % 10
    return _TENS[tens] + (f"-{_WORDS[ones]}" if ones else "")


_VALUES = {spelled(number): number for number in range(2, 100)}
_SPELLED = re.compile(
    r"\b("
    + "|".join(sorted(_VALUES, key=len, reverse=True))
    + r")\b(?![ -](?:of|hundred|thousand|thirds?|quarters?|fifths?|half))",
    re.I,
)


# What stands in quotation marks is left as it was said.
_QUOTATION = re.compile(r"([“\"][^“”\"]*[”\"])")


def synonyms(sentence: str, random: Random) -> str:
    """Up to three everyday words exchanged."""
    parts = _QUOTATION.split(sentence)
    present = [word for word in SYNONYMS if any(re.search(rf"\b{word}\b", part) for part in parts[::2])]
    random.shuffle(present)
    for word in present[:3]:
        place = next((n for n in range(0, len(parts), 2) if re.search(rf"\b{word}\b", parts[n])), None)
        if place is not None:
            parts[place] = re.sub(rf"\b{word}\b", SYNONYMS[word], parts[place], count=1)
    return "".join(parts)


def numerals(sentence: str) -> str:
    """Digits in words and words in digits outside quotations and dates, "percent" as the sign."""
    if _QUOTATION.search(sentence) or re.search(rf"(?:{'|'.join(_MONTHS)}) \d|\d (?:{'|'.join(_MONTHS)})", sentence):
        return sentence

    def to_words(match: re.Match[str]) -> str:
        return spelled(int(match[0]))

    out = re.sub(
        r"(?<![\d.,:$€£-])\b[2-9]\d?\b(?![.,:-]?\d|st|nd|rd|th|-| "
        r"(?:p\.?m|a\.?m|January|February|March|April|May|June|July|August|September|October|November"
        r"|December))(?<!April \d)(?<!April \d\d)(?<!May \d)(?<!May \d\d)(?<!March \d)(?<!March \d\d)(?<!June "
        r"\d)(?<!June \d\d)",
        to_words,
        sentence,
    )
    if out == sentence:
        out = _SPELLED.sub(lambda match: str(_VALUES[match[0].lower()]), sentence, count=2)
    out = re.sub(r"(?<=\d) percent\b", "%", out)
    return out[0].upper() + out[1:]


def dates(sentence: str, published: str | None) -> str:
    """The weekday of the week before publication as a calendar date, and "May 3" as "3 May"."""
    out = re.sub(r"\b(" + "|".join(_MONTHS) + r") (\d{1,2})\b(?!,? \d{4})", r"\2 \1", sentence)
    if out != sentence or not published:
        return out
    base = date.fromisoformat(published[:10])
    match = re.search(r"\bon (" + "|".join(_DAYS) + r")\b(?! (?:morning|night|afternoon|evening))", sentence)
    future = re.search(r"\b(?:will|next|until|by)\b", sentence)
    if not match or future:
        return sentence
    back = (base.weekday() - _DAYS.index(match[1])) % 7
    day = base - timedelta(days=back)
    return sentence[: match.start()] + f"on {day.day} {_MONTHS[day.month - 1]} {day.year}" + sentence[match.end() :]


def attribution(sentence: str) -> str:
    """The same words with their speaker in front or behind: X said that ..., according to X."""
    match = re.fullmatch(
        r"[“\"](?P<words>[^“”\"]+?)[,.]?[”\"],? (?:said|says) (?P<who>[^“”\",]+)(?:, [^“”\"]+)?\.", sentence
    )
    if match:
        return f"{_upper(match['who'])} said: “{match['words']}.”"
    match = re.fullmatch(r"[“\"](?P<words>[^“”\"]+?)[,.]?[”\"],? (?P<who>[A-Z][^“”\",]+?) (?:said|says)\.", sentence)
    if match:
        return f"{_upper(match['who'])} said: “{match['words']}.”"
    match = re.fullmatch(r"(?P<what>[^“”\"]+), (?P<who>[^,“”\"]+) said(?: on \w+day)?\.", sentence)
    if match:
        return f"According to {match['who']}, {_lower(match['what'])}."
    match = re.fullmatch(r"(?P<who>(?:The |A )?[A-Z]?[^,“”\"]{3,50}?) said (?:that )?(?P<what>[^“”\"]+)\.", sentence)
    if match and not match["who"].startswith(("He", "She", "It", "They", "But", "And")):
        return f"According to {_lower(match['who'])}, {_lower(match['what'])}."
    return sentence


def order(sentence: str) -> str:
    """A leading adverbial moved to the end, or a trailing one to the front."""
    match = re.fullmatch(
        r"(?P<lead>(?:In|On|At|After|Before|Since|Under|With|During|By|From|For) [^,“”\"]{3,40}), (?P<rest>[^“”\"]+)\.",
        sentence,
    )
    if match and ", " not in match["rest"]:
        return f"{_upper(match['rest'])} {match['lead'][0].lower()}{match['lead'][1:]}."
    match = re.fullmatch(
        r"(?P<rest>[^“”\",]{20,}?) (?P<tail>(?:in|on|at|after|before|since|during|by) (?:[A-Z]\w+|the \w+|\d+ "
        r"\w+)(?: \w+)?)\.",
        sentence,
    )
    if match:
        return f"{_upper(match['tail'])}, {_lower(match['rest'])}."
    return sentence


def shorter(sentence: str) -> str:
    """Without an apposition, a relative clause or a second main clause."""
    out = re.sub(r", (?:who|which|whose|where) [^,“”\"]{8,90}(?=[,.]),?", "", sentence, count=1)
    if out == sentence:
        out = re.sub(r"(?<=[a-z]), (?:an?|the) [^,“”\"]{4,60}, ", " ", sentence, count=1)
    if out == sentence:
        match = re.fullmatch(
            r"(?P<one>[^“”\"]{40,}?), (?:and|but) (?:the|it|he|she|they|its|his|her|a) [^“”\"]{20,}\.", sentence
        )
        out = f"{match['one']}." if match else sentence
    return out if len(out.split()) >= 6 else sentence


def passive(sentence: str) -> str:
    """ "X was written by Y" as "Y wrote X" for regular participles and a few irregular ones."""
    match = re.fullmatch(
        r"(?P<what>[A-Z][^,“”\"]{3,60}?) (?:was|were) "
        r"(?P<verb>\w+ed|written|built|led|found|shot|won|held|taken|given|drawn) by (?P<who>[^,“”\"]{3,60})\.",
        sentence,
    )
    if not match:
        return sentence
    past = {"written": "wrote", "taken": "took", "given": "gave", "drawn": "drew"}.get(match["verb"], match["verb"])
    return f"{_upper(match['who'])} {past} {_lower(match['what'])}."


def paraphrases(sentence: str, published: str | None, random: Random) -> list[tuple[str, str]]:
    """Every rewording that changes the sentence, with the rule's name; some of them two rules on top of each other."""
    made: list[tuple[str, str]] = []
    rules = {
        "synonyms": lambda text: synonyms(text, random),
        "numerals": numerals,
        "dates": lambda text: dates(text, published),
        "attribution": attribution,
        "order": order,
        "shorter": shorter,
        "passive": passive,
    }
    for name, rule in rules.items():
        changed = rule(sentence)
        if changed != sentence:
            made.append((name, changed))
            second = synonyms(changed, random) if name != "synonyms" else shorter(changed)
            if second != changed:
                made.append((f"{name}+", second))
    return made


def joined(first: str, second: str, random: Random, names: Sequence[str]) -> str | None:
    """Two adjacent sentences as one statement; None where a pronoun or a quotation forbids it."""
    if any(mark in first + second for mark in '“”"|') or second.split()[0] in {"But", "And", "Or"}:
        return None
    one = first.rstrip(".")
    link = random.choice((", and ", "; ", ", while ", ", and "))
    opens = {part for name in names for part in name.split()}
    named = second.split()[0].strip("’'s,") in opens or second.split()[0] in opens
    return f"{one}{link}{second if named else second[0].lower() + second[1:]}"


_NAMEABLE = re.compile(
    r"^(?:The|A|An|In|On|At|It|He|She|They|This|That|These|Those|Its|His|Her|Their|After|Before|Since|Under|With"
    r"|During|By|From|For|About|Some|Most|Only|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Another|Several"
    r"|Many|No|None|Nobody|Both|Each|Every|Once|When|While|Last|As|To|There|Those|What|Once|More|Fewer|Nearly"
    r"|Almost|Around|Between|Not)\b"
)


def _lower(text: str) -> str:
    return text[0].lower() + text[1:] if _NAMEABLE.match(text) else text


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]
