"""What is wrong with a document: a problem, and the error of one that cannot be used at all."""

from __future__ import annotations

from typing import NamedTuple


class Problem(NamedTuple):
    """One thing that is wrong with a document."""

    pointer: str
    """Where it is in the document, as `#/paths/~1tasks/x-since`."""
    message: str
    """What is wrong, as a statement."""
    fix: str
    """What to do, as an instruction."""

    def __str__(self) -> str:
        """Say all of it on one line."""
        return f"{self.pointer}: {self.message}; {self.fix}"


class DocumentInvalid(ValueError):
    """A document cannot be used: what is wrong, at which pointer, and what to do."""

    def __init__(self, message: str, pointer: str = "") -> None:
        """Keep the pointer (RFC 6901, into the document) beside the message."""
        self.pointer = pointer
        super().__init__(f"#{pointer}: {message}" if pointer else message)
