"""Coverage as a reader wants it: by resource and operation, a row for each place, what to test next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from apicontract.coverage import Cell, Coverage, Hit, Kind, Summary, figures
from apicontract.openapi.document import Operation

Hits = tuple[tuple[Cell, Hit], ...]

_PHRASES: Mapping[Kind, str] = {
    "call": "call it",
    "media_type": "send it as {cases}",
    "status": "let it answer {cases}",
    "response_media_type": "let it answer {cases}",
    "event": "let it stream {cases}",
    "page": "read the {cases}",
    "bound": "{place}: try {cases}",
    "value": "{place}: try {cases}",
    "alternative": "{place}: try it {cases}",
}


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

    @property
    def called(self) -> bool:
        """Whether it was called at all."""
        return self.summary.operations.covered > 0

    def missing(self, *, refusal: bool = False) -> tuple[Cell, ...]:
        """Return the cells that were not exercised: those that are admitted, or those that are refused."""
        return tuple(c for row in self.rows for c, hit in row.cells if not hit.count and c.refusal is refusal)

    def steps(self, *, refusal: bool = False) -> Iterator[str]:
        """Yield what is to be tried for each place and kind, in words."""
        groups: dict[tuple[str, str], list[Cell]] = {}
        for cell in self.missing(refusal=refusal):
            if cell.kind != "response_media_type" or not self._alone(cell):
                key = cell.case if cell.kind == "presence" else cell.place
                groups.setdefault((cell.kind, key), []).append(cell)
        for cells in groups.values():
            yield _words(cells)

    def _alone(self, cell: Cell) -> bool:
        """Whether a media type is the only one of its status, which says nothing that the status does not."""
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
    """Return everything, by the first tag of each operation, in the order in which these come up."""
    raw = coverage.contract.document.raw
    tags = {str(t.get("name")): str(t.get("description", "")) for t in raw.get("tags") or () if isinstance(t, Mapping)}
    found: dict[str, list[Seen]] = {}
    for operation in coverage.contract.operations:
        found.setdefault(_resource(coverage, operation), []).append(_seen(coverage, operation))
    return tuple(
        Resource(name, tags.get(name, ""), figures(p for s in group for row in s.rows for p in row.cells), tuple(group))
        for name, group in found.items()
    )


def worst(seen: Iterable[Seen]) -> list[Seen]:
    """Return the operations that were called and are not complete, the least covered first."""
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
    return Seen(operation, coverage.summary(operation.id), tuple(Row(p, tuple(c)) for p, c in rows.items()))


def _words(cells: list[Cell]) -> str:
    first = cells[0]
    if first.kind == "presence":
        verb = "leave out" if first.case == "absent" else "give"
        return f"{verb} {', '.join(cell.place for cell in cells)}"
    return _PHRASES[first.kind].format(place=first.place, cases=", ".join(map(_case, cells)))


def _case(cell: Cell) -> str:
    return "any other status" if cell.kind == "status" and cell.case == "default" else cell.case
