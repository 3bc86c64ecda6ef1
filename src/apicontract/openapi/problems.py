"""A problem of a document, and the error for a document that cannot be used at all."""

from __future__ import annotations

from typing import NamedTuple


class Problem(NamedTuple):
    """One thing that is wrong with a document."""

    pointer: str
    """Where it is in the document, such as `#/paths/~1tasks/x-since`."""
    message: str
    """What is wrong, as a statement."""
    fix: str
    """How to fix it, as an instruction."""

    def __str__(self) -> str:
        """Return the problem on one line."""
        return f"{self.pointer}: {self.message}; {self.fix}"


class DocumentInvalid(ValueError):
    """A document that cannot be used: the message has the pointer and the fix."""

    def __init__(self, message: str, pointer: str = "") -> None:
        """Store the pointer (RFC 6901, into the document) beside the message."""
        self.pointer = pointer
        super().__init__(f"#{pointer}: {message}" if pointer else message)
