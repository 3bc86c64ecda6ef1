"""The change log in the manual agrees with the marks of the document."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from apicontract.changes.changelog import change_log, markdown, text
from apicontract.cli.changes import WRITERS, log
from apicontract.openapi.editions import Change
from twelvelabs_contract import Contract

HERE = Path(__file__).parents[2]
PAGE, LEDGER = HERE / "docs" / "changes.md", HERE / "spec" / "DEVIATIONS.md"


def test_the_page_is_what_the_marks_say() -> None:
    """`twelvelabs-contract changes --format markdown > docs/changes.md` writes it anew."""
    assert PAGE.read_text().splitlines() == list(WRITERS["markdown"](log(Contract.load(), None)))


ELSEWHERE = {"analyze", "summarize", "pegasus1.2", "request_params", "document_…", "analyze.task.canceled", "keepalive"}
"""What the ledger names beside what came: its owner, a field of a webhook, an event, a pattern of names."""


def test_what_came_by_the_ledger_is_new_on_that_day() -> None:
    marked = Contract.load().marked
    assert marked is not None
    new = {one.day: "\n".join(f"{one.where} {one.message}" for one in one.changes) for one in change_log(marked)}
    entries = re.findall(r"(?<=\n\n)\*\*E\d+\. (?:by )?([\d-]+)\.\*\* ((?:.+\n)+)", LEDGER.read_text("utf-8"))
    came = [
        (day, name)
        for day, text in entries
        for part in re.findall(r"(?:^|\. )Came: (.*?)(?=\. [A-Z*]|\.$)", " ".join(text.split()))
        for name in re.findall(r"`([^`]+)`", part)
        if name not in ELSEWHERE
    ]
    assert len(came) > 70
    assert [(day, name) for day, name in came if name not in new[day]] == []


def test_an_answer_and_the_events_that_stand_for_it_have_their_fields_since_the_same_day() -> None:
    """Of an operation that answers in one piece or as a stream."""
    marked = Contract.load().marked
    assert marked is not None
    since: dict[str, set[str | None]] = {}
    for operation in Contract.load().operations:
        if operation.streaming is not None and operation.streaming.flag is not None:
            for content in operation.responses["200"].content.values():
                held: list[Any] = [content.schema]
                for schema in held:  # those of a union are added on the way
                    named = marked["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
                    held += named.get("oneOf", ())
                    for name, own in named.get("properties", {}).items():
                        since.setdefault(f"{operation.id} {name}", set()).add(own.get("x-since"))
    assert {"2025-09-16"} in since.values()
    assert {name: days for name, days in since.items() if len(days) > 1} == {}


def test_a_header_came_on_the_same_day_in_all_responses_that_have_it() -> None:
    """The responses of one status are written twice where their bodies differ."""
    marked = Contract.load().marked
    assert marked is not None
    since: dict[str, set[str | None]] = {}
    for response in marked["components"]["responses"].values():
        for name, header in response.get("headers", {}).items():
            since.setdefault(name, set()).add(header.get("x-since"))
    assert {"2026-10-01"} in since.values()
    assert {name: days for name, days in since.items() if len(days) > 1} == {}


@pytest.mark.parametrize(
    ("key", "before", "after", "said"),
    [
        ("deprecated", False, True, "is deprecated"),
        ("deprecated", None, True, "is deprecated"),
        ("deprecated", True, False, "is no longer deprecated"),
        ("deprecated", True, None, "is no longer deprecated"),
        ("enum", ["a", 1], ["b", "a"], "enum without 1 and with b"),
        ("enum", ["a", "b"], ["b", "a"], "enum in another order"),
        ("required", [], ["b"], "required with b"),
        ("maximum", None, 5, "maximum is 5, which was not set before"),
        ("maximum", 5, None, "maximum is no longer set, and was 5"),
        ("maximum", 5, 6, "maximum was 5, is 6"),
        ("maximum", 0, 5, "maximum was 0, is 5"),
        ("default", "", False, "default was , is false"),
        ("default", True, 0, "default was true, is 0"),
        ("pattern", "é", "ü b", "pattern was é, is ü b"),
        ("pattern", "a" * 90, "a" * 91, f"pattern was {'a' * 90}, is {'a' * 89}…"),
    ],
)
def test_a_keyword_that_changed_is_said_with_what_it_was(key: str, before: Any, after: Any, said: str) -> None:
    was = [{"until": "2026-02-02", key: before, "description": "Of before."}]
    schema = {"type": "string", "x-was": was, "description": "Now.", **({} if after is None else {key: after})}
    assert _logged(schema) == [("changed", "A.a", said)]


@pytest.mark.parametrize(
    ("schema", "changes"),
    [
        ({"x-since": "2026-02-02"}, [("new", "A.a", "`a` is new")]),
        ({"x-until": "2026-02-02"}, [("gone", "A.a", "`a` is gone")]),
        ({"x-until": "2026-02-02", "x-instead": "b"}, [("gone", "A.a", "`a` is gone; use b")]),
        (
            {"anyOf": [{"type": "integer", "x-note": 1, "x-since": "2026-02-02"}]},
            [("new", "A.a", 'the alternative `{"type": "integer"}` is new')],
        ),
        (
            {"allOf": [{"$ref": "#/components/schemas/B", "x-since": "2026-02-02"}]},
            [("new", "A.a", "the rule `B` is new")],
        ),
        (
            {"items": {"x-was": [{"until": "2026-02-02", "type": "string"}], "type": "integer"}},
            [("changed", "A.a[]", "type was string, is integer")],
        ),
    ],
)
def test_what_is_new_or_gone_is_named_by_its_place(schema: Any, changes: Any) -> None:
    assert _logged(schema) == changes


GONE, NEW = {"x-until": "2026-02-02"}, {"x-since": "2026-02-02"}


def test_what_changes_of_operations_is_named_by_operation_and_place() -> None:
    """Of paths and operations, parameters, bodies, statuses, headers and media types; a day may have several of one."""
    shared = {"name": "p", "in": "query", **NEW}
    was = [{"until": "2026-02-02", "required": False, "description": "Before."}]
    own = {
        "operationId": "a.make",
        "parameters": [shared, {"$ref": "#/components/parameters/Page", **GONE, "x-instead": "p"}],
        "requestBody": {
            "x-was": was,
            "required": True,
            "content": {"a/b": {**NEW, "schema": {"properties": {"n": NEW}}}},
        },
        "responses": {
            "201": {**NEW, "headers": {"X-Left": NEW}, "content": {"a/c": {"schema": {"properties": {"m": GONE}}}}},
            "4XX": {"x-was": [{"until": "2026-02-02", "content": {}}], "content": {"a/b": {}}},
        },
    }
    marked = {
        "openapi": "3.1.0",
        "paths": {
            "/a": {**NEW, "post": {**own, **NEW}, "get": {"x-until": "2026-03-03", "x-instead": "a.make"}},
            "/b": {
                "put": {"operationId": "b", "x-was": [{"until": "2026-02-02", "deprecated": True, "operationId": "c"}]}
            },
        },
        "components": {
            "parameters": {"Page": {"x-was": [{"until": "2026-02-02", "style": "form"}], "in": "query"}},
            "headers": {"H": {"schema": {"properties": {"h": NEW}}}},
            "responses": {"R": {"headers": {"X-Right": NEW}}},
            "examples": {"E": NEW},
            "schemas": {"S": {"properties": {"s": {"x-was": LATER, "type": "string"}}}},
        },
    }
    found = [(one.day, [tuple(change) for change in one.changes]) for one in change_log(marked)]
    assert found == [
        ("2026-01-01", [("changed", "S.s", "type was integer, is number")]),
        (
            "2026-02-02",
            [
                ("new", "`GET /a`", "`GET /a` is new"),
                ("new", "a.make", "`POST /a` is new"),
                ("new", "a.make query.p", "the parameter `p` is new"),
                ("gone", "a.make parameter.Page", "the parameter `Page` is gone; use p"),
                ("changed", "a.make", "required was false, is true"),
                ("new", "a.make", "`a/b` is new"),
                ("new", "a.make.n", "`n` is new"),
                ("new", "a.make 201", "the status 201 is new"),
                ("new", "a.make 201 header.x-left", "the header `X-Left` is new"),
                ("gone", "a.make 201.m", "`m` is gone"),
                ("changed", "a.make 4XX", 'content was {}, is {"a/b": {}}'),
                ("changed", "b", "is no longer deprecated"),
                ("changed", "Page", "style is no longer set, and was form"),
                ("new", "H.h", "`h` is new"),
                ("new", "R header.x-right", "the header `X-Right` is new"),
                ("changed", "S.s", "type was number, is string"),
            ],
        ),
        ("2026-03-03", [("gone", "`GET /a`", "`GET /a` is gone; use a.make")]),
    ]


LATER = [{"until": "2026-02-02", "type": "number"}, {"until": "2026-01-01", "type": "integer"}]


def _marked(schema: Any) -> dict[str, Any]:
    schemas = {"A": {"type": "object", "properties": {"a": schema}}, "B": {}}
    return {"openapi": "3.1.0", "paths": {}, "components": {"schemas": schemas}}


def _logged(schema: Any) -> list[Any]:
    (found,) = change_log(_marked(schema))
    assert found.day == "2026-02-02"
    assert change_log(_marked(schema), "2026-02-02") == [found]
    assert change_log(_marked(schema), "2026-02-03") == []
    return [tuple(change) for change in found.changes]


def test_a_day_is_written_with_its_source() -> None:
    (logged,) = change_log(_marked({"x-since": "2026-02-02"}))
    line = "- **new** `A.a`: `a` is new"
    for by, when in ((False, "2026-02-02"), (True, "by 2026-02-02")):
        found, without = (replace(logged, source=Change(ledger, by)) for ledger in ("E1", ""))
        assert list(text([found])) == [f"{when} (E1)", "  new     A.a: `a` is new"]
        assert list(markdown([found])) == [f"## {when}", "", "Source: entry E1 of the ledger.", "", line, ""]
        assert list(text([without] * 2)) == [when, "  new     A.a: `a` is new", "", when, "  new     A.a: `a` is new"]
        assert list(markdown([without])) == [f"## {when}", "", line, ""]


def test_a_month_is_its_first_day_unless_an_edition_is_called_so() -> None:
    contract = Contract.load()
    days = {since: [one.day for one in log(contract, since)] for since in ("2026-09", "2026-10", "2026-10-01")}
    assert min(days["2026-09"]) >= "2026-09-01"
    assert "2026-10-01" in days["2026-09"]
    assert "2026-10-01" in days["2026-10-01"]
    assert min(days["2026-10"]) == contract.editions.names["2026-10"] if contract.editions else ""
