"""An exchange in progress, the same for every library: its request, and its response, in memory or as a stream."""

from __future__ import annotations

from urllib.parse import urlsplit

from apicontract.openapi.violation import plain
from apicontract.traffic.taps.bodies import Copy, decoded
from apicontract.traffic.taps.protocol import Done, Sending
from apicontract.wire.messages import Exchange, Headers, Request, Response


class PendingExchange:
    """Follows one exchange, and passes it on once."""

    def __init__(self, sending: Sending, url: str, done: Done, headers: Headers, body: bytes | Copy | None) -> None:
        """Take the request; its body is known, a stream, or unknown. `url` is that of the contract."""
        self.headers, self.body = headers, body
        self.status = 0
        self._sending, self._url = sending, url
        self._done: Done | None = done
        self._answer = Headers()
        self._received: Copy | None = None
        self._network = sending.network

    def so_far(self) -> Exchange:
        """Return the exchange as it is before the response."""
        return self._exchange(None, complete=False)

    def failed(self) -> None:
        """Note that there is no response."""
        self._hand_over(None, complete=False)

    def abandoned(self) -> None:
        """Note that the request was not sent after all."""
        if self._done is not None:
            done, self._done = self._done, None
            done(None)

    def whole(self, status: int, headers: Headers, body: bytes, *, network: bool) -> None:
        """Take a response whose body is in memory."""
        self._network = self._network or network
        self._hand_over(Response(status, headers, body), complete=True)

    def streamed(self, status: int, headers: Headers, *, network: bool) -> Copy:
        """Take a response whose body follows, and return the copy to write it to."""
        self._network = self._network or network
        self.status, self._answer = status, headers
        self._received = Copy(self._ended)
        return self._received

    def settle(self) -> None:
        """Pass on an exchange whose response was not read or closed; do nothing if there is no response yet."""
        if self._received is not None:
            self._received.end(complete=False)

    def _ended(self, copy: Copy, complete: bool) -> None:
        body = copy.body()
        if body is not None and not copy.decoded:
            body = decoded(self._answer.get("content-encoding"), body)
        self._hand_over(Response(self.status, self._answer, body), complete=complete, unseen=body is None)

    def _hand_over(self, response: Response | None, *, complete: bool, unseen: bool = False) -> None:
        if self._done is not None:
            done, self._done = self._done, None
            done(self._exchange(response, complete=complete, unseen=unseen))

    def _exchange(self, response: Response | None, *, complete: bool, unseen: bool = False) -> Exchange:
        body = self.body
        if isinstance(body, Copy):
            body = body.body() if body.complete else None
        missing = {side for side, absent in (("request", body is None), ("response", unseen)) if absent}
        parts = urlsplit(self._sending.url)
        method = self._sending.method.upper()
        return Exchange(
            Request(method, self._url, self.headers, body),
            response,
            complete,
            response is not None and self._network,
            frozenset(missing),
            plain(f"{method} {parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"),
        )
