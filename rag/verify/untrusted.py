"""Which stretches of an article speak to a machine instead of its readers? They are never quoted as support."""

import itertools
import re
from functools import lru_cache

# Said to whoever reads on behalf of somebody else. One of these taints its paragraph. That a crew "ignored safety
# rules" or a system update "had grounded" flights is news.
_COMMANDS = re.compile(
    r"""
    \b(?:ignor(?!ed\b)\w*|disregard(?!ed\b)\w*|be\ (?:ignored|disregarded)|forget|overrid\w+
      |bypass)\b[^.!?\n]{0,50}\b(?:instruct\w+|prompts?|previous
      |prior|above|rules?|directions?|guidelines?|passages?|everything|sources?|context|safety)\b
  | \b(?:system|developer|hidden|admin\w*)\s+(?:prompt|override|instructions?|command|mode
      |(?:message|note|notice|update)(?!\s+(?:(?:that|which)\s+)?(?:had|was|were)\b))\b
  | \b(?:you\ are|you're|act\ as|acting\ as|pretend|behave\ as|roleplay
      |role-play)\b[^.!?\n]{0,60}\b(?:assistant|a\.?i\.?|model|chatbot|bot|dan|jailbroken|unrestricted
      |developer\ mode)\b
  | \b(?:dear|attention|hey|hello|note|message|notice|memo|instructions?|important|reminder
      |warning)\b[\s,:]*(?:to|for)?\s*(?:the|any|all|every|you)?\s*(?:ai|a\.i\.|assistants?|llms?
      |(?:large\ )?language\ models?|chatbots?|bots?|summari[sz]ers?|models?|retrieval\ system)\b
  | \b(?:ai|a\.i\.|llms?|assistants?|chatbots?|language\ models?)\b[^.!?\n]{0,30}\b(?:reading|processing
      |summari[sz]ing|parsing)\ (?:this|the)\b
  | \bas\ an?\ (?:ai|a\.i\.|assistant|language\ model)\b
  | \byour\ (?:instructions?|task\ is|answers?\ (?:must|should|has)|repl(?:y|ies)\b|response|output
      |final\ answer|system|guidelines|training|new\ (?:task|role|goal))
  | \bin\ your\ (?:answer|reply|response|summary|output)\b
  | \b(?:when|if|whenever)\ (?:you\ are\ |you're\ |anyone\ |anybody\ |someone\ |the\ user\ |a\ user\ 
      |users?\ )?(?:asked|asks?|answering|summari[sz]ing|quer(?:y|ied)|prompted)\b[^.!?\n]{0,80}\b(?:say|answer
      |reply|respond|write|output|tell|state|claim|cite|report|insist|print|include|always|only)\b
  | \b(?:the\ )?(?:correct|right|only|true|final|expected|required|approved)\ (?:answer|response|reply
      |output)\ (?:is|to|must|should|for)\b
  | \b(?:the\ user|the\ person\ asking|whoever\ asks)\b[^.!?\n]{0,40}\b(?:told?|know|hear|see|question|asks?|wants?)\b
  | \b(?:tell|inform|convince|assure|answer|show)\ (?:the\ )?(?:users?|readers?\ of\ (?:the|your)\ answer
      |person\ asking|customer|human)\b
  | (?:^|[.!?:;\n“"'(\-*>]\s*)(?:please\ |now\ |always\ |instead,?\ |then\ |just\ |simply\ |you\ must\ 
      |you\ should\ |you\ will\ |do\ )?(?:answer|respond|reply|output|print|repeat|say|write|cite|state
      |conclude|append|include|insert|translate|render|return|emit|begin|start|end)\s+(?:only\b|exactly\b
      |the\ following\b|this\b|that\b|with\b|every\b|your\b|verbatim\b|after\ me\b|back\b|in\ your\b|["“'‘:]|\[
      |as\ (?:fact|your)\b)
  | \b(?:cite|citing|quote)\ (?:passage|source|this\ (?:passage|article|as)|\[)
  | \bprompt\ injection\b[^.!?\n]{0,40}\b(?:succe|test|payload)
  | \bdo\ not\ (?:mention|reveal|cite|use|tell|trust)\b[^.!?\n]{0,40}\b(?:passages?|sources?|this\ (?:note
      |instruction|message)|instructions?|user)\b
  | \bnew\ (?:instructions?|task|rules?|system)\s*:
  | "role"\s*:\s*"(?:system|assistant|user)"
  | !\[[^\]]*\]\s*\( | \[[^\]]+\]\(\s*(?:https?|javascript|data): | <\s*(?:img|script|iframe|a|svg|style|link
      |meta|object|form)\b | <!-- | display\s*:\s*none | font-size\s*:\s*0
    """,
    re.I | re.X | re.M,
)
# Marks of the frame around passages, which no article has: from here on nothing is the article's own.
_FRAMES = re.compile(
    r"""
    <\|[^|<>\n]{1,40}\|> | \[/?INST\] | <</?SYS>>
  | </?\s*(?:system|assistant|user|human|instructions?|passages?|documents?|context|sources?|articles?|prompt
      |tool\w*|answer|question)\b[^<>\n]*>
  | ^\s*(?:\#+\s*)?(?:system|assistant|user|human|developer|instructions?|response)\s*(?::|\#|>)
  | ^\s*(?:[-=*_\#~`]{2,}\s*)?(?:begin|end|start|close)(?:\s+of)?(?:\s+the)?\s+(?:passages?|documents?|context
      |system|instructions?|articles?|data|sources?|prompt|untrusted)\b
  | ^\s*(?:\#+\s*|\*\*)?(?:passage|source|document|context|article|result
      |evidence)\s*[\[\(\#]?\s*\d+\s*[\]\)]?\s*(?:[:\-–|\]]|$)
  | ^\s*\[\d{1,2}\]\s+\S
  | ^\s*(?:question|final\ answer|answer|q\s*&\s*a)\s*:\s
  | ^\s*```
  | \bPASSAGE-[0-9a-f]{6,}
    """,
    re.I | re.X | re.M,
)
_PARAGRAPH = re.compile(r"\n\s*\n")
# Invisible letters that spell something: tags, direction overrides, and runs of zero-width marks.
_HIDDEN = re.compile(
    r"[\U000E0001-\U000E007F]|[\u202d\u202e\u2066-\u2069]|(?:[\u200b-\u200d\u2060\ufeff\u00ad][^\s]{0,2}){3,}"
)
_ZERO = re.compile(r"[\u200b-\u200f\u2060-\u2064\ufeff\u00ad\u034f\ufe00-\ufe0f\U000E0000-\U000E007F]")


@lru_cache(maxsize=256)
def masked(text: str) -> str:
    """`text` with every stretch that speaks to a machine blanked out, offsets and length unchanged."""
    spans = tainted(text)
    if not spans:
        return text
    letters = list(text)
    for start, end in spans:
        for position in range(start, end):
            if letters[position] != "\n":
                letters[position] = " "
    return "".join(letters)


def tainted(text: str) -> tuple[tuple[int, int], ...]:
    """Offsets of the paragraphs with a command or hidden letters, and of all that follows a faked frame."""
    found: list[tuple[int, int]] = []
    for start, end in _paragraphs(text):
        visible = _ZERO.sub("", text[start:end])
        if _HIDDEN.search(text, start, end) or _COMMANDS.search(visible):
            found.append((start, end))
    frame = _FRAMES.search(text)
    if frame is not None:
        found.append((frame.start(), len(text)))
    return tuple(found)


def _paragraphs(text: str) -> list[tuple[int, int]]:
    cuts = [0, *(match.end() for match in _PARAGRAPH.finditer(text)), len(text)]
    return [(start, end) for start, end in itertools.pairwise(cuts) if start < end]
