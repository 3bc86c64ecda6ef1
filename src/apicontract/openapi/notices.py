"""Notices about a document, reported once when it is loaded: each with its first place, and how often it occurs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from apicontract.openapi.problems import Problem

SHOWN = 10
"""The number of notices that a program shows."""


class Notices:
    """Collects notices; notices with the same message are counted, not repeated."""

    def __init__(self) -> None:
        """Start with no notices."""
        self._found: dict[tuple[str, str], list[str]] = {}

    def add(self, pointer: str, message: str, fix: str) -> None:
        """Add a notice: what is wrong, as a statement, and how to fix it, as an instruction."""
        self._found.setdefault((message, fix), []).append(pointer)

    def found(self) -> Sequence[Problem]:
        """Return the notices in the order in which they were found."""
        return tuple(
            Problem(f"#{places[0]}", f"{message}{_more(len(places) - 1)}", fix)
            for (message, fix), places in self._found.items()
        )


def notice_lines(found: Sequence[Problem]) -> Iterator[str]:
    """Yield a line for each of the first notices, and one that counts the others."""
    yield from map(str, found[:SHOWN])
    if (more := len(found) - SHOWN) > 0:
        yield f"and {more} more notice{'s' if more > 1 else ''} (`Contract.notices` has all)"


def _more(others: int) -> str:
    return "" if not others else f" (and in {others} more place{'s' if others > 1 else ''})"
