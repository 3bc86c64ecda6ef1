"""Coverage as JUnit XML: a suite for each operation, a case for each cell.

A cell that was not exercised is a skipped case, not a failed one: viewers show skipped cases as remaining work, while a
failed one turns a build red. Use `--contract-fail-under` to fail a build below a percentage.
"""

from __future__ import annotations

from collections.abc import Iterator

from apicontract import junit as xml
from apicontract.coverage import Cell, Coverage, Hit
from apicontract.coverage.reports.view import Seen, resources


def junit(coverage: Coverage) -> str:
    """Return coverage as JUnit XML."""
    return xml.HEAD + "\n".join(_lines(coverage)) + "\n"


def _lines(coverage: Coverage) -> Iterator[str]:
    name = f"contract coverage: {coverage.document.name}"
    yield xml.start("testsuites", name=name, **_counts([hit for _, hit in coverage.cells()]))
    for resource in resources(coverage):
        for seen in resource.operations:
            yield from _suite(seen)
    yield "</testsuites>"


def _suite(seen: Seen) -> Iterator[str]:
    cells = [pair for row in seen.rows for pair in row.cells]
    yield "  " + xml.start("testsuite", name=seen.operation.id, **_counts([hit for _, hit in cells]))
    for cell, hit in cells:
        name = f"{cell.place}: {cell.case}"
        yield "    " + xml.element("testcase", _outcome(cell, hit), classname=cell.operation, name=name)
    yield "  </testsuite>"


def _outcome(cell: Cell, hit: Hit) -> str:
    if not hit.count:
        return xml.element(
            "skipped", message="rejected by the contract, and not tried" if cell.refusal else "not exercised"
        )
    if hit.first is None:
        return ""
    times = f"{hit.count} exchange{'' if hit.count == 1 else 's'}"
    return xml.element("system-out", xml.text(f"{times}, first in {hit.first.test}"))


def _counts(hits: list[Hit]) -> dict[str, int]:
    return {**dict.fromkeys(xml.COUNTS, 0), "tests": len(hits), "skipped": sum(not hit.count for hit in hits)}
