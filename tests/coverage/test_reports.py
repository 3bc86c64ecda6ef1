"""The terminal table, JUnit XML, and the report formats by suffix."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from apicontract.coverage import Coverage, Origin, reports
from apicontract.coverage.reports import view
from apicontract.openapi.document import Document
from tests.coverage.documents import HOSTILE, LIMIT, counted, document, get, query, raw
from tests.coverage.driven import driven
from twelvelabs_contract import Contract
from twelvelabs_contract.strategies import boundary_cases


def table(coverage: Coverage, width: int = 100) -> list[str]:
    return [line.text for line in reports.lines(coverage, width)]


def test_the_table() -> None:
    assert table(counted()) == [
        "operation  covered      cells  refusals",
        "op          60.0 %        3/5       1/2",
        "op misses: leave out query.limit; send query.limit at its maximum of 50",
        "60.0 % of the contract: 3/5 cells; operations called 1/1, refusals tried 1/2",
    ]


def test_a_line_is_good_if_all_of_its_cells_were_exercised() -> None:
    """Every cell of an operation, and then of all; calls alone are not enough."""

    def marks(*queries: str) -> list[str]:
        return [line.mark for line in reports.lines(two(*queries), 1000)]

    every = ("", "limit=1", "limit=50")
    assert marks(every[0]) == ["faint", "plain", "faint", "faint", "plain"]
    assert marks(*every) == ["faint", "good", "faint", "plain"]
    assert marks() == ["bad", "plain"]
    alone = Coverage(document(query(limit=LIMIT)))
    for given in every:
        alone.exchange(get(given))
    assert [line.mark for line in reports.lines(alone, 1000)] == ["faint", "good", "good"]
    called = Coverage(document(query(limit=LIMIT)))
    called.exchange(get())
    assert [line.mark for line in reports.lines(called, 1000)] == ["faint", "plain", "faint", "plain"]


def test_the_table_of_nothing() -> None:
    lines = table(Coverage(document(query(a={}))))
    assert lines == [
        "no operation was called",
        "0.0 % of the contract: 0/3 cells; operations called 0/1, refusals tried 0/0",
    ]


def test_the_table_names_what_was_not_called_and_fits_the_width() -> None:
    contract = driven("bundled").contract
    coverage = Coverage(contract)
    coverage.exchange(boundary_cases(contract, "tasks.list")[0].request())
    lines = table(coverage, 80)
    assert any(line.startswith("not called (27): summarize, gist,") for line in lines)
    assert max(map(len, lines)) <= 80


def two(*queries: str) -> Coverage:
    """Return the coverage of two operations, `op` and `other`, by requests of the first one with these queries."""
    both = raw(query(limit=LIMIT))
    both["paths"]["/others"] = {"get": {"operationId": "other", "responses": {}}}
    coverage = Coverage(Contract(Document(both)))
    for given in queries:
        coverage.exchange(get(given))
    return coverage


@pytest.mark.parametrize(
    ("queries", "row", "misses"),
    [
        (("limit=51",), "op           0.0 %        0/5       1/2", True),
        (("limit=1", "limit=51"), "op          60.0 %        3/5       1/2", True),
        (("", "limit=1", "limit=50"), "op         100.0 %        5/5       0/2", False),
        ((), "", False),
    ],
)
def test_an_operation_was_called_though_with_wrong_requests_alone(
    queries: tuple[str, ...], row: str, misses: bool
) -> None:
    lines = table(two(*queries))
    if queries:
        assert row in lines
        assert "not called (1): other" in lines
    else:
        assert lines[0] == "no operation was called"
    assert any(line.startswith("op misses: ") for line in lines) is misses


@pytest.mark.parametrize(("count", "more"), [(1, ""), (4, ""), (5, ""), (6, "; and 1 more"), (8, "; and 3 more")])
def test_five_of_the_cells_that_are_missing_are_shown_and_the_others_counted(count: int, more: str) -> None:
    coverage = Coverage(document(query(n={"enum": list(range(count + 1))})))
    coverage.exchange(get("n=0"))
    coverage.exchange(get())
    steps = "; ".join(f"send query.n as {n + 1}" for n in range(min(count, 5)))
    assert f"op misses: {steps}{more}" in table(coverage, 1000)


@pytest.mark.parametrize(("others", "more"), [(1, ""), (11, ""), (12, ""), (13, ", and 1 more"), (15, ", and 3 more")])
def test_twelve_of_the_operations_that_were_not_called_are_listed(others: int, more: str) -> None:
    given = raw(query(limit=LIMIT))
    given["paths"] |= {f"/z/{n}": {"get": {"operationId": f"z{n}", "responses": {}}} for n in range(others)}
    coverage = Coverage(Contract(Document(given)))
    coverage.exchange(get())
    names = ", ".join(f"z{n}" for n in range(min(others, 12)))
    assert f"not called ({others}): {names}{more}" in table(coverage, 1000)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_three_of_the_operations_that_were_called_say_what_they_miss(count: int) -> None:
    given = raw(query(limit=LIMIT))
    given["paths"] |= {
        f"/z/{n}": {"get": {"operationId": f"z{n}", **query(a={}), "responses": {}}} for n in range(count)
    }
    coverage = Coverage(Contract(Document(given)))
    for n in range(count):
        coverage.exchange(get("", f"/z/{n}"))
    found = [line.partition(" ")[0] for line in table(coverage, 1000) if " misses: " in line]
    assert found == [f"z{n}" for n in range(min(count, 3))]


def test_the_least_covered_operation_is_the_first_of_the_worst() -> None:
    seen = [
        s
        for coverage in (two(""), two("limit=51"), two("limit=1"), two("", "limit=1", "limit=50"), two())
        for resource in view.resources(coverage)
        for s in resource.operations
    ]
    found = view.worst(seen)
    assert [s.summary.cells.covered for s in found] == [0, 2, 3]
    assert [len(s.missing()) for s in found] == [5, 3, 2]
    assert [len(s.missing(refusal=True)) for s in found] == [1, 2, 2]
    few, many = Coverage(document(query(limit=LIMIT))), Coverage(document(query(a={}, b={}, c={})))
    few.exchange(get("limit=1"))
    many.exchange(get())
    found = view.worst(view.resources(coverage)[0].operations[0] for coverage in (few, many))
    assert [(s.summary.cells.covered, s.summary.cells.total) for s in found] == [(4, 7), (3, 5)]


def test_operations_are_grouped_by_their_first_tag_or_the_first_word_of_their_path() -> None:
    done: dict[str, Any] = {"responses": {}}
    document_ = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "tags": [{"name": "b", "description": "Bs."}, {"name": "c"}],
        "paths": {
            "/{id}/x": {"get": {"operationId": "1", **done}},
            "/a": {"get": {"operationId": "2", "tags": ["b", "x"], **done}},
            "/x/y": {"get": {"operationId": "3", **done}, "put": {"operationId": "4", "tags": [], **done}},
            "/{id}": {"get": {"operationId": "5", "tags": ["c"], **done}, "put": {"operationId": "6", **done}},
        },
    }
    found = view.resources(Coverage(Contract(Document(document_))))
    assert [(r.name, r.description, [s.operation.id for s in r.operations]) for r in found] == [
        ("x", "", ["1", "3", "4"]),
        ("b", "Bs.", ["2"]),
        ("c", "", ["5"]),
        ("/{id}", "", ["6"]),
    ]
    assert [r.summary.cells.total for r in found] == [sum(s.summary.cells.total for s in r.operations) for r in found]


def test_the_tests_to_write_are_said_in_words() -> None:
    limit = {"name": "n", "in": "query", "required": True, "schema": {"type": "string", "minLength": 2, "maxLength": 5}}
    kind = {"name": "k", "in": "query", "schema": {"enum": ["x", "y"]}}
    content = {"application/json": {"schema": {"oneOf": [{"type": "string"}, {"type": "integer"}]}}, "text/csv": {}}
    operation = {
        "parameters": [limit, kind],
        "requestBody": {"content": content},
        "responses": {"204": {"description": ""}, "default": {"description": "", "content": {"text/plain": {}}}},
    }
    (resource,) = view.resources(Coverage(document(operation, method="post")))
    (seen,) = resource.operations
    assert [*seen.steps()] == [
        "call it",
        "send query.n",
        "send query.n at its minimum length of 2",
        "send query.n at its maximum length of 5",
        "leave out query.k",
        "send query.k",
        'send query.k as "x"',
        'send query.k as "y"',
        "send the body as application/json",
        "send the body as text/csv",
        "leave out body",
        "send body",
        "send body as string",
        "send body as integer",
        "let it return status 204",
        "let it return status that has no key of its own",
    ]


def test_the_worst_operations_are_reported_with_what_they_miss() -> None:
    lines = table(driven("bundled"))
    assert sum(" misses: " in line for line in lines) == 3


def test_a_media_type_is_asked_for_where_its_status_has_several() -> None:
    content: dict[str, Any] = {"text/plain": {}, "text/csv": {}}
    responses = {
        "200": {"description": "A.", "content": content},
        "400": {"description": "B.", "content": {"text/plain": {}}},
    }
    coverage = Coverage(document({"responses": responses}))
    coverage.exchange(get())
    wanted = (
        "op misses: let it return status 200; let it return status 400; let it return 200 text/plain; "
        "let it return 200 text/csv"
    )
    assert wanted in table(coverage, 200)


def test_no_name_of_a_document_reaches_the_terminal_as_a_command() -> None:
    hostile = "\x1b[2J\r\n" + HOSTILE
    coverage = Coverage(document({**query(**{hostile: {"enum": [hostile]}}), "operationId": hostile}))
    coverage.exchange(get())
    assert all(line.isprintable() for line in table(coverage))


def test_junit_has_a_suite_for_each_operation_and_a_case_for_each_cell() -> None:
    coverage = counted()
    root = ET.fromstring(reports.junit(coverage))  # noqa: S314 - written by this project
    (suite,) = root
    assert root.attrib == {
        "name": "contract coverage: Things 1",
        "tests": "7",
        "failures": "0",
        "errors": "0",
        "skipped": "3",
    }
    assert suite.attrib == {"name": "op", "tests": "7", "failures": "0", "errors": "0", "skipped": "3"}
    reported = {
        case.attrib["name"]: [(inner.tag, inner.get("message") or inner.text) for inner in case] for case in suite
    }
    assert reported == {
        "operation: called": [("system-out", "1 exchange, first in test_it.py::test_first")],
        "query.limit: absent": [("skipped", "not exercised")],
        "query.limit: present": [("system-out", "1 exchange, first in test_it.py::test_first")],
        "query.limit: min 1": [("system-out", "1 exchange, first in test_it.py::test_first")],
        "query.limit: min - 1 = 0": [("skipped", "rejected by the contract, and not tried")],
        "query.limit: max 50": [("skipped", "not exercised")],
        "query.limit: max + 1 = 51": [("system-out", "1 exchange, first in test_it.py::test_more")],
    }


def test_junit_holds_hostile_text() -> None:
    coverage = Coverage(document({**query(**{HOSTILE: {"enum": [HOSTILE]}}), "operationId": HOSTILE}))
    coverage.exchange(get(), origin=Origin(0, HOSTILE))
    (suite,) = ET.fromstring(reports.junit(coverage))  # noqa: S314 - as above
    assert suite.attrib["name"] == HOSTILE.replace("\x00", "\\x00")
    assert len(ET.fromstring(reports.junit(driven("bundled")))) == 28  # noqa: S314 - as above


@pytest.mark.parametrize(
    ("suffix", "begins"), [(".html", "<!doctype html>"), (".json", "{"), (".xml", "<?xml"), (".HTML", "<!")]
)
def test_the_suffix_says_the_form(tmp_path: Path, suffix: str, begins: str) -> None:
    path = tmp_path / "new" / f"coverage{suffix}"
    reports.write(counted(), path)
    assert path.read_text("utf-8").startswith(begins)


def test_another_suffix_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"the suffix must be one of \.html, \.json, \.xml"):
        reports.write(counted(), tmp_path / "new" / "coverage.txt")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("suffix", list(reports.FORMATS))
def test_text_that_is_no_unicode_is_written_all_the_same(tmp_path: Path, suffix: str) -> None:
    coverage = Coverage(document({**query(a={"enum": ["\ud800"]}), "operationId": "\ud800"}))
    reports.write(coverage, tmp_path / f"coverage{suffix}")
    assert "\\ud800" in (tmp_path / f"coverage{suffix}").read_text("utf-8")
