"""Taps: the exchanges of the HTTP libraries of a process, as they go by, without disturbing them.

    taps.start(listener)    # from now on `listener.follow` is asked about every request of every library in `TAPS`
    taps.hold_back(gate)    # `gate` is asked about every request that is about to go to a network; `let_go` ends that
    taps.stop(listener)     # the last one to stop leaves every library as it was found

Add a library: write a module like `httpx` beside this one, and enter it into `TAPS`; `protocol` says what it must do.
"""

from apicontract.traffic.taps.protocol import (
    Begin,
    Done,
    Follow,
    Gate,
    Listener,
    Pending,
    Sending,
    Tap,
    TapUnusable,
    replaced,
)
from apicontract.traffic.taps.registry import TAPS, hold_back, let_go, libraries, start, stop

__all__ = [
    "TAPS",
    "Begin",
    "Done",
    "Follow",
    "Gate",
    "Listener",
    "Pending",
    "Sending",
    "Tap",
    "TapUnusable",
    "hold_back",
    "let_go",
    "libraries",
    "replaced",
    "start",
    "stop",
]
