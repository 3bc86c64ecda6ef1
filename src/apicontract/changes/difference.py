"""What differs between two documents: one fact, its direction, and the exchange that shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from apicontract.changes.sides import Side
from apicontract.openapi.violation import Violation
from apicontract.wire.media import Encoded
from apicontract.wire.messages import Request, Response

Effect: TypeAlias = Literal["requests narrower", "requests wider", "answers narrower", "answers wider", "words"]
"""Whose set of messages has lost members, or gained some; `words` for what no message can show."""
Severity: TypeAlias = Literal["major", "minor", "patch", "undecided"]

SEVERITIES: tuple[Severity, ...] = ("major", "undecided", "minor", "patch")
"""The gravest first."""
BREAKING: tuple[Effect, ...] = ("requests narrower", "answers wider")
"""What breaks a client: a request that is refused now, and an answer that the old document does not declare."""


@dataclass(frozen=True, slots=True)
class Witness:
    """An exchange that is right on one side and wrong on the other; both checks were made, on its bytes."""

    right: Side
    request: Request
    body: Encoded | None
    """The body of the request, as it was written."""
    response: Response | None
    """What is right or wrong is the response, if there is one."""
    violations: Sequence[Violation]
    """What the other side says of it; never none."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that is not the same on both sides."""

    operation: str
    """The operation's id, or empty for what concerns the whole document."""
    method: str
    path: str
    where: str
    """The place of the fact, as in a violation: `query.page_limit`, `body.models[]`, `200 body.data[].status`."""
    rule: str
    """A keyword, or `operation`, `parameter`, `property`, `status`, `media_type`, `style`, `event`, …"""
    message: str
    effect: Effect
    severity: Severity
    """As semantic versions have it; `undecided` where nothing was proved, and no exchange was found."""
    pointers: Mapping[Side, str]
    """Where each side says so; empty for a side that says nothing."""
    witness: Witness | None = None

    @property
    def breaking(self) -> bool:
        """Whether a correct client is now refused, or gets an answer that the old document does not declare."""
        return self.severity == "major"

    @property
    def key(self) -> tuple[str, str, str]:
        """The operation, the place and the rule: what has the same key is about the same fact."""
        return (f"{self.method} {self.path}", self.where, self.rule)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two documents."""

    differences: tuple[Difference, ...]
    operations: int
    """How many operations were compared: those of either side."""
    webhooks: int
    """How many webhooks."""
    equal: int
    """How many of both are proved to be equal."""

    @property
    def severity(self) -> Severity | None:
        """The gravest of all; `None` if nothing differs."""
        found = {difference.severity for difference in self.differences}
        return next((severity for severity in SEVERITIES if severity in found), None)

    def of(self, severity: Severity) -> tuple[Difference, ...]:
        """Return the differences of a severity."""
        return tuple(difference for difference in self.differences if difference.severity == severity)
