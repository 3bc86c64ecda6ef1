"""One webhook on both sides: what is sent to a client, where an operation is sent by it."""

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
    """The events of a webhook; where one side has none, its events are the other's."""

    def request(self, side: Side, arguments: Arguments, content: MediaType | None = None) -> Sent | None:
        """Write an event of a side, as it comes to a receiver."""
        sent = super().request(side, arguments, content)
        return None if sent is None else replace(sent, request=replace(sent.request, url=_RECEIVER))

    def check(self, side: Side, request: Request) -> list[Violation]:
        """Return what a side says of an event, whoever signed it."""
        contract, operation = self.contracts[side], self.operations.get(side)
        if operation is not None:
            return contract.check_webhook(request, secret=None, event=operation.id)
        return [Violation(None, "body", "undeclared", "no webhook is declared for it", "/webhooks")]


class WebhookComparison(OperationComparison):
    """One webhook of each side: its payload is what a client gets."""

    sent: ClassVar[Message] = "response"

    def differences(self) -> Iterator[Difference]:
        """Yield what differs, in the order of the document; what a receiver answers is left out."""
        if len(self.both) == 1:
            yield self.alone(next(iter(self.both)))
            return
        yield from self.words()
        yield from self.bodies()
        old, new = (operation.signature for operation in (self.both["old"], self.both["new"]))
        if old != new:
            fact = Fact("signature", "signature", {side: o.pointer for side, o in self.both.items()})
            yield self.difference(fact, "events are signed otherwise", "words", None, "major")

    def alone(self, side: Side) -> Difference:
        """Report a webhook that one side has alone: who waits for one that is gone waits for ever."""
        webhook = self.both[side]
        gone = side == "old"
        witness = self.exchanges.show_request(side, [self.exchanges.right_request(side)])
        fact = Fact("webhook", "webhook", {side: webhook.pointer})
        severity: Severity = "major" if gone else "minor"
        message = f"the webhook {webhook.path} is {'gone' if gone else 'new'}"
        return self.difference(fact, message, EFFECTS[self.sent, side], witness, severity)
