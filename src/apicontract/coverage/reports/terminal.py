"""Coverage for a terminal: a line for each operation that was called, and what the least covered ones miss."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Literal, NamedTuple, TypeAlias

from apicontract.coverage import Coverage, Figure
from apicontract.coverage.reports.view import Seen, resources, worst
from apicontract.openapi.violation import plain

WORST = 3
"""The number of operations that are shown with what they miss."""
STEPS = 5
"""The number of missing cells that are shown for each."""
NOT_CALLED = 12
"""The number of operations without calls that are listed."""


Mark: TypeAlias = Literal["plain", "good", "bad", "faint"]


class Line(NamedTuple):
    """One line, and its style."""

    text: str
    mark: Mark = "plain"


def lines(coverage: Coverage, width: int = 80) -> Iterator[Line]:
    """Yield the lines of the table, which fit the width unless a name is longer."""
    seen = [one for resource in resources(coverage) for one in resource.operations]
    called = [one for one in seen if one.called]
    summary = coverage.summary()
    if called:
        yield from _table(called)
    else:
        yield Line("no operation was called", "bad")
    others = [plain(one.operation.id) for one in seen if not one.called]
    if others and called:
        more = f", and {len(others) - NOT_CALLED} more" if len(others) > NOT_CALLED else ""
        yield from _wrapped(f"not called ({len(others)}): ", ", ".join(others[:NOT_CALLED]) + more, width)
    yield from _missing(worst(called), width)
    total = (
        f"{summary.cells} of the contract: {_share(summary.cells)} cells; "
        f"operations called {_share(summary.operations)}, refusals tried {_share(summary.refusals)}"
    )
    yield from _wrapped("", total, width, "good" if summary.cells.covered == summary.cells.total else "plain")


def _table(called: list[Seen]) -> Iterator[Line]:
    names = [plain(one.operation.id) for one in called]
    wide = max(len(name) for name in [*names, "operation"])
    yield Line(f"{'operation':{wide}}  covered      cells  refusals", "faint")
    for name, one in zip(names, called, strict=True):
        cells, refusals = one.summary.cells, one.summary.refusals
        tried = _share(refusals) if refusals.total else "-"
        mark: Mark = "good" if cells.covered == cells.total else "plain"
        yield Line(f"{name:{wide}}  {cells!s:>7}  {_share(cells):>9}  {tried:>8}", mark)


def _missing(found: list[Seen], width: int) -> Iterator[Line]:
    for one in found[:WORST]:
        steps = list(one.steps())
        more = f"; and {len(steps) - STEPS} more" if len(steps) > STEPS else ""
        text = "; ".join(map(plain, steps[:STEPS])) + more
        yield from _wrapped(f"{plain(one.operation.id)} misses: ", text, width)


def _wrapped(head: str, text: str, width: int, mark: Mark = "faint") -> Iterator[Line]:
    wrapped = textwrap.wrap(
        head + text, max(width, 40), subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )
    yield from (Line(line, mark) for line in wrapped)


def _share(figure: Figure) -> str:
    return f"{figure.covered}/{figure.total}"
