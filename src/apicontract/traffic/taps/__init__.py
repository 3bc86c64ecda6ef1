"""Taps: the exchanges of the HTTP libraries of a process, as they go by, without disturbing them.

    taps.start(listener)    # from now on `listener.follow` is asked about every request of every library in `TAPS`
    taps.stop(listener)     # the last one to stop leaves every library as it was found

Add a library: write a module like `httpx` beside this one, and enter it into `TAPS`; `protocol` says what it must do.
"""

from apicontract.traffic.taps.protocol import (
    Begin,
    Done,
    Follow,
    Listener,
    Pending,
    Sending,
    Tap,
    TapUnusable,
    replaced,
)
from apicontract.traffic.taps.registry import TAPS, libraries, start, stop

__all__ = [
    "TAPS",
    "Begin",
    "Done",
    "Follow",
    "Listener",
    "Pending",
    "Sending",
    "Tap",
    "TapUnusable",
    "libraries",
    "replaced",
    "start",
    "stop",
]
