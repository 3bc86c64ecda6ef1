"""What a server has found of one exchange."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from apicontract.openapi.violation import Violation
from apicontract.traffic.findings import Finding, Side

SERVE = "serve"
"""Where findings of a server that answers are said to be."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An exchange that was checked."""

    source: str
    """Where it was seen, such as `serve`."""
    label: str
    """Its number, method and URL, without query and credentials."""
    operation: str | None
    """The operation's id; `None` for a request that belongs to none."""
    status: int | None
    """What it was answered with; `None` if no answer was sent."""
    findings: tuple[Finding, ...]


Report: TypeAlias = Callable[[Judged], None]
"""Takes each exchange once it is checked, in the order of the answers."""


def findings(
    source: str, label: str, side: Side, violations: Iterable[Violation], name: str = ""
) -> tuple[Finding, ...]:
    """Locate the violations of one side of an exchange; `name` is that of a request which no operation has."""
    return tuple(Finding(violation, source, None, label, side, name) for violation in violations)
