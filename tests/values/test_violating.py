"""The kinds of invalid values are a registry: an entry more is a kind more in the requests that are drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import find

from apicontract.strategies import invalid_cases, invalid_requests
from apicontract.values.alternatives import Alternatives
from apicontract.values.document import values_of
from apicontract.values.violating import KINDS, Change, Kind
from tests.strategies.documents import reported, searching
from tests.support.orchard import orchard_with


def _quarters(schema: Mapping[str, Any], _: Alternatives) -> Iterator[Change]:
    """Send a fraction where whole numbers are meant, as a division does."""
    if schema.get("type") == "integer":
        yield (), "a quarter", {"const": 7.25}


def test_a_kind_from_outside_is_drawn_and_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "quarters", Kind("a whole number with a fraction", "type", _quarters))
    row = {"type": "object", "properties": {"trees": {"type": "array", "items": {"type": "integer", "minimum": 1}}}}
    contract = orchard_with(Row=row)
    quarters = [case for case in invalid_cases(contract, "Row") if case.about.endswith("a quarter")]
    assert [case.arguments["body"] for case in quarters] == [{"trees": [7.25]}, {"trees": [1, 7.25]}]
    drawn = find(invalid_requests(contract, "Row"), lambda case: case.about.endswith("a quarter"), settings=searching)
    for case in (*quarters, drawn):
        assert case.tag is not None
        assert reported(contract.check_request(case.request())) == [(case.tag.where, "type")]


def test_each_kind_says_what_it_changes_and_what_is_reported() -> None:
    for name, kind in KINDS.items():
        assert kind.changes, name
        assert kind.rule, name


def test_invalid_json_is_sent_only_where_the_checker_reads_json() -> None:
    """It does in the properties of a body, and not in what is below them: there nothing would be reported."""
    text = {"type": "string", "contentMediaType": "application/json", "contentSchema": {"type": "object"}}
    below = {"type": "object", "properties": {"note": text}}
    contract = orchard_with(Row={"type": "object", "properties": {"note": text, "more": below}})
    cases = [case for case in invalid_cases(contract, "Row") if case.tag and case.tag.rule == "encoding"]
    assert {case.tag.where for case in cases if case.tag} == {"body", "body.note"}
    for case in cases:
        assert case.tag is not None
        assert reported(contract.check_request(case.request())) == [(case.tag.where, "encoding")]
    mutations = values_of(contract.document).mutations
    for depth, abouts in ((-1, []), (0, ["no JSON"]), (1, [])):
        found = mutations.of(text, json_depth=depth)
        assert [mutation.about for mutation in found if mutation.rule == "encoding"] == abouts
