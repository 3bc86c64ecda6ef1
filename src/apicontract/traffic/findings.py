"""A violation, located in what broke the contract: what every output format is made of."""

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
    """The line in the file, from 1, where one is known: of a payload's value, of an NDJSON payload, of a
    recorded exchange."""
    label: str
    """What was checked, such as `exchange 3: GET https://…` or `line 17`."""
    side: Side
    """Which half of an exchange it is; a payload by itself has none."""
    name: str = ""
    """What a request that belongs to no operation is called, such as `POST /assets`."""
