"""A time limit for work that may never end."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

LONGEST = 20.0
"""Seconds for the requests of one operation."""


class TooLong(KeyboardInterrupt):
    """The time is over. Hypothesis lets an interrupt pass, and takes every other exception for a failure of a test."""


@contextmanager
def limit(seconds: float) -> Iterator[None]:
    """Raise `TooLong` in the main thread when the time is over."""

    def over(_number: int, _frame: FrameType | None) -> None:
        raise TooLong

    former = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)  # again and again: a callback of the collector can swallow one
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, former)
