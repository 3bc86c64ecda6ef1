"""A server that responds to a listing with scripted pages, numbered or linked by tokens, as the document declares."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import httpx

from apicontract.openapi.document import Pagination
from tests.laws.exchange import answer, arrived, success
from twelvelabs_contract import Contract, Operation

SURPLUS = 5
"""The number of requests after the script that get a response, before the server gives up."""


@dataclass(frozen=True)
class Page:
    """One page: the number of its items, and what it states about the following pages."""

    items: int
    total: int | None = None
    """The number of pages that it states; `None` if it states none."""
    token: str | None = None
    """The token of the next page; `None` if there is none."""
    status: int = 0
    """The status of an error response in place of the page; 0 for the page itself."""

    def __str__(self) -> str:
        if self.status:
            return f"status {self.status}"
        total = "" if self.total is None else f" of {self.total} pages"
        return f"{self.items} items{total}" + ("" if self.token is None else f", next {self.token!r}")


@dataclass
class Server:
    """Responds to the requests for a listing, and records them."""

    contract: Contract
    operation: Operation
    pages: Sequence[Page]
    first: int = 1
    """The number of the first page of the script."""
    tokens: Sequence[str] = ()
    """The tokens of the pages after the first."""
    arrivals: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def __str__(self) -> str:
        return ", then ".join(map(str, self.pages))

    @property
    def pagination(self) -> Pagination:
        """The pagination of this listing."""
        if self.operation.pagination is None:
            raise LookupError(self.operation.id)
        return self.operation.pagination

    def items(self, page: int) -> list[Any]:
        """Return the items of a page of the script: valid ones, all different."""
        _, payload = success(self.operation)
        template: dict[str, Any] = next(iter(_at(payload, self.pagination.items) or ()), {})
        before = sum(earlier.items for earlier in self.pages[:page])
        return [{**deepcopy(template), "number": before + count} for count in range(self.pages[page].items)]

    def page(self, index: int) -> Page:
        """Return a page; an empty one outside of the script."""
        return self.pages[index] if 0 <= index < len(self.pages) else Page(0, self.pages[-1].total)

    def through(self, pages: int) -> list[Any]:
        """Return the items of the first pages of the script."""
        return [item for page in range(pages) for item in self.items(page)]

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Respond to a request."""
        self.arrivals.append(arrived(self.contract, request))
        index = self._index()
        page = self.page(index)
        if len(self.arrivals) > len(self.pages) + SURPLUS:
            return answer(508, {"code": "enough", "message": "this listing has no end"})
        if page.status:
            return answer(page.status, {"code": "page_failed", "message": "this page cannot be had"})
        status, payload = success(self.operation)
        payload = deepcopy(payload)
        _put(payload, self.pagination.items, self.items(index) if index < len(self.pages) else [])
        if self.pagination.total_pages:
            _put(payload, self.pagination.total_pages, page.total)
        if self.pagination.next_token:
            _put(payload, self.pagination.next_token, page.token)
        return answer(status, payload)

    def _index(self) -> int:
        """Return the index of the page that was requested."""
        _, values = self.arrivals[-1]
        pagination = self.pagination
        if pagination.style == "page":
            return int(values.get("query", {}).get(pagination.parameter, 1)) - self.first
        given = {**values.get("path", {}), **values.get("query", {})}.get(pagination.parameter)
        return 0 if given is None else 1 + [*self.tokens, given].index(given)


def _at(payload: Any, pointer: str) -> Any:
    for name in pointer.split("/")[1:]:
        payload = payload.get(name) if isinstance(payload, dict) else None
    return payload


def _put(payload: dict[str, Any], pointer: str, value: Any) -> None:
    """Set the value at a pointer; `None` removes it."""
    *steps, last = pointer.split("/")[1:]
    for name in steps:
        payload = payload.setdefault(name, {})
    payload.pop(last, None)
    if value is not None:
        payload[last] = value
