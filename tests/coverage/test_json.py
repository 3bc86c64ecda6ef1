"""The JSON form: its content, that it can be read again, and invalid input."""

from __future__ import annotations

import json
from typing import Any

import pytest

from apicontract.coverage import Coverage, CoverageInvalid, Origin
from tests.coverage.documents import document, get, query
from twelvelabs_contract import Contract
from twelvelabs_contract.strategies import boundary_cases

LIMIT = {"type": "integer", "minimum": 1, "maximum": 50}


def counted() -> Coverage:
    coverage = Coverage(document(query(limit=LIMIT)))
    coverage.exchange(get("limit=1"), origin=Origin(4, "test_it.py::test_that[é]"))
    return coverage


def test_what_is_written_comes_back(contract: Contract) -> None:
    for coverage in (counted(), Coverage(contract)):
        if coverage.contract is contract:
            for case in boundary_cases(contract, "tasks.list"):
                coverage.exchange(case.request())
        again = Coverage.from_json(coverage.contract, coverage.to_json())
        assert again.to_json() == coverage.to_json()
        assert list(again.cells()) == list(coverage.cells())
        assert again.summary() == coverage.summary()


def test_the_form() -> None:
    written = json.loads(counted().to_json())
    assert written["format"] == "apicontract coverage 1"
    assert written["document"]["title"] == "Things"
    assert len(written["document"]["sha256"]) == 64
    assert written["summary"] == {
        "cells": {"covered": 3, "total": 5},
        "refusals": {"covered": 0, "total": 2},
        "operations": {"covered": 1, "total": 1},
    }
    assert written["tests"] == [{"position": 4, "test": "test_it.py::test_that[é]"}]
    (operation,) = written["operations"]
    assert [operation["id"], operation["method"], operation["path"]] == ["op", "GET", "/things"]
    assert operation["cells"][3] == {
        "place": "query.limit",
        "case": "min 1",
        "kind": "bound",
        "refusal": False,
        "count": 1,
        "test": 0,
    }


def test_coverage_of_another_document_is_refused() -> None:
    one, other = counted(), Coverage(document(query(limit={**LIMIT, "maximum": 51})))
    with pytest.raises(CoverageInvalid, match=r"coverage of Things 1 \(sha256 .*the documents differ; run both with"):
        one.merge(other)
    with pytest.raises(CoverageInvalid, match=r"this is coverage of Things 1 .*, and the contract is Things 1 "):
        Coverage.from_json(other.contract, one.to_json())


def _edited(**changes: Any) -> str:
    return json.dumps({**json.loads(counted().to_json()), **changes})


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("{", "this is invalid JSON"),
        ("[]", "`format` is None"),
        (_edited(format="coverage 0"), "`format` is 'coverage 0', not"),
        (_edited(document={}), "not a complete coverage report"),
        (_edited(tests=[]), "not a complete coverage report: IndexError"),
        (_edited(operations=[{"id": "op"}]), "not a complete coverage report: KeyError 'cells'"),
        (_edited(operations=[{"id": "no", "cells": [{"place": "a", "case": "b"}]}]), "there is no cell no · a · b"),
        (_edited(operations=7), "not a complete coverage report: TypeError"),
    ],
)
def test_what_is_no_coverage_is_refused(text: str, reported: str) -> None:
    with pytest.raises(CoverageInvalid, match=reported):
        Coverage.from_json(counted().contract, text)
