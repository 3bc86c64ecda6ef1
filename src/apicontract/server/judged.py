"""The result of checking one exchange."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from apicontract.openapi.violation import Violation
from apicontract.traffic.findings import Finding, Side

SERVE = "serve"
"""The source of findings of a responding server."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A checked exchange."""

    source: str
    """Its source, such as `serve`."""
    label: str
    """Its number, method and URL, without query and credentials."""
    operation: str | None
    """The operation's id; `None` for a request that matches none."""
    status: int | None
    """The status of the response; `None` if none was sent."""
    findings: tuple[Finding, ...]
    unknown: tuple[str, ...] = ()
    """The parts that could not be checked, such as `response body: …`."""


Report: TypeAlias = Callable[[Judged], None]
"""Receives each exchange once it is checked, in the order of the responses."""


def findings(
    source: str, label: str, side: Side, violations: Iterable[Violation], name: str = ""
) -> tuple[Finding, ...]:
    """Return the violations of one side of an exchange as findings.

    `name` is that of a request without an operation.
    """
    return tuple(Finding(violation, source, None, label, side, name) for violation in violations)
