"""A difference between two documents: one fact, its direction, and an exchange that shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from apicontract.changes.sides import Side
from apicontract.openapi.violation import Violation
from apicontract.wire.media import Encoded
from apicontract.wire.messages import Request, Response

Effect: TypeAlias = Literal["requests narrower", "requests wider", "answers narrower", "answers wider", "words"]
"""Which set of messages became smaller or larger; `words` for a change that no message can show."""
Severity: TypeAlias = Literal["major", "minor", "patch", "undecided"]

SEVERITIES: tuple[Severity, ...] = ("major", "undecided", "minor", "patch")
"""The most severe first."""
BREAKING: tuple[Effect, ...] = ("requests narrower", "answers wider")
"""Effects that break a client: requests that are now rejected, and responses that the old document does not declare."""


@dataclass(frozen=True, slots=True)
class Witness:
    """An exchange that is valid on one side and invalid on the other; both checks were made, on its bytes."""

    right: Side
    request: Request
    body: Encoded | None
    """The encoded body of the request."""
    response: Response | None
    """The response that is valid or invalid; `None` if that is the request."""
    violations: Sequence[Violation]
    """The violations on the other side, at least one."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that differs between both sides."""

    operation: str
    """The operation's id; empty for a fact about the whole document."""
    method: str
    path: str
    where: str
    """The location of the fact, as in a violation: `query.page_limit`, `body.models[]`, `200 body.data[].status`."""
    rule: str
    """A keyword, or `operation`, `parameter`, `property`, `status`, `media_type`, `style`, `event`, …"""
    message: str
    effect: Effect
    severity: Severity
    """As in semantic versioning; `undecided` if nothing was proved, and no exchange was found."""
    pointers: Mapping[Side, str]
    """Where each side states the fact; empty for a side that does not."""
    witness: Witness | None = None

    @property
    def breaking(self) -> bool:
        """Whether a correct client is now rejected, or gets a response that the old document does not declare."""
        return self.severity == "major"

    @property
    def key(self) -> tuple[str, str, str]:
        """The operation, the location and the rule: equal keys are about the same fact."""
        return (f"{self.method} {self.path}", self.where, self.rule)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two documents."""

    differences: tuple[Difference, ...]
    operations: int
    """The number of operations compared: those of either side."""
    webhooks: int
    """The number of webhooks."""
    equal: int
    """The number of both that are proved to be equal."""

    @property
    def severity(self) -> Severity | None:
        """The highest severity; `None` if nothing differs."""
        found = {difference.severity for difference in self.differences}
        return next((severity for severity in SEVERITIES if severity in found), None)

    def of(self, severity: Severity) -> tuple[Difference, ...]:
        """Return the differences of a severity."""
        return tuple(difference for difference in self.differences if difference.severity == severity)
