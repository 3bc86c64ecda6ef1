"""The tap of requests, and of requests-mock.

*Hooks.* `Session.send` is called for each prepared request, above every adapter: that of the network, one of the
user's, and that of the library responses, which replaces `HTTPAdapter.send`. A redirect calls it again, within the send
of the previous request, whose own response is then the first of the `history`. Two things bypass it, and have hooks of
their own: requests that a response hook sends again by the adapter (digest authentication), and requests-mock, which
calls the `Session.send` that it found when it was imported. Such a request is recognised as already followed if it is
the same object.
"""

from __future__ import annotations

import contextlib
import functools
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from importlib import metadata
from typing import Any

import requests

from apicontract.checks import adapters
from apicontract.traffic.taps import bodies
from apicontract.traffic.taps.bodies import Copy
from apicontract.traffic.taps.pending import PendingExchange
from apicontract.traffic.taps.protocol import Done, Follow, Sending, replaced

LIBRARY = "requests"

_prepared: ContextVar[tuple[requests.PreparedRequest, ...]] = ContextVar("apicontract_prepared", default=())
"""The requests that are being sent."""


@contextmanager
def tap(follow: Follow) -> Iterator[None]:
    """Follow the exchanges of every session."""
    needs = {"needs": "requests 2.32", "version": metadata.version("requests")}
    wrap = functools.partial(_wrapped, follow)
    with (
        replaced(requests.Session, "send", wrap, **needs),
        replaced(requests.adapters.HTTPAdapter, "send", wrap, **needs),
    ):
        yield


def tap_requests_mock(follow: Follow) -> AbstractContextManager[None]:
    """Follow the exchanges of sessions that requests-mock handles.

    If it has no response for a request, the session sends the request, where it is followed, or nobody does.
    """
    adapter: Any = sys.modules["requests_mock.adapter"]  # its package is still being imported

    def wrap(original: Callable[..., requests.Response]) -> Callable[..., requests.Response]:
        @functools.wraps(original)
        def send(sender: Any, request: requests.PreparedRequest, *args: Any, **named: Any) -> requests.Response:
            __tracebackhide__ = True
            answer = original(sender, request, *args, **named)
            return answered(sender, request, answer)

        return send

    answered = _wrapped(follow, _given)
    return replaced(adapter.Adapter, "send", wrap, needs="requests-mock 1.12", version="this one")


def _given(_: Any, __: requests.PreparedRequest, answer: requests.Response) -> requests.Response:
    """Send a request that already has a response."""
    return answer


def _wrapped(follow: Follow, original: Callable[..., requests.Response]) -> Callable[..., requests.Response]:
    @functools.wraps(original)
    def send(sender: Any, request: requests.PreparedRequest, *args: Any, **named: Any) -> requests.Response:
        __tracebackhide__ = True
        under_way = _prepared.get()
        if any(request is other for other in under_way):
            return original(sender, request, *args, **named)
        sending = Sending(LIBRARY, request.method or "", request.url or "")
        token = _prepared.set((*under_way, request))
        try:
            return follow.call(
                sending,
                functools.partial(_Pending, sending, request),
                functools.partial(original, sender, request, *args, **named),
            )
        finally:
            _prepared.reset(token)

    return send


class _Pending(PendingExchange):
    def __init__(self, sending: Sending, request: requests.PreparedRequest, url: str, done: Done) -> None:
        """Replace a body that is not in memory by a tee."""
        self._request, self._body = request, request.body
        request.body, sent = bodies.seen(request.body)
        super().__init__(sending, url, done, adapters.text_headers(request.headers), sent)

    def failed(self) -> None:
        """Note that there is no response; a request that requests-mock rejects may be sent in another way."""
        self._restore()
        if type(sys.exc_info()[1]).__module__.startswith("requests_mock."):
            self.abandoned()
        else:
            super().failed()

    def _restore(self) -> None:
        """Restore the request's own body; one that no adapter read is read now, if it can be read twice."""
        self._request.body = self._body
        if isinstance(self.body, Copy) and not self.body.begun:
            with contextlib.suppress(Exception):  # such as a closed file; the body stays unknown
                self.body = adapters.request(self._request).body

    def answered(self, response: requests.Response, *, network: bool) -> None:
        """Take the response to this request; after redirects, the last response belongs to another request."""
        self._restore()
        own = response.history[0] if response.history else response
        raw: Any = own.raw
        fields = adapters.text_headers(raw.headers if hasattr(raw, "headers") else own.headers)
        if vars(own).get("_content_consumed") or raw is None:
            self.whole(own.status_code, fields, own.content or b"", network=network)
            return
        copy = self.streamed(own.status_code, fields, network=network)
        try:
            bodies.tee(raw, copy, ended=lambda: getattr(raw, "length_remaining", None) == 0)
        except AttributeError:  # a test's own object, which does not allow attributes
            copy.chunks = None
            copy.end(complete=False)
