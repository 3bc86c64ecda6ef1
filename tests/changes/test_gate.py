"""A change to a published day is found; a change with a day of its own is not."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from apicontract.changes.drift import known_drift
from apicontract.openapi import yaml12
from tests.changes import gate
from tests.support.history import HISTORY


@pytest.fixture
def before() -> dict[str, Any]:
    """Return a marked document."""
    found: dict[str, Any] = yaml12.load(HISTORY.read_bytes())
    return found


def _page(raw: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = raw["paths"]["/books"]["get"]["parameters"][0]["schema"]
    return found


def test_a_bound_that_changes_the_past_is_a_break(before: dict[str, Any]) -> None:
    after = deepcopy(before)
    _page(after)["maximum"] = 49
    found = list(gate.breaks(before, after))
    assert [(one.key, one.message.partition(":")[0]) for one in found] == [
        ("GET /books query.page maximum", "in 2026-01"),
        ("GET /books query.page maximum", "in 2026-07"),
    ]


def test_a_bound_that_changes_on_a_new_day_is_none(before: dict[str, Any]) -> None:
    after = deepcopy(before)
    _page(after).update({"maximum": 49, "x-was": [{"until": "2026-09-01", "maximum": 50}]})
    assert list(gate.breaks(before, after)) == []


def test_a_document_breaks_nothing_of_itself(before: dict[str, Any]) -> None:
    assert list(gate.breaks(before, before)) == []


def test_every_correction_says_why() -> None:
    known_drift(gate.CORRECTIONS.read_text())
