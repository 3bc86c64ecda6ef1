"""What is wrong with a wire form, before any schema is asked."""

from __future__ import annotations

from typing import Any, NamedTuple

from apicontract.openapi.violation import Violation, excerpt

UNREAD = "unread"
"""The rule of a value that is not looked into: it is no fault, and nothing is said of what is there."""
_ABSENT = object()


class Fault(NamedTuple):
    """One thing that is wrong with a wire form; a `Violation` that does not know its operation yet."""

    where: str
    rule: str
    message: str
    pointer: str
    value: Any = _ABSENT

    def violation(self, operation: str | None) -> Violation:
        """Report the fault for an operation."""
        shown = None if self.value is _ABSENT else excerpt(self.value)
        return Violation(operation, self.where, self.rule, self.message, self.pointer, shown)


class EncodeError(ValueError):
    """Values that have no wire form: every fault that was found."""

    def __init__(self, *faults: Fault) -> None:
        """Keep the faults beside the text."""
        self.faults = faults
        super().__init__("; ".join(f"{fault.where}: {fault.message}" for fault in faults))
