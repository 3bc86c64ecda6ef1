"""What is said of a document once, when it is loaded: each thing once, where it was first met, and how often."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from apicontract.openapi.problems import Problem

SHOWN = 10
"""How many notices a program shows."""


class Notices:
    """Collects notices; one of the same words is counted, not repeated."""

    def __init__(self) -> None:
        """Begin with none."""
        self._found: dict[tuple[str, str], list[str]] = {}

    def add(self, pointer: str, message: str, fix: str) -> None:
        """Take what is wrong, as a statement, and what to do, as an instruction."""
        self._found.setdefault((message, fix), []).append(pointer)

    def found(self) -> Sequence[Problem]:
        """Return them in the order in which they were met."""
        return tuple(
            Problem(f"#{places[0]}", f"{message}{_more(len(places) - 1)}", fix)
            for (message, fix), places in self._found.items()
        )


def notice_lines(found: Sequence[Problem]) -> Iterator[str]:
    """Yield a line for each of the first notices, and one for the others."""
    yield from map(str, found[:SHOWN])
    if len(found) > SHOWN:
        yield f"and {len(found) - SHOWN} more notices (`Contract.notices` has all)"


def _more(others: int) -> str:
    return "" if not others else f" (and in {others} more place{'s' if others > 1 else ''})"
