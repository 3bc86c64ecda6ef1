"""Decide whether to try again, and when; the drivers wait.

Theory of operation
-------------------
A second attempt is safe when the first one cannot have done anything, or when doing it twice is the same as doing it
once (RFC 9110, section 9.2.2). So the decision depends on what happened, and on the method:

    what happened                                   GET PUT DELETE ...   POST PATCH
    the connection never opened                     again                again
    429: rejected before work began                 again                again
    503 with a time to come back                    again                again
    503 without one, 408, 500, 502, 504             again                no
    the connection broke later, or timed out        again                no
    any other status                                no                   no

A 503 without a time to come back can be sent by a proxy that gave up on a working server, and a 408 can come late as
well: neither means that nothing was done. A request that cannot be repeated, because its upload cannot be read twice,
is never sent twice. An error of the client itself (`httpx.LocalProtocolError`, `httpx.UnsupportedProtocol`) would only
happen again, so it is not repeated either. An error response whose body breaks off is judged by its status.

The server sets the wait: by `retry-after-ms`, else by `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3).
If it asks for more than the caller permits (`max_retry_wait_in_seconds`, else 30 s), there is no other attempt: an
earlier one would be rejected, and a call should not sleep for longer. Without such a header, the wait is random between
zero and a bound that doubles from 0.5 s up to 8 s ("full jitter"), so that many clients that failed together do not
come back together.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import NamedTuple

import httpx

LONGEST_WAIT = 30.0
"""The maximum wait in seconds that a server may ask for, unless the caller sets another."""
BACKOFF_BASE = 0.5
BACKOFF_BOUND = 8.0

_TOO_MANY, _UNAVAILABLE = 429, 503
_PASSING = frozenset({408, 429, 500, 502, 503, 504})
_IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"})
_NEVER_OPENED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_OUR_MISTAKE = (httpx.LocalProtocolError, httpx.UnsupportedProtocol)
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]*)?", re.ASCII)


class Retry(NamedTuple):
    """The policy of one call."""

    method: str
    limit: int
    """The number of attempts after the first."""
    longest: float = LONGEST_WAIT
    """The maximum wait in seconds that the server may ask for."""
    clock: Callable[[], float] = time.time
    """Seconds since the epoch."""
    chance: Callable[[], float] = random.random
    """Returns a random number from 0 up to 1."""

    def wait(self, attempt: int, outcome: httpx.Response | httpx.TransportError, *, repeatable: bool) -> float | None:
        """Return the seconds to wait before the next attempt, or `None` if there is no other attempt.

        `attempt` counts from 0; `repeatable` says whether the same bytes can be sent again.
        """
        asked = asked_wait(outcome.headers, self.clock()) if isinstance(outcome, httpx.Response) else None
        if attempt >= self.limit or not repeatable or not self._worthwhile(outcome, asked):
            return None
        if asked is not None:
            return asked if asked <= self.longest else None
        return self.chance() * min(BACKOFF_BASE * 2.0 ** min(attempt, 10), BACKOFF_BOUND)

    def notes(
        self, attempts: int, outcome: httpx.Response | httpx.TransportError, *, repeatable: bool
    ) -> Iterator[str]:
        """Yield how many attempts were made, and why there was no further one if it could have helped."""
        if attempts > 1:
            yield f"this was attempt {attempts} of {self.limit + 1}"
        asked = asked_wait(outcome.headers, self.clock()) if isinstance(outcome, httpx.Response) else None
        if attempts > self.limit or not self._worthwhile(outcome, asked):
            return
        if not repeatable:
            fix = "give a path, bytes or a file that can seek"
            yield f"not sent again: the upload was read and cannot be rewound; {fix}"
        elif asked is not None and asked > self.longest:
            longest = f"max_retry_wait_in_seconds is {self.longest:g}"
            yield f"not sent again: the server asks for a wait of {asked:g} s, and {longest}"

    def _worthwhile(self, outcome: httpx.Response | httpx.TransportError, asked: float | None) -> bool:
        idempotent = self.method in _IDEMPOTENT
        if isinstance(outcome, httpx.Response):
            refused = outcome.status_code == _TOO_MANY or (outcome.status_code == _UNAVAILABLE and asked is not None)
            return refused or (idempotent and outcome.status_code in _PASSING)
        if isinstance(outcome, _OUR_MISTAKE):
            return False
        return idempotent or isinstance(outcome, _NEVER_OPENED)


def asked_wait(headers: Mapping[str, str], now: float) -> float | None:
    """Return the wait that a server asks for, in seconds; `None` if there is none, or if it cannot be parsed."""
    milliseconds = headers.get("retry-after-ms", "").strip()
    if _NUMBER.fullmatch(milliseconds):
        return float(milliseconds) / 1000
    value = headers.get("retry-after", "").strip()
    if _NUMBER.fullmatch(value):
        return float(value)
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    if date.tzinfo is None:  # `-0000`, which an HTTP date cannot have: read as GMT
        date = date.replace(tzinfo=UTC)
    return max(0.0, date.timestamp() - now)
