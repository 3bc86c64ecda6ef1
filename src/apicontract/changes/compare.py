"""Compare two documents operation by operation, and webhook by webhook."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from apicontract.changes.difference import Comparison, Difference
from apicontract.changes.exchanges import Exchanges, base_of
from apicontract.changes.forms import Forms
from apicontract.changes.operations import EFFECTS, OperationComparison
from apicontract.changes.sides import SIDES, Pair, Side
from apicontract.changes.webhooks import Events, WebhookComparison
from apicontract.checks.assertion_form import differs
from apicontract.checks.contract import Contract
from apicontract.openapi.document import Document, Operation

_NAME = re.compile(r"\{[^{}]*\}")


def compare(old: Document, new: Document, only: Sequence[str] = (), *, webhooks: bool = True) -> Comparison:
    """Compare two documents; `only` limits it to operations and webhooks with these ids.

    `webhooks` says whether webhooks are compared, which makes no sense if one document comes from a source without
    them.
    """
    return _Documents(old, new).comparison(only, webhooks=webhooks)


class _Documents:
    """Two documents, with shared data for the comparisons of their operations."""

    def __init__(self, old: Document, new: Document) -> None:
        base = base_of(Contract(old))
        self._contracts: Mapping[Side, Contract] = {
            "old": Contract(old, base_url=base),
            "new": Contract(new, base_url=base),
        }
        self._forms = Forms()
        self._sent = Pair(old, new, "request", self._forms)
        directed = any(differs(document, way) for document in (old, new) for way in ("request", "response"))
        self._received = Pair(old, new, "response", self._forms) if directed else self._sent

    def comparison(self, only: Sequence[str], *, webhooks: bool) -> Comparison:
        """Compare operations and webhooks: those with ids in `only`, or all of them if it is empty."""
        found = [] if only else [*self._servers()]
        equal = 0
        pairs = [self._paired("operations"), self._paired("webhooks") if webhooks else []]
        wanted = [[pair for pair in kind if not only or any(o.id in only for o in pair.values())] for kind in pairs]
        operations, events = wanted
        comparisons: list[OperationComparison] = [
            *(OperationComparison(self._exchanges(pair), self._forms) for pair in operations),
            *(WebhookComparison(self._events(pair), self._forms) for pair in events),
        ]
        for comparison in comparisons:
            differences = list(comparison.differences())
            equal += not any(difference.effect != "words" for difference in differences)
            found += differences
        return Comparison(tuple(found), len(operations), len(events), equal)

    def _exchanges(self, operations: Mapping[Side, Operation]) -> Exchanges:
        return Exchanges(self._contracts, operations, self._sent, self._received)

    def _events(self, operations: Mapping[Side, Operation]) -> Events:
        return Events(self._contracts, operations, self._received, self._received)

    def _paired(self, kind: Literal["operations", "webhooks"]) -> list[Mapping[Side, Operation]]:
        """Pair the operations with the same method and path, whatever its parameters are called; webhooks by name."""
        sides = {
            side: {_route(o): o for o in getattr(contract.document, kind).values()}
            for side, contract in self._contracts.items()
        }
        return [
            {side: sides[side][route] for side in SIDES if route in sides[side]}
            for route in dict.fromkeys((*sides["old"], *sides["new"]))
        ]

    def _servers(self) -> Iterator[Difference]:
        old, new = (self._contracts[side].document.servers for side in SIDES)
        for right, mine, other in (("old", old, new), ("new", new, old)):
            for url in mine:
                if url not in other:
                    is_old = right == "old"
                    yield Difference(
                        "", "", "", "servers", "servers", f"{url} is {'no longer declared' if is_old else 'declared'}",
                        EFFECTS["request", "old" if is_old else "new"],
                        "major" if is_old else "minor",
                        {"old": "/servers", "new": "/servers"},
                    )  # fmt: skip


def _route(operation: Operation) -> tuple[str, str]:
    return operation.method, _NAME.sub("{}", operation.path)
