"""Taps observe the exchanges of the HTTP libraries of a process, without affecting them.

    taps.start(listener)    # from now on `listener.follow` is called for every request of every library in `TAPS`
    taps.hold_back(gate)    # `gate` is called for every request that is about to go to a network, until `let_go`
    taps.stop(listener)     # when the last listener stops, all libraries are restored

To add a library, write a module like `httpx` beside this one, and register it in `TAPS`; see `protocol`.
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
