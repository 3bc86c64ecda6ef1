"""Coverage as one self-contained HTML page.

It loads no file, font or host: the style and the script are in the page, and its Content-Security-Policy allows only
them, by their hashes. All strings from the document or from a test are escaped in one place (`_e`), so a hostile string
is displayed, and even an unescaped one would not be run by the browser. The page is complete without the script, which
only filters, opens and closes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from string import Template

from apicontract.coverage import Cell, Coverage, Figure, Found, Hit, Origin
from apicontract.coverage.reports.view import Resource, Seen, resources, worst
from apicontract.openapi.violation import printable

NEXT = 9
"""The number of operations that are shown with the tests to write next."""
STEPS = 6
"""The number of those tests for each."""

_SPACES = dict.fromkeys(map(ord, "\t\r\n"), " ")
_RESPONSE = ("status", "response", "events", "pages")


def html(coverage: Coverage) -> str:
    """Return coverage as one HTML page."""
    found = resources(coverage)
    findings = coverage.findings()
    hits = [hit for _, hit in coverage.cells() if hit.first is not None]
    wrong = [finding.hit for finding in findings]
    origins = sorted({hit.first for hit in (*hits, *wrong) if hit.first is not None})
    numbers = {origin: number for number, origin in enumerate(origins, 1)}
    summary, document = coverage.summary(), coverage.document
    style, script = _part("page.css"), _part("page.js")
    title = f"Contract coverage {summary.cells} · {document.name}"
    lead = (
        f"What {_count(len(origins), 'test')} exercised of {_count(summary.operations.total, 'operation')}: "
        "their arguments and bounds, and what can come back."
    )
    return Template(_part("page.html")).substitute(
        title=_e(title),
        name=_e(document.title or "Untitled document"),
        version=_e(document.name.removeprefix(document.title).strip()),
        lead=_e(lead),
        sha256=_e(document.sha256),
        figures=_lines(_figures(summary.cells, summary.operations, summary.refusals, findings)),
        resources=_lines(_bars(found)),
        next=_lines(_next(found)),
        operations=_lines(_operations(found, numbers)),
        tests=_lines(_tests(origins, hits)),
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
    )


def _e(text: str) -> str:
    """Escape a text for HTML, including attributes.

    Characters that HTML does not allow (control characters) are spelled out.
    """
    return escape(printable(text.translate(_SPACES)), quote=True)


def _name(text: str) -> str:
    """Escape a long name, with possible line breaks after dots and underscores."""
    return "".join(f"{_e(piece)}<wbr>" if piece in "._/" else _e(piece) for piece in re.split(r"([._/])", text))


@cache
def _part(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _lines(pieces: Iterable[str]) -> str:
    return "\n".join(pieces)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


# The top


def _figures(cells: Figure, operations: Figure, refusals: Figure, findings: Sequence[Found]) -> Iterator[str]:
    length = 100 * cells.covered / cells.total if cells.total else 100
    yield (
        '<div class="figure main">'
        '<svg class="ring" viewBox="0 0 100 100" aria-hidden="true"><g transform="rotate(-90 50 50)">'
        '<circle class="t" cx="50" cy="50" r="43"/>'
        f'<circle class="v" cx="50" cy="50" r="43" pathLength="100" stroke-dasharray="{length:.2f} 100"/></g></svg>'
        f'<div><p class="number">{cells.percent:.1f}<span class="unit">%</span></p>'
        f'<p class="what">of the contract exercised: {cells.covered} of {cells.total} cells</p></div></div>'
    )
    for figure, what in ((operations, "operations called"), (refusals, "refusals tried, not part of the percentage")):
        yield (
            f'<div class="figure"><p class="number">{figure.covered}<span class="unit"> of {figure.total}</span></p>'
            f'<p class="what">{what}</p>{_bar(figure)}</div>'
        )
    if findings:
        often = _count(sum(finding.hit.count for finding in findings), "time")
        yield (
            f'<div class="figure wrong"><p class="number">{len(findings)}</p>'
            f'<p class="what">{"violation" if len(findings) == 1 else "different violations"}, seen {often}: '
            '<a href="#operations">below, with each operation</a></p></div>'
        )


def _bar(figure: Figure) -> str:
    width = 100 * figure.covered / figure.total if figure.total else 100
    return (
        '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{width:.2f}" height="8"/></svg>'
    )


def _bars(found: Iterable[Resource]) -> Iterator[str]:
    for number, resource in enumerate(found, 1):
        cells = resource.summary.cells
        yield (
            f'<li><a href="#r{number}" title="{_e(resource.description)}"><span class="l"><span class="nm">'
            f'{_e(resource.name)}</span><span class="pc">{cells} · {cells.covered}/{cells.total}</span></span>'
            f"{_bar(cells)}</a></li>"
        )


def _next(found: Iterable[Resource]) -> Iterator[str]:
    numbered = dict(enumerate((seen for resource in found for seen in resource.operations), 1))
    numbers = {seen.operation.id: number for number, seen in numbered.items()}
    begun = worst(numbered.values())
    if begun:
        yield '<ul class="next">'
    for seen in begun[:NEXT]:
        steps = list(seen.steps())
        more = [f"and {len(steps) - STEPS} more"] if len(steps) > STEPS else []
        yield (
            f'<li><div class="t"><a href="#o{numbers[seen.operation.id]}">{_name(seen.operation.id)}</a>'
            f'<span class="pc">{seen.summary.cells}</span></div><ul>'
        )
        yield from (f"<li>{_e(step)}</li>" for step in [*steps[:STEPS], *more])
        yield "</ul></li>"
    if begun:
        yield "</ul>"
    idle = [seen for seen in numbered.values() if not seen.called]
    if idle:
        links = ", ".join(f'<a href="#o{numbers[s.operation.id]}">{_e(s.operation.id)}</a>' for s in idle)
        label = "Not called at all" if len(idle) < len(numbered) else "Nothing was called"
        yield f'<p class="uncalled">{label}: {links}</p>'
    if not begun and not idle:
        yield "<p>Nothing is missing.</p>"


# The operations


def _operations(found: Iterable[Resource], numbers: Mapping[Origin, int]) -> Iterator[str]:
    number = 0
    for position, resource in enumerate(found, 1):
        yield f'<div class="resource"><h3 id="r{position}">{_e(resource.name)}</h3>'
        for seen in resource.operations:
            number += 1
            yield from _operation(seen, number, numbers)
        yield "</div>"


def _operation(seen: Seen, number: int, numbers: Mapping[Origin, int]) -> Iterator[str]:
    operation, cells = seen.operation, seen.summary.cells
    idle = "" if seen.called else " idle"
    wrong = f'<span class="bad">{_count(len(seen.findings), "violation")}</span>' if seen.findings else ""
    yield (
        f'<details class="op{idle}" id="o{number}"><summary><span class="m">{_e(operation.method)}</span>'
        f'<span class="id"><b>{_name(operation.id)}</b>{wrong}<code>{_name(operation.path)}</code></span>'
        f'{_bar(cells)}<span class="pc">{cells}</span></summary><div class="in">'
    )
    tried = seen.summary.refusals
    refused = f", {tried.covered} of {_count(tried.total, 'refusal')} tried" if tried.total else ""
    yield f"<p>{_e(operation.summary)} <span>({cells.covered} of {cells.total} cells{refused})</span></p>"
    yield from _wrong(seen.findings, numbers)
    yield (
        '<table><thead><tr><th scope="col">Where</th><th scope="col">Left out</th><th scope="col">Given</th>'
        '<th scope="col">Bounds, values, alternatives</th><th scope="col">Refused</th></tr></thead><tbody>'
    )
    in_request = True
    for row in seen.rows:
        turns = in_request and row.place in _RESPONSE
        in_request = in_request and not turns
        others = [p for p in row.cells if p[0].kind != "presence" and not p[0].refusal]
        columns = (
            [p for p in row.of("presence") if p[0].case == "absent"],
            [p for p in row.of("presence") if p[0].case == "present"],
            others,
            [p for p in row.cells if p[0].refusal],
        )
        chips = "".join(f"<td>{''.join(_chip(*pair, numbers) for pair in column)}</td>" for column in columns)
        yield f'<tr{" class=g" if turns else ""}><th scope="row">{_name(row.place)}</th>{chips}</tr>'
    yield "</tbody></table></div></details>"


def _wrong(findings: Sequence[Found], numbers: Mapping[Origin, int]) -> Iterator[str]:
    if not findings:
        return
    yield '<ul class="wrong">'
    for finding in findings:
        times = _count(finding.hit.count, "exchange")
        if finding.hit.first is not None:
            times = f'<a href="#t{numbers[finding.hit.first]}">{times}, first in {_name(finding.hit.first.test)}</a>'
        place = f"{finding.side} <code>{_name(finding.where)}</code>"
        yield f"<li>{place}: {_e(finding.message)} <span>[{_e(finding.rule)}] {times}</span></li>"
    yield "</ul>"


def _chip(cell: Cell, hit: Hit, numbers: Mapping[Origin, int]) -> str:
    refused = " r" if cell.refusal else ""
    name = _e(cell.case)
    if not hit.count:
        return f'<span class="c n{refused}">{name}</span>'
    times = _count(hit.count, "exchange")
    if hit.first is None:
        return f'<span class="c y{refused}" title="{times}">{name}</span>'
    title = _e(f"{times}, first in {hit.first.test}")
    return f'<a class="c y{refused}" href="#t{numbers[hit.first]}" title="{title}">{name}</a>'


def _tests(origins: list[Origin], hits: Iterable[Hit]) -> Iterator[str]:
    if not origins:
        yield "<p>No test is known to have exercised anything.</p>"
        return
    first: dict[Origin, int] = {}
    for hit in hits:
        if hit.first is not None:
            first[hit.first] = first.get(hit.first, 0) + 1
    yield "<p>The tests that exercised or broke something first, in their order, and how many cells each exercised.</p>"
    yield '<ol class="tests">'
    for number, origin in enumerate(origins, 1):
        yield f'<li id="t{number}">{_name(origin.test)} <span>{first.get(origin, 0)}</span></li>'
    yield "</ol>"
