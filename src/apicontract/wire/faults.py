"""Errors of encoding and decoding, which are found before any schema is applied."""

from __future__ import annotations

from typing import Any, NamedTuple

from apicontract.openapi.violation import Violation, excerpt

UNREAD = "unread"
"""The rule of a value that cannot be decoded here: it is not reported, and not validated either."""
_ABSENT = object()


class Fault(NamedTuple):
    """One error of decoding; a `Violation` that does not know its operation yet."""

    where: str
    rule: str
    message: str
    pointer: str
    value: Any = _ABSENT

    def violation(self, operation: str | None) -> Violation:
        """Return the fault as a violation of an operation."""
        shown = None if self.value is _ABSENT else excerpt(self.value)
        return Violation(operation, self.where, self.rule, self.message, self.pointer, shown)


class EncodeError(ValueError):
    """Values that cannot be encoded, with every fault that was found."""

    def __init__(self, *faults: Fault) -> None:
        """Store the faults beside the message."""
        self.faults = faults
        super().__init__("; ".join(f"{fault.where}: {fault.message}" for fault in faults))
