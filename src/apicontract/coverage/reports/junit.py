"""Floor 5: coverage as JUnit XML: a suite for each operation, a case for each cell.

A cell that nobody exercised is a skipped case, not a failed one: viewers show skipped cases as what remains to be done,
while a failed one says that something is broken and turns a build red. A build that must not fall below a share says
so by `--contract-fail-under`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from apicontract.coverage import Cell, Coverage, Hit
from apicontract.coverage.reports.view import Seen, resources

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 admits in no form (section 2.2)."""


def junit(coverage: Coverage) -> str:
    """Write coverage as JUnit XML."""
    return "\n".join(_lines(coverage)) + "\n"


def _lines(coverage: Coverage) -> Iterator[str]:
    cells = list(coverage.cells())
    yield "<?xml version='1.0' encoding='utf-8'?>"
    name = f"contract coverage: {coverage.document.title} {coverage.document.version}"
    yield f"<testsuites name={_attribute(name)} {_counts([hit for _, hit in cells])}>"
    for resource in resources(coverage):
        for seen in resource.operations:
            yield from _suite(seen)
    yield "</testsuites>"


def _suite(seen: Seen) -> Iterator[str]:
    cells = [pair for row in seen.rows for pair in row.cells]
    yield f"  <testsuite name={_attribute(seen.operation.id)} {_counts([hit for _, hit in cells])}>"
    for cell, hit in cells:
        yield from _case(cell, hit)
    yield "  </testsuite>"


def _case(cell: Cell, hit: Hit) -> Iterator[str]:
    named = f"classname={_attribute(cell.operation)} name={_attribute(f'{cell.place}: {cell.case}')}"
    if not hit.count:
        message = "refused by the contract, and not tried" if cell.refusal else "not exercised"
        yield f"    <testcase {named}><skipped message={_attribute(message)}/></testcase>"
    elif hit.first is None:
        yield f"    <testcase {named}/>"
    else:
        told = f"{hit.count} exchange{'' if hit.count == 1 else 's'}, first in {hit.first.test}"
        yield f"    <testcase {named}><system-out>{escape(_clean(told))}</system-out></testcase>"


def _counts(hits: list[Hit]) -> str:
    return f'tests="{len(hits)}" failures="0" errors="0" skipped="{sum(not hit.count for hit in hits)}"'


def _attribute(text: str) -> str:
    return quoteattr(_clean(text))


def _clean(text: str) -> str:
    return _NO_XML.sub(lambda found: ascii(found.group())[1:-1], text)
