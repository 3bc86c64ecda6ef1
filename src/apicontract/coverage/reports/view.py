"""Coverage for display: by resource and operation, a row for each place, and the tests to write next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from apicontract.coverage import Cell, Coverage, Found, Hit, Kind, Summary, figures
from apicontract.openapi.document import Operation

Hits = tuple[tuple[Cell, Hit], ...]

_PHRASES: Mapping[Kind, str] = {
    "call": "call it",
    "media_type": "send the body as {case}",
    "status": "let it return status {case}",
    "response_media_type": "let it return {case}",
    "event": "let it stream {case}",
    "page": "read the {case}",
    "value": "send {place} as {case}",
    "alternative": "send {place} {case}",
}
_BOUND = re.compile(r"(min|max) (length )?(.*)", re.DOTALL)
_ENDS = {"min": "minimum", "max": "maximum"}


@dataclass(frozen=True, slots=True)
class Row:
    """One place of an operation, and its cells."""

    place: str
    cells: Hits

    def of(self, *kinds: Kind, refusal: bool = False) -> Hits:
        """Return the cells of some kinds."""
        return tuple((cell, hit) for cell, hit in self.cells if cell.kind in kinds and cell.refusal is refusal)


@dataclass(frozen=True, slots=True)
class Seen:
    """One operation."""

    operation: Operation
    summary: Summary
    rows: tuple[Row, ...]
    findings: tuple[Found, ...]

    @property
    def called(self) -> bool:
        """Whether it was called at all, with a valid or an invalid request."""
        return self.summary.operations.covered > 0 or bool(self.findings)

    def missing(self, *, refusal: bool = False) -> tuple[Cell, ...]:
        """Return the cells that were not exercised: the valid ones, or the invalid ones."""
        return tuple(c for row in self.rows for c, hit in row.cells if not hit.count and c.refusal is refusal)

    def steps(self) -> Iterator[str]:
        """Yield the tests to write, in words."""
        for cell in self.missing():
            if cell.kind != "response_media_type" or not self._alone(cell):
                yield _words(cell)

    def _alone(self, cell: Cell) -> bool:
        """Return whether a media type is the only one of its status, so that it adds nothing to the status."""
        status = cell.case.partition(" ")[0]
        return sum(c.case.partition(" ")[0] == status for row in self.rows for c, _ in row.of(cell.kind)) == 1


@dataclass(frozen=True, slots=True)
class Resource:
    """The operations that belong together in the document."""

    name: str
    description: str
    summary: Summary
    operations: tuple[Seen, ...]


def resources(coverage: Coverage) -> tuple[Resource, ...]:
    """Return everything, by the first tag of each operation, in the order of first use."""
    raw = coverage.contract.document.raw
    tags = {str(t.get("name")): str(t.get("description", "")) for t in raw.get("tags") or () if isinstance(t, Mapping)}
    found: dict[str, list[Seen]] = {}
    for operation in coverage.operations:
        found.setdefault(_resource(coverage, operation), []).append(_seen(coverage, operation))
    return tuple(
        Resource(name, tags.get(name, ""), figures(p for s in group for row in s.rows for p in row.cells), tuple(group))
        for name, group in found.items()
    )


def worst(seen: Iterable[Seen]) -> list[Seen]:
    """Return the operations that were called and are incomplete, the least covered first."""
    found = [one for one in seen if one.called and one.missing()]
    return sorted(found, key=lambda one: one.summary.cells.covered / one.summary.cells.total)


def _resource(coverage: Coverage, operation: Operation) -> str:
    tags = coverage.contract.document.at(operation.pointer).get("tags") or ()
    if tags:
        return str(tags[0])
    steps = [step for step in operation.path.split("/") if step and "{" not in step]
    return steps[0] if steps else operation.path


def _seen(coverage: Coverage, operation: Operation) -> Seen:
    rows: dict[str, list[tuple[Cell, Hit]]] = {}
    for cell, hit in coverage.cells(operation.id):
        rows.setdefault(cell.place, []).append((cell, hit))
    return Seen(
        operation,
        coverage.summary(operation.id),
        tuple(Row(p, tuple(c)) for p, c in rows.items()),
        tuple(coverage.findings(operation.id)),
    )


def _words(cell: Cell) -> str:
    if cell.kind == "presence":
        return f"{'leave out' if cell.case == 'absent' else 'send'} {cell.place}"
    if cell.kind == "bound" and (bound := _BOUND.fullmatch(cell.case)):
        return f"send {cell.place} at its {_ENDS[bound[1]]} {bound[2] or ''}of {bound[3]}"
    case = "that has no key of its own" if cell.kind == "status" and cell.case == "default" else cell.case
    return _PHRASES[cell.kind].format(place=cell.place, case=case)
