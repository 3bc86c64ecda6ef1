"""What is wrong with a document, as an error."""

from __future__ import annotations


class DocumentInvalid(ValueError):
    """A document cannot be used: what is wrong, at which pointer, and what to do."""

    def __init__(self, message: str, pointer: str = "") -> None:
        """Keep the pointer (RFC 6901, into the document) beside the message."""
        self.pointer = pointer
        super().__init__(f"#{pointer}: {message}" if pointer else message)
