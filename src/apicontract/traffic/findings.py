"""A finding: a violation and its source; all output formats are made from findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from apicontract.openapi.violation import Violation

Side: TypeAlias = Literal["request", "response", "payload"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One violation of one input."""

    violation: Violation
    source: str
    """The file as it was given, `<stdin>`, or the id of a test."""
    line: int | None
    """The line in the file, from 1, if known: of a payload's value, of an NDJSON payload, or of a recorded exchange."""
    label: str
    """What was checked, such as `exchange 3: GET https://…` or `line 17`."""
    side: Side
    """Which half of an exchange it is in; a payload by itself is neither."""
    name: str = ""
    """The name of a request without an operation, such as `POST /assets`."""
