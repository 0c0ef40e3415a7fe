"""May this address be fetched, by what the site's robots.txt says (RFC 9309)?"""

import re
from urllib.parse import unquote

# RFC 9309, section 2.5: at least this many bytes must be read.
MAX_BYTES = 512_000


def allows(robots: str, *, agent: str, path: str) -> bool:
    """Whether `agent` may fetch `path` (with its query). The longest matching rule decides, and Allow wins a tie."""
    best_length, best = -1, True
    for allowed, pattern in _rules(robots, agent.lower()):
        if _matches(pattern, path):
            length = len(pattern)
            if length > best_length or (length == best_length and allowed):
                best_length, best = length, allowed
    return best


def _rules(robots: str, agent: str) -> list[tuple[bool, str]]:
    """The rules of the groups for this agent, else of those for everyone."""
    mine: list[tuple[bool, str]] = []
    everyone: list[tuple[bool, str]] = []
    named = False
    agents: set[str] = set()
    in_rules = False
    for row in robots.removeprefix("\ufeff").splitlines():
        key, colon, value = row.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            if in_rules:
                agents, in_rules = set(), False
            agents.add(re.split(r"[/\s]", value.lower())[0])
            named = named or agent in agents
        elif key in ("allow", "disallow"):
            in_rules = True
            if value and agent in agents:
                mine.append((key == "allow", value))
            elif value and "*" in agents:
                everyone.append((key == "allow", value))
    return mine if named else everyone


def _matches(pattern: str, path: str) -> bool:
    """Whether the path begins as the pattern says: `*` is any run of characters, `$` at its end the end of the path.

    Taking each piece at its first place is enough for this, and never goes back over the path.
    """
    path = unquote(path)
    anchored = pattern.endswith("$")
    first, *pieces = unquote(pattern.removesuffix("$")).split("*")
    if not path.startswith(first):
        return False
    here = len(first)
    last = pieces.pop() if pieces and anchored else None
    for piece in pieces:
        found = path.find(piece, here)
        if found < 0:
            return False
        here = found + len(piece)
    if last is not None:
        return len(path) - len(last) >= here and path.endswith(last)
    return not anchored or here == len(path)
