"""What a tap of an HTTP library must do, and what it is given.

A tap is a function that takes `follow` and returns a context manager: entering it hooks the library, leaving it takes
the hook off (`replaced` does both for one function). At the hook, for each request that is about to be sent:

    pending = follow(url, begin)    # `begin(url, done)` makes the library's own `Pending`, if anybody listens
    if pending is None:             # nobody does: send the request as if there were no tap
        return original(...)

The pending exchange sees the request and the answer pass, reads nothing by itself, and calls `done` with the exchange
in neutral form, once: when the answer is complete, closed, or will never come. `bodies` has what taps have in common.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol, TypeAlias, TypeVar

from apicontract.wire.messages import Exchange


class TapUnusable(Exception):
    """A library cannot be tapped: it has another version than the tap is written for."""


class Pending(Protocol):
    """An exchange under way."""

    def so_far(self) -> Exchange:
        """Return the exchange as it is before the answer."""

    def settle(self) -> None:
        """Hand over what is known of an answer that nobody read to its end or closed; wait on if there is none yet."""


PendingT = TypeVar("PendingT", bound=Pending)
Done: TypeAlias = Callable[[Exchange], None]
"""Takes the exchange when it is over."""
Begin: TypeAlias = Callable[[str, Done], PendingT]
"""Begins to follow an exchange; the URL is the one that a contract knows it by."""


class Follow(Protocol):
    """Asks whoever listens."""

    def __call__(self, url: str, begin: Begin[PendingT]) -> PendingT | None:
        """Begin to follow an exchange with a URL; `None` if nobody wants it followed."""


class Listener(Protocol):
    """Listens to the exchanges of a process."""

    @property
    def follow(self) -> Follow:
        """What is asked about every request, in the thread and on the stack that sends it."""


Tap: TypeAlias = Callable[[Follow], AbstractContextManager[None]]


@contextmanager
def replaced(owner: Any, name: str, wrap: Callable[[Any], Any], *, needs: str, version: str) -> Iterator[None]:
    """Wrap a function of a library; `TapUnusable` where this version has none, with what the tap `needs` instead.

    At the end the function is put back, unless somebody else has replaced it meanwhile and keeps ours below theirs.
    """
    original = getattr(owner, name, None)
    if original is None:
        raise TapUnusable(f"needs {needs}; {version} has no {name}")
    own = name in vars(owner)
    wrapper = wrap(original)
    setattr(owner, name, wrapper)
    try:
        yield
    finally:
        if vars(owner).get(name) is wrapper:
            if own:
                setattr(owner, name, original)
            else:
                delattr(owner, name)
