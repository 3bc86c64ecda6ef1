"""The law of a comparison: a difference that is not breaking breaks no exchange."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apicontract.changes import compare
from apicontract.checks.contract import Contract
from apicontract.openapi.document import Document
from apicontract.strategies.requests import valid_requests
from apicontract.strategies.responses import responses
from tests.changes.edits import CHANGES, REWRITES
from tests.changes.shop import shop

EDITS = {**{name: edits for name, (edits, _) in CHANGES.items()}, **{name: [edit] for name, edit in REWRITES.items()}}
FEW = settings(max_examples=max(1, settings().max_examples // 6))
"""Each example makes the strategies of a document of its own."""
ANSWERS = {"orders.list": 200, "orders.create": 201}


@cache
def _harmless() -> list[tuple[str, Document, Document]]:
    """Return the pairs of documents, in either order, of which the newer breaks no client of the older."""
    pairs = [(name, shop(), shop(*edits)) for name, edits in EDITS.items()]
    pairs += [(f"{name}, undone", new, old) for name, old, new in pairs]
    return [pair for pair in pairs if compare(pair[1], pair[2]).severity in (None, "minor", "patch")]


@cache
def _contract(document: Document) -> Contract:
    return Contract(document)


def _drawn(data: st.DataObject) -> tuple[Contract, Contract, str]:
    name, old, new = data.draw(st.sampled_from(_harmless()), label="pair")
    both = [operation for operation in ANSWERS if operation in old.operations and operation in new.operations]
    return _contract(old), _contract(new), data.draw(st.sampled_from(both), label=f"operation of {name}")


def test_there_are_harmless_pairs() -> None:
    assert len(_harmless()) > len(REWRITES)


@FEW
@given(data=st.data())
def test_a_request_that_was_right_is_right(data: Any) -> None:
    _request(data)


def _request(data: Any) -> None:
    old, new, operation = _drawn(data)
    request = data.draw(valid_requests(old, operation)).request()
    assert new.check_request(request) == []


@FEW
@given(data=st.data())
def test_an_answer_of_today_is_one_that_was_announced(data: Any) -> None:
    _answer(data)


def _answer(data: Any) -> None:
    old, new, operation = _drawn(data)
    response = data.draw(responses(new, operation, ANSWERS[operation]))
    assert old.check_response(response, operation=operation) == []


MANY = settings(max_examples=5000, deadline=None, suppress_health_check=list(HealthCheck))
"""For each of two laws, so that 10,000 exchanges are tried."""


@pytest.mark.deep
@pytest.mark.parametrize("law", [_request, _answer])
def test_what_is_no_break_breaks_none_of_ten_thousand_exchanges(law: Callable[[Any], None]) -> None:
    MANY(given(data=st.data())(law))()
