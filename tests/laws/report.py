"""Print which subject keeps which law: `make subjects`.

Every law is tried on every operation that it applies to, of every edition. If it is broken, the operation with the
shortest call is tried again, until Hypothesis finds nothing smaller. The exit status is 1 if one of our clients breaks
a law, or the vendor's SDK one that it is not known to break.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

import tests.conftest  # noqa: F401 - it loads the profile
from tests.laws.laws import WORLDS, Law, all_laws
from tests.laws.subjects import RELEASE, SUBJECTS, Subject
from tests.laws.trial import Broken, World
from twelvelabs_contract import Operation

WIDTH = 120
"""The maximum length of a counterexample."""
NAMES = {"sync": "our client", "async": "our asynchronous client", "vendor": f"the vendor's SDK {RELEASE}"}


@dataclass
class Row:
    """The result for one law and one subject."""

    world: World
    law: Law
    subject: Subject
    cases: int = 0
    operations: int = 0
    broken: int = 0
    smallest: str = ""
    surprises: list[str] = field(default_factory=list)
    """Operations for which the law was unexpectedly broken or kept."""

    @property
    def cell(self) -> str:
        """Return the result as a cell of the table."""
        if not self.broken:
            return "keeps"
        share = "" if self.broken == self.operations else f" for {self.broken} of {self.operations} operations"
        return f"breaks{share}: {self.smallest}"


def tried(world: World, law: Law, subject: Subject) -> Row:
    """Try a law on every operation that it concerns."""
    row = Row(world, law, subject)
    found: list[tuple[Operation, Broken]] = []
    before = law.counted[subject.name]
    for operation in law.operations(world):
        expected = law.reason(world, operation, subject)
        row.operations += 1
        try:
            law.run(world, operation, subject, shrink=not expected, effort=world.patience if expected else 1)
        except Broken as broken:
            found.append((operation, broken))
            if not expected:
                row.surprises.append(f"{operation.id} breaks it: {broken.call}: {_cut(broken.note)}")
        else:
            if expected:
                row.surprises.append(f"{operation.id} keeps it, against {expected}")
    row.cases = law.counted[subject.name] - before
    row.broken = len(found)
    if found:
        operation, _ = min(found, key=lambda pair: len(pair[1].call))
        row.smallest = _smallest(row, operation)
    return row


def _smallest(row: Row, operation: Operation) -> str:
    """Shrink a counterexample, and return it on one line."""
    try:
        row.law.run(row.world, operation, row.subject, effort=row.world.patience)
    except Broken as broken:
        answered = f", answered by {_code(broken.server)}" if broken.server else ""
        return f"{_code(broken.call)}{answered}: {_cut(broken.note)}"
    raise RuntimeError(f"{row.law.claim}: {operation.id} was broken, and is not any more")


def _cut(text: str) -> str:
    """Cut a text to fit into a cell of a table."""
    text = text.replace("|", "/").replace("`", "'")
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 1]}…"


def _code(text: str) -> str:
    """Write code into a cell of a table."""
    return f"`{_cut(text)}`"


def table(world: World) -> Iterator[Row]:
    """Try every law with every subject, and print what was found."""
    titles = [NAMES.get(subject.name, subject.name) for subject in world.subjects]
    print(f"\nEdition {world.name}\n\n| law | {' | '.join(titles)} |\n| --- |{' --- |' * len(titles)}", flush=True)
    for law in all_laws():
        if law.subjects:
            rows = [tried(world, law, subject) for subject in world.subjects]
            cells = " | ".join(found.cell for found in rows)
            print(f"| *{law.group}:* {law.claim} | {cells} |", flush=True)
            yield from rows


def main() -> int:
    """Print the tables."""
    try:
        rows = [row for world in WORLDS for row in table(world)]
    finally:
        for subject in SUBJECTS:
            subject.close()
    cases = sum(row.cases for row in rows)
    laws = len({row.law.claim for row in rows})
    surprises = [
        f"{row.law.claim} ({row.world.name}, {row.subject.name}): {one}" for row in rows for one in row.surprises
    ]
    print(f"\n{laws} laws, {cases:,} cases, {len(surprises)} surprises", file=sys.stderr)
    print(*surprises, sep="\n", end="\n" * bool(surprises), file=sys.stderr)
    return 1 if surprises else 0


if __name__ == "__main__":
    sys.exit(main())
