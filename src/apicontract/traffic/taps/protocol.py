"""The interface of a tap of an HTTP library.

A tap is a function that takes `follow` and returns a context manager: entering it hooks the library, leaving it takes
the hook off (`replaced` does both for one function). At the hook, for each request that is about to be sent:

    sending = Sending("library", method, url)
    return follow.call(sending, begin, lambda: original(...))    # or `await follow.acall(...)`

`begin(url, done)` creates the library's own `Pending`, if there is a listener. The pending exchange observes the
request and the response, reads nothing on its own, and calls `done` once with the exchange in neutral form: when the
response is complete, closed, or will never arrive. `pending` and `bodies` have the common parts of taps.

*Gates.* When a request is about to go to a network, below any mock, a tap calls `follow.leave(library, method, url)`: a
gate (`hold_back`) may raise an exception there.

*Duplicates.* requests sends through urllib3, and urllib3 through http.client, and each of them has a tap. A request
that is sent while another library is sending one with the same method and URL is the same request: only the outermost
tap reports it. A request that a library sends within one of its own is another one: a redirect, or a retry.
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
    """A library cannot be tapped, because the tap does not support its version."""


class Pending(Protocol):
    """An exchange in progress."""

    def so_far(self) -> Exchange:
        """Return the exchange as it is before the response."""

    def settle(self) -> None:
        """Pass on an exchange whose response was not read or closed; do nothing if there is no response yet."""


class Answerable(Pending, Protocol):
    """An exchange in progress whose request and response are one call."""

    def failed(self) -> None:
        """Note that the call raised an exception, so there is no response."""

    def answered(self, response: Any, *, network: bool) -> None:
        """Take the response, and whether a library below sent the request over a network."""


PendingT = TypeVar("PendingT", bound=Pending)
AnswerableT = TypeVar("AnswerableT", bound=Answerable)
ResponseT = TypeVar("ResponseT")
Done: TypeAlias = Callable[[Exchange | None], None]
"""Takes the exchange when it is over; `None` if the request was not sent after all."""
Begin: TypeAlias = Callable[[str, Done], PendingT]
"""Starts to follow an exchange; the URL is that of the contract."""


class Listener(Protocol):
    """Listens to the exchanges of a process."""

    def follow(self, library: str, url: str, begin: Begin[PendingT]) -> PendingT | None:
        """Start to follow an exchange with a URL; return `None` to ignore it.

        It is called in the thread and on the stack that sends the request.
        """


Gate: TypeAlias = Callable[[str, str, str], None]
"""Takes library, method and URL of a request that is about to go to a network; raises an exception to block it."""


@dataclass(slots=True, eq=False)
class Sending:
    """A request that a library is sending."""

    library: str
    method: str
    url: str
    network: bool = False
    """Whether it is known to go over a network, and not to a mock."""
    hook: str = ""
    """The hook that was called, if a tap has several hooks for one request."""
    outer: Sending | None = field(default=None, repr=False)
    """The request that was being sent when this one started."""

    def is_seen(self) -> bool:
        """Return whether another hook is already sending the same request, and update whether that uses a network."""
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
    """The interface that a tap calls for every request."""

    def __init__(self, listening: Callable[[], Listener | None], gates: Callable[[], Iterable[Gate]]) -> None:
        """Take functions that return the listener, if there is one, and the gates."""
        self._listening = listening
        self._gates = gates

    @property
    def listened(self) -> bool:
        """Whether there is a listener."""
        return self._listening() is not None

    def leave(self, library: str, method: str, url: str) -> None:
        """Report a request that goes to a network now; a gate may raise, and gets the library that the user called."""
        outer = _sending.get()
        while outer is not None:
            library, outer = outer.library, outer.outer
        for gate in self._gates():
            gate(library, method, url)

    def begin(self, sending: Sending, begin: Begin[PendingT]) -> PendingT | None:
        """Start to follow an exchange; `None` if there is no listener, or if it is ignored or already followed."""
        sending.outer = _sending.get()
        listener = self._listening()
        if listener is None or sending.is_seen():
            return None
        return listener.follow(sending.library, sending.url, begin)

    def call(self, sending: Sending, begin: Begin[AnswerableT], original: Callable[[], ResponseT]) -> ResponseT:
        """Send a request, and follow it and its response."""
        __tracebackhide__ = True
        return self.answer(sending, self.begin(sending, begin), original)

    def answer(self, sending: Sending, pending: Answerable | None, original: Callable[[], ResponseT]) -> ResponseT:
        """Send a request whose exchange was started, if it is followed, and take its response."""
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
        """Send a request, and follow it and its response."""
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
    """Wrap a function of a library; raise `TapUnusable`, with what the tap `needs`, if this version does not have it.

    At the end the function is restored, unless another wrapper was installed around ours meanwhile.
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
    """Return the parts of a URL that libraries write alike; some write a default port or escape a query."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme), parts.path or "/"
