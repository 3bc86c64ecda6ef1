"""What a tap of an HTTP library must do, and what it is given.

A tap is a function that takes `follow` and returns a context manager: entering it hooks the library, leaving it takes
the hook off (`replaced` does both for one function). At the hook, for each request that is about to be sent:

    sending = Sending("library", method, url)
    return follow.call(sending, begin, lambda: original(...))    # or `await follow.acall(...)`

`begin(url, done)` makes the library's own `Pending`, if anybody listens. The pending exchange sees the request and the
answer pass, reads nothing by itself, and calls `done` with the exchange in neutral form, once: when the answer is
complete, closed, or will never come. `pending` and `bodies` have what taps have in common.

*Held back.* Where a request is about to go to a network, below whatever may answer in its place, a tap says so by
`follow.leave(library, method, url)`: a gate (`hold_back`) may raise there.

*Seen once.* requests sends through urllib3, and urllib3 through http.client, and each of them has a tap. A request that
is sent while another library is sending one with the same method and URL is the same one, seen already: the outermost
tap has it. What a library sends while it is sending something of its own is another: a redirect, a second attempt.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias, TypeVar
from urllib.parse import urlsplit

from apicontract.wire.messages import Exchange


class TapUnusable(Exception):
    """A library cannot be tapped: it has another version than the tap is written for."""


class Pending(Protocol):
    """An exchange under way."""

    def so_far(self) -> Exchange:
        """Return the exchange as it is before the answer."""

    def settle(self) -> None:
        """Hand over what is known of an answer that nobody read to its end or closed; wait on if there is none yet."""


class Answerable(Pending, Protocol):
    """An exchange under way whose request and answer are one call."""

    def failed(self) -> None:
        """Take it that the call raised: there is no answer."""

    def answered(self, response: Any, *, network: bool) -> None:
        """Take the answer, and whether a library below has sent the request over a network."""


PendingT = TypeVar("PendingT", bound=Pending)
AnswerableT = TypeVar("AnswerableT", bound=Answerable)
ResponseT = TypeVar("ResponseT")
Done: TypeAlias = Callable[[Exchange | None], None]
"""Takes the exchange when it is over; `None` if the request was not sent after all."""
Begin: TypeAlias = Callable[[str, Done], PendingT]
"""Begins to follow an exchange; the URL is the one that a contract knows it by."""


class Listener(Protocol):
    """Listens to the exchanges of a process."""

    def follow(self, library: str, url: str, begin: Begin[PendingT]) -> PendingT | None:
        """Begin to follow an exchange with a URL; `None` if it is not to be followed.

        It is called in the thread and on the stack that sends it.
        """


Gate: TypeAlias = Callable[[str, str, str], None]
"""Takes library, method and URL of a request that is about to go to a network, and raises to hold it back."""


@dataclass(slots=True, eq=False)
class Sending:
    """A request that a library is sending."""

    library: str
    method: str
    url: str
    network: bool = False
    """Whether it goes over a network for certain, and not to a mock."""
    hook: str = ""
    """What of a library this passes, where a tap has several hooks for one request."""
    outer: Sending | None = field(default=None, repr=False)
    """What was being sent where this began."""

    def is_seen(self) -> bool:
        """Whether another hook is sending the same request; it is told whether it reaches a network."""
        seen, outer = False, self.outer
        while outer is not None:
            other = (outer.library, outer.hook) != (self.library, self.hook)
            if other and outer.method.upper() == self.method.upper():
                if outer.url == self.url or _place(outer.url) == _place(self.url):
                    seen, outer.network = True, outer.network or self.network
            outer = outer.outer
        return seen


_sending: ContextVar[Sending | None] = ContextVar("apicontract_sending", default=None)


class Follow:
    """What a tap asks about every request."""

    def __init__(self, listening: Callable[[], Listener | None], gates: Callable[[], Iterable[Gate]]) -> None:
        """Take what says who listens, if anybody does, and who holds requests back."""
        self._listening = listening
        self._gates = gates

    @property
    def listened(self) -> bool:
        """Whether anybody listens."""
        return self._listening() is not None

    def leave(self, library: str, method: str, url: str) -> None:
        """Say that a request goes to a network now; who holds it back raises, with the library that users sent by."""
        outer = _sending.get()
        while outer is not None:
            library, outer = outer.library, outer.outer
        for gate in self._gates():
            gate(library, method, url)

    def begin(self, sending: Sending, begin: Begin[PendingT]) -> PendingT | None:
        """Begin to follow an exchange; `None` if nobody listens, if it is not to be followed, or is seen already."""
        sending.outer = _sending.get()
        listener = self._listening()
        if listener is None or sending.is_seen():
            return None
        return listener.follow(sending.library, sending.url, begin)

    def call(self, sending: Sending, begin: Begin[AnswerableT], original: Callable[[], ResponseT]) -> ResponseT:
        """Send a request, and follow it and its answer."""
        __tracebackhide__ = True
        return self.answer(sending, self.begin(sending, begin), original)

    def answer(self, sending: Sending, pending: Answerable | None, original: Callable[[], ResponseT]) -> ResponseT:
        """Send a request whose exchange was begun, if it is followed, and take its answer."""
        __tracebackhide__ = True
        token = _sending.set(sending)
        try:
            response = original()
        except BaseException:
            if pending is not None:
                pending.failed()
            raise
        finally:
            _sending.reset(token)
        if pending is not None:
            pending.answered(response, network=sending.network)
        return response

    async def acall(
        self, sending: Sending, begin: Begin[AnswerableT], original: Callable[[], Awaitable[ResponseT]]
    ) -> ResponseT:
        """Send a request, and follow it and its answer."""
        __tracebackhide__ = True
        pending = self.begin(sending, begin)
        token = _sending.set(sending)
        try:
            response = await original()
        except BaseException:
            if pending is not None:
                pending.failed()
            raise
        finally:
            _sending.reset(token)
        if pending is not None:
            pending.answered(response, network=sending.network)
        return response


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


def _place(url: str) -> tuple[str, str | None, int | None, str]:
    """Return what two libraries write alike of a URL; one may write a port or escape a query that another does not."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme), parts.path or "/"
