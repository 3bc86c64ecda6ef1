"""Print the result of the replay of each release: `python -m tests.witnesses.table [RELEASE …]`."""

from __future__ import annotations

import sys

from tests.witnesses.releases import RELEASES
from tests.witnesses.replay import Replay, replay

COLUMNS = ("release", "day", "requests", "operations", "unknown", "violations", "defects")


def main(names: list[str]) -> int:
    """Print the table, and below it each violation that no defect explains; 1 where there is one."""
    rows = [replay(name) for name in names or RELEASES]
    cells = [COLUMNS, *map(_cells, rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    for found in rows:
        for one in found.unknown:
            print(f"{found.release}: {one.method}({one.given[0]}): no operation: {one.verb} {one.url}")
        for one, violation in found.broken:
            print(f"{found.release}: {one.method}({one.given[0]}): {violation or one.error}")
    return int(any(found.unknown or found.broken for found in rows))


def _cells(found: Replay) -> tuple[str, ...]:
    defects = ", ".join(f"{defect.ledger} {count}" for defect, count in found.defects.items())
    counts = (found.requests, len(found.operations), len(found.unknown), len(found.broken))
    return (found.release, RELEASES[found.release].day.isoformat(), *map(str, counts), defects or "-")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
