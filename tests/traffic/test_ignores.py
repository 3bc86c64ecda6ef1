"""Entries that ignore violations: which are entries, and what they match."""

from __future__ import annotations

from contextlib import nullcontext

import pytest

from apicontract.openapi.document import Document
from apicontract.traffic.ignores import IgnoreEntry, ignore_entries
from tests.support.small import OK, document
from twelvelabs_contract import Contract, Violation


def _named(*paths: str, operation: str = "") -> Contract:
    """Return a contract whose operations have a name, or are named by their method and path."""
    held = {"operationId": operation, "responses": OK} if operation else {"responses": OK}
    return Contract(Document(document({path: {"post": held} for path in paths})))


@pytest.mark.parametrize(
    ("contract", "entry", "right"),
    [
        (_named("/a", operation="list"), "list", True),
        (_named("/a", operation="list"), "list query.a", True),
        (_named("/a", operation="list"), "list query.a type", True),
        (_named("/a", operation="list"), "list query.a type x", False),
        (_named("/a", operation="list"), "GET /b path undeclared", True),
        (_named("/a", operation="list"), "* * path undeclared", True),
        (_named("/a", operation="list"), "?ET ?b path undeclared", True),
        (_named("/a", operation="list"), "GET /b path undeclared x", False),
        (_named("/a", operation="list"), "get /b path undeclared", False),
        (_named("/a", operation="list"), "GET b path undeclared", False),
        (_named("/a"), "POST /a query.a type", True),
        (_named("/a"), "POST /a query.a type x", False),
        (_named("/a", "/a body type"), "POST /a body type body.name required", True),
        (_named("/a body type", "/a"), "POST /a body type body.name required x", False),
        (_named("/a", operation="list all of them"), "list all of them query.a type", True),
        (_named("/a", operation="list all of them"), "GET /b of them query.a type", True),
        (_named("/a", operation="list all of them"), "list all of them query.a type x", False),
        (Contract(Document(document({}))), "list query.a type", True),
        (Contract(Document(document({}))), "list query.a type x", False),
    ],
)
def test_an_entry_has_a_location_and_a_rule_after_a_name_of_any_operation(
    contract: Contract, entry: str, right: bool
) -> None:
    """A name can have as many spaces as that of any operation, and one if it is a method and a path."""
    with nullcontext() if right else pytest.raises(ValueError, match=r"is not OPERATION WHERE RULE, such as"):
        assert ignore_entries(contract, "here", [entry]) == [IgnoreEntry("here", entry)]


def test_white_space_is_one_space_and_comments_are_left_out() -> None:
    given = ["", "  ", "# b", "  # a b c d e f", "b\tquery.a\n  type ", "a", "b query.a type"]
    found = ignore_entries(_named("/a", operation="list"), "here", given)
    assert [entry.entry for entry in found] == ["b query.a type", "a", "b query.a type"]


SPACED = Violation("POST /a body type", "body.name", "required", "", "")
SHORT = Violation("POST /a", "body", "type", "", "")
HEADER = Violation("list", "header.x-a", "type", "", "")
NONE = Violation(None, "path", "undeclared", "", "")


@pytest.mark.parametrize(
    ("entry", "violation", "matches"),
    [
        ("POST /a body type", SPACED, True),
        ("POST /a body type body.name", SPACED, True),
        ("POST /a body type body.name required", SPACED, True),
        ("POST /a body type body.name type", SPACED, False),
        ("POST /a", SPACED, False),
        ("POST /a*", SPACED, True),
        ("POST /a body type", SHORT, True),
        ("POST /a body", SHORT, True),
        ("POST /a", SHORT, True),
        ("POST /?", SHORT, True),
        ("POST /", SHORT, False),
        ("list header.x-?", HEADER, True),
        ("list header.x-??", HEADER, False),
        ("list response.header.x-a", HEADER, True),
        ("list request.header.x-a", HEADER, False),
        ("lis. header.x-a", HEADER, False),
        ("list * minimum", HEADER, False),
        ("- path undeclared", NONE, True),
        ("GET /b path undeclared", NONE, True),
        ("GET /b path", NONE, True),
        ("GET /c path", NONE, False),
        ("list path", NONE, False),
    ],
)
def test_an_entry_matches_whole_parts_and_those_left_out_are_any(
    entry: str, violation: Violation, matches: bool
) -> None:
    """Of a response to `GET /b`, if it is of no operation."""
    assert IgnoreEntry("", entry).matches(violation, "GET /b", "response") is matches


def test_a_location_with_a_space_is_written_without_it() -> None:
    violation = Violation("list", 'query["a b"]', "type", "", "")
    assert IgnoreEntry("", 'list query["a_b"] type').matches(violation)
    assert not IgnoreEntry("", 'list query["a').matches(violation)
