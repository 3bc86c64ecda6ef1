"""The exchange that shows a difference is invalid at that place only, if one of the first candidates is."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.changes.exchanges import Exchanges, Sent
from apicontract.changes.forms import Forms
from apicontract.changes.sides import Pair
from apicontract.checks.contract import Contract
from apicontract.openapi.violation import Violation
from apicontract.wire.messages import Headers, Request
from tests.changes.edits import CHANGES
from tests.changes.shop import schema, shop


def _exchanges(*edits: Any) -> Exchanges:
    old, new = shop(), shop(*edits)
    pair = Pair(old, new, "request", Forms())
    contracts = {"old": Contract(old), "new": Contract(new)}
    operations = {side: contract.operation("orders.list") for side, contract in contracts.items()}
    return Exchanges(contracts, operations, pair, pair)  # type: ignore[arg-type]


def _sent(query: str) -> Sent:
    return Sent(Request("GET", f"https://shop.example/v1/orders?{query}", Headers({})), None)


BOTH = _exchanges(*CHANGES["a bound of a query"][0], *CHANGES["a parameter"][0])
"""A maximum of 49 in place of 50, and no `sort`."""
EITHER, LIMIT, SORT = (_sent(query) for query in ("page_limit=50&sort=asc", "page_limit=50", "sort=asc"))


@pytest.mark.parametrize(
    ("tried", "place", "shown"),
    [
        ([EITHER, LIMIT], "query.page_limit", LIMIT),
        ([EITHER, SORT, LIMIT], "query.page_limit", LIMIT),
        ([EITHER, SORT, LIMIT], "query.sort", SORT),
        ([EITHER] * 12 + [LIMIT], "query.page_limit", LIMIT),
        ([EITHER] * 30 + [LIMIT], "query.page_limit", EITHER),
        ([EITHER], "query.page_limit", EITHER),
        ([None, _sent("page_limit=49"), _sent("page_limit=51"), LIMIT], "query.page_limit", LIMIT),
    ],
)
def test_one_that_is_wrong_at_the_place_alone_is_preferred(tried: list[Sent | None], place: str, shown: Sent) -> None:
    found = BOTH.show_request("old", tried, place)
    assert found is not None
    assert found.request == shown.request
    assert {violation.where for violation in found.violations} <= {"query.page_limit", "query.sort"}


def test_what_is_right_or_wrong_on_both_sides_shows_nothing() -> None:
    assert BOTH.show_request("old", [_sent("page_limit=49"), _sent("page_limit=51"), None]) is None
    assert BOTH.show_request("new", [LIMIT, EITHER]) is None


def test_only_what_breaks_the_rule_that_is_named_counts() -> None:
    pointer = "/paths/~1orders/get/parameters/0/schema"
    found = BOTH.show_request("old", [SORT, EITHER, LIMIT], "query.page_limit", pointer)
    assert found is not None
    assert found.request == LIMIT.request
    assert BOTH.show_request("old", [SORT], "query.sort", pointer) is None


def test_the_simplest_request_is_right_on_both_sides_if_one_is() -> None:
    """A body that both take is tried before one that only its own side takes."""
    old, new = shop(), shop(schema("Order.kind", enum=["delivery"]), schema("Order", required=["lines", "kind"]))
    pair = Pair(old, new, "request", Forms())
    contracts = {"old": Contract(old), "new": Contract(new)}
    operations = {side: contract.operation("orders.create") for side, contract in contracts.items()}
    exchanges = Exchanges(contracts, operations, pair, pair)  # type: ignore[arg-type]
    violations: list[Violation] = []
    for side in ("old", "new"):
        sent = exchanges.right_request(side)
        assert sent is not None
        violations += [one for contract in contracts.values() for one in contract.check_request(sent.request)]
    assert violations == []
