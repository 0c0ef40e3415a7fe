"""How much may one person ask of the server? So many calls a minute, refilled evenly, and no more."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from index.errors import OnrecordError

# A reader asks a handful of questions a minute; thirty leaves room for an impatient one, not for a script.
ASKS_A_MINUTE = 30
# One address may be a whole office behind a proxy: thirty people at twenty a minute.
ASKS_A_MINUTE_AN_ADDRESS = 600
ADDS_A_MINUTE = 10
UPLOADS_A_MINUTE = 100  # files: two additions of as many as go at once
SIGN_INS_A_MINUTE = 10
KEPT = 10_000  # callers remembered; the longest silent are forgotten first, and their buckets were full again


class TooMany(OnrecordError):
    """Somebody called more often than is allowed."""


class RateLimit:
    """A token bucket for each caller: `a_minute` calls at once, then one for each part of a minute that passes."""

    def __init__(self, a_minute: int, what: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._a_minute = a_minute
        self._what = what
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, caller: str) -> None:
        """Count one call. Raises TooMany, which says how long to wait."""
        with self._lock:
            now = self._clock()
            left, since = self._buckets.pop(caller, (float(self._a_minute), now))
            left = min(float(self._a_minute), left + (now - since) * self._a_minute / 60)
            allowed = left >= 1
            self._buckets[caller] = (left - 1 if allowed else left, now)
            while len(self._buckets) > KEPT:
                self._buckets.popitem(last=False)
        if not allowed:
            wait = max(1, round((1 - left) * 60 / self._a_minute))
            raise TooMany(f"Too many {self._what}: {self._a_minute} a minute are allowed; try again in {wait} s")
