"""Send events to a webhook when jobs end: signed, retried if they are not received, and reported."""

from __future__ import annotations

import asyncio
import logging

import httpx

from apicontract.openapi import base_urls
from apicontract.openapi.violation import Violation
from apicontract.responder import JobEnded, StatefulResponder, webhook_request
from apicontract.server.judged import SERVE, Judged, Report, findings
from apicontract.traffic.recordings.model import label

ATTEMPTS = 3
"""The maximum number of attempts to send an event."""
_AT_ONCE = 16
_SECONDS = 10.0
"""Seconds to wait for a response."""
_log = logging.getLogger(__name__)


class Webhooks:
    """Sends the events of a stateful responder to one URL."""

    def __init__(
        self,
        state: StatefulResponder,
        url: str,
        *,
        report: Report,
        secret: str | None = None,
        wait: float = 1.0,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """Take the state with the jobs, and the URL; raise `ValueError` for an invalid one, or for a missing secret.

        `wait` is the number of seconds before a second attempt; the third one waits four times as long.
        """
        base_urls.split(url)
        if state.job_events.signed and not secret:
            raise ValueError("the events are signed: give the secret")
        self._state = state
        self._url = url
        self._secret = secret
        self._report = report
        self._wait = wait
        self._transport = transport
        self._count = 0
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._sending: set[asyncio.Task[None]] = set()
        self._timer: asyncio.TimerHandle | None = None

    def look(self) -> None:
        """Send the events that are due, and check again when the next job ends."""
        loop = asyncio.get_running_loop()
        for ended in self._state.events():
            task = loop.create_task(self._send(ended))
            self._sending.add(task)
            task.add_done_callback(self._sent)
        if self._timer is not None:
            self._timer.cancel()
        left = self._state.next_end()
        self._timer = None if left is None else loop.call_later(max(left, 0.01), self.look)

    def _sent(self, task: asyncio.Task[None]) -> None:
        self._sending.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("a bug in this program, please report it: a webhook", exc_info=error)

    async def _send(self, ended: JobEnded) -> None:
        async with self._slots:
            for attempt in range(ATTEMPTS):
                if attempt:
                    await asyncio.sleep(self._wait * 4 ** (attempt - 1))
                if await self._tried(ended):
                    return

    async def _tried(self, ended: JobEnded) -> bool:
        """Send an event once, report the response, and return whether it was received."""
        webhook = ended.webhook
        sent = webhook_request(
            self._state.contract, webhook.id, secret=self._secret, payload=ended.payload, url=self._url
        )
        self._count += 1
        status, why = None, ""
        try:
            async with (
                httpx.AsyncClient(transport=self._transport, timeout=_SECONDS, trust_env=False) as client,
                client.stream(sent.method, sent.url, headers=[*sent.headers.items], content=sent.body) as answer,
            ):
                status = answer.status_code
        except httpx.HTTPError as error:
            why = f"the event was not received: {type(error).__name__}"
        else:
            if webhook.response(status) is None:
                why = f"the receiver responded with {status}; declared are {', '.join(webhook.responses)}"
        found = [Violation(webhook.id, "status", "undelivered", why, webhook.pointer)] if why else []
        named = f"webhook {label(self._count, sent.method, sent.url)}"
        self._report(Judged(SERVE, named, webhook.id, status, findings(SERVE, named, "response", found)))
        return not why
