"""Compare one webhook on both sides; unlike a request of an operation, its message is received by a client."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from apicontract.changes.difference import Difference, Severity
from apicontract.changes.exchanges import Arguments, Exchanges, Sent
from apicontract.changes.operations import EFFECTS, Fact, Message, OperationComparison
from apicontract.changes.sides import Side
from apicontract.openapi.document import MediaType
from apicontract.openapi.violation import Violation
from apicontract.wire.messages import Request

_RECEIVER = "https://receiver.example/"


class Events(Exchanges):
    """The events of a webhook; a side without it uses the events of the other."""

    def request(self, side: Side, arguments: Arguments, content: MediaType | None = None) -> Sent | None:
        """Encode an event of a side, as its receiver gets it."""
        sent = super().request(side, arguments, content)
        return None if sent is None else replace(sent, request=replace(sent.request, url=_RECEIVER))

    def check(self, side: Side, request: Request) -> list[Violation]:
        """Return the violations of an event on a side, without its signature."""
        contract, operation = self.contracts[side], self.operations.get(side)
        if operation is not None:
            return contract.check_webhook(request, secret=None, event=operation.id)
        return [Violation(None, "body", "undeclared", "no webhook is declared for it", "/webhooks")]


class WebhookComparison(OperationComparison):
    """One webhook of each side: a client receives its payload."""

    sent: ClassVar[Message] = "response"

    def differences(self) -> Iterator[Difference]:
        """Yield the differences, in document order; the receiver's response is ignored."""
        if len(self.both) == 1:
            yield self.alone(next(iter(self.both)))
            return
        yield from self.words()
        yield from self.bodies()
        old, new = (operation.signature for operation in (self.both["old"], self.both["new"]))
        if old != new:
            fact = Fact("signature", "signature", {side: o.pointer for side, o in self.both.items()})
            yield self.difference(fact, "events are signed differently", "words", None, "major")

    def alone(self, side: Side) -> Difference:
        """Report a webhook that only one side has: a client would wait forever for one that is gone."""
        webhook = self.both[side]
        gone = side == "old"
        witness = self.exchanges.show_request(side, [self.exchanges.right_request(side)])
        fact = Fact("webhook", "webhook", {side: webhook.pointer})
        severity: Severity = "major" if gone else "minor"
        message = f"the webhook {webhook.path} is {'gone' if gone else 'new'}"
        return self.difference(fact, message, EFFECTS[self.sent, side], witness, severity)
