"""The pages of a listing, numbered or linked by tokens, as `x-pagination` declares.

Theory of operation
-------------------
Some clients read a listing until a page says that it is the last, others until a page is empty, so a listing that
returns the same page for every request never ends for one of them. A `Listing` is complete: each request gets the page
that it asks for, the last page is marked as such, and pages after it are empty.

If there are as many examples with items as each of them states as the number of pages, the examples are the pages.
Otherwise the first example with items is the only page.

A page that is built from items copies all other fields of the first example. Numbers beside the number of pages or the
token (the total of items, the size of a page) would contradict the items, so they are computed or left out: the page
number is the property with the name of the parameter; the total is the property that has the number of items in the
document's own pages; others are unknown, and are kept only if the schema requires them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any

from apicontract.checks.contract import Contract
from apicontract.openapi.bounds import is_number
from apicontract.openapi.document import Json, Operation, Pagination
from apicontract.openapi.facts import shape_at
from apicontract.openapi.pointer import escape, find, split
from apicontract.responder.requests import ReceivedRequest
from apicontract.responder.responses import content_of, success


class Listing:
    """A listing: its pages in order, and the page for each request."""

    def __init__(self, contract: Contract, operation: Operation, pages: Sequence[Json], beyond: Json = None) -> None:
        """Take the payloads of the pages, at least one; `beyond` is the payload after the last page."""
        self._contract = contract
        self._operation = operation
        self._pagination = pagination_of(operation)
        self._pages = pages
        self._beyond = self._emptied(pages[-1]) if beyond is None else beyond

    @property
    def first(self) -> Json:
        """The payload of the first page."""
        return self._pages[0]

    def page(self, received: ReceivedRequest) -> Json | None:
        """Return the payload for a request; `None` for an unknown token."""
        if self._pagination.style == "page":
            number = number_of(self._contract, self._operation, received)
            index = number - first_number(self._contract, self._operation)
            return self._pages[index] if 0 <= index < len(self._pages) else self.beyond(number)
        token = self._token(received)
        if token is None:
            return self._pages[0]
        tokens = [pick(page, self._pagination.next_token) for page in self._pages[:-1]]
        return self._pages[tokens.index(token) + 1] if token in tokens else None

    def _token(self, received: ReceivedRequest) -> Json:
        """Return the token in a request; the operation of the first page may have none."""
        name = self._pagination.parameter
        return received.path.get(name, received.query.get(name))

    def _emptied(self, page: Json) -> Json:
        found = deepcopy(page)
        put(found, self._pagination.items, [])
        return found

    def beyond(self, number: int) -> Json:
        """Return the page after the last, with its own number if it has one."""
        place = _sibling(self._pagination)
        if not self._pagination.total_pages or not is_number(pick(self._beyond, place)):
            return self._beyond
        found = deepcopy(self._beyond)
        put(found, place, number)
        return found


class OnePage:
    """One payload of a numbered listing, for the first requested page, and empty pages after the last.

    The last page is the one that the payload states, or else the first requested one.
    """

    def __init__(self, contract: Contract, operation: Operation, payload: Json) -> None:
        """Take the payload."""
        self._contract = contract
        self._operation = operation
        self._payload = deepcopy(payload)
        self._listing = Listing(contract, operation, [self._payload])
        self._asked: int | None = None

    def page(self, received: ReceivedRequest) -> Json:
        """Return the payload, or an empty page."""
        number = number_of(self._contract, self._operation, received)
        self._asked = number if self._asked is None else self._asked
        stated = pick(self._payload, pagination_of(self._operation).total_pages)
        last = max(stated, self._asked) if is_number(stated) else self._asked
        return self._payload if number <= last else self._listing.beyond(number)

    @property
    def beyond(self) -> Json:
        """An empty page."""
        return self._listing.beyond(0)


def pagination_of(operation: Operation) -> Pagination:
    """Return the pagination of a listing; raise `LookupError` for an operation that is not one."""
    if operation.pagination is None:
        raise LookupError(f"{operation.id} is not a listing: it has no `x-pagination` in the document")
    return operation.pagination


def documented(
    contract: Contract, operation: Operation, examples: Sequence[Json], fits: Callable[[Json], bool]
) -> Listing | None:
    """Return a listing made from the examples of an operation; `None` if none of them has items."""
    pagination = pagination_of(operation)
    full = [example for example in examples if pick(example, pagination.items)]
    empty = next((example for example in examples if pick(example, pagination.items) == []), None)
    if not full or not pagination.items:
        return None
    if pagination.style == "page":
        if all(pick(page, pagination.total_pages) == len(full) for page in full):
            return Listing(contract, operation, full, empty)
        only = build(contract, operation, full, [pick(full[0], pagination.items)], {}, fits)
        return Listing(contract, operation, only)
    return Listing(contract, operation, [ending(pagination, full)])


def ending(pagination: Pagination, examples: Sequence[Json]) -> Json:
    """Return an example without a token for a next page: one that has none, else the first with it removed."""
    pointer = pagination.next_token
    found = next((example for example in examples if not pick(example, pointer)), None)
    if found is not None:
        return found
    made = deepcopy(examples[0])
    drop(made, pointer or "")
    return made


def build(
    contract: Contract,
    operation: Operation,
    examples: Sequence[Json],
    pages: Sequence[Sequence[Json]],
    around: Mapping[str, Json],
    fits: Callable[[Json], bool],
) -> list[Json]:
    """Build the payload of each page, updated with `around`.

    If that is invalid, the numbers of the example are restored.
    """
    pagination = pagination_of(operation)
    full = [example for example in examples if pick(example, pagination.items)] or list(examples[:1])
    counts = _counts(pagination, full)
    numbered = _says_its_number(contract, operation, pagination)
    found = []
    for index, items in enumerate(pages):
        page: Json = None
        for known_only in (True, False):
            page = deepcopy(full[0]) if full and isinstance(full[0], dict) else {}
            put(page, pagination.items, deepcopy(list(items)))
            info = _info(pagination, page)
            for name in [name for name, value in info.items() if known_only and is_number(value)]:
                del info[name]
            _linked(pagination, page, index, len(pages))
            if numbered:
                put(page, _sibling(pagination), first_number(contract, operation) + index)
            for name in counts:
                info[name] = sum(map(len, pages))
            page = _merged(page, around)
            if fits(page):
                break
        found.append(page)
    return found


def _linked(pagination: Pagination, page: Json, index: int, count: int) -> None:
    """Set on a page the number of pages, or the token of the next one."""
    if pagination.total_pages:
        put(page, pagination.total_pages, count)
    if pagination.next_token:
        drop(page, pagination.next_token)
        if index + 1 < count:
            put(page, pagination.next_token, f"page-{index + 2}")


def _info(pagination: Pagination, page: Json) -> dict[str, Json]:
    """Return the object with the pagination fields, which can be the page itself; an empty one if it is absent."""
    found = pick(page, _parent(pagination))
    return found if isinstance(found, dict) else {}


def _counts(pagination: Pagination, full: Sequence[Json]) -> list[str]:
    """Return the keys whose value is the total of items in the document's own pages."""
    whole = pagination.style == "token" or all(pick(p, pagination.total_pages) == len(full) for p in full)
    if pagination.style == "token":
        full = [page for page in full if not pick(page, pagination.next_token)][:1]
    if not full or not whole:
        return []
    total = sum(len(pick(page, pagination.items)) for page in full)
    known = {pagination.parameter, (pagination.total_pages or "").rpartition("/")[2]}
    infos = [_info(pagination, page) for page in full]
    return [
        name
        for name, value in infos[0].items()
        if name not in known and is_number(value) and all(info.get(name) == total for info in infos)
    ]


def _says_its_number(contract: Contract, operation: Operation, pagination: Pagination) -> bool:
    """Return whether a page has, beside the number of pages, a property with the name of the parameter."""
    content = content_of(success(operation)[1], streamed=False)
    if content is None or not pagination.total_pages:
        return False
    shape = shape_at(contract.document, content.schema, content.schema_pointer)
    for token in split(_parent(pagination)):
        shape = shape.property(token)
    return pagination.parameter in shape.properties


def _parent(pagination: Pagination) -> str:
    return (pagination.total_pages or pagination.next_token or "").rpartition("/")[0]


def _sibling(pagination: Pagination) -> str:
    """Return the pointer to the page number: beside the number of pages, with the name of the parameter."""
    return f"{_parent(pagination)}/{escape(pagination.parameter)}"


def number_of(contract: Contract, operation: Operation, received: ReceivedRequest) -> int:
    """Return the page number that a request asks for."""
    given = received.query.get(pagination_of(operation).parameter)
    return given if isinstance(given, int) else first_number(contract, operation)


def first_number(contract: Contract, operation: Operation) -> int:
    """Return the number of the first page: the default of its parameter."""
    for parameter in operation.parameters_in("query"):
        if parameter.name == pagination_of(operation).parameter:
            schema, _ = contract.document.resolve(parameter.schema, parameter.schema_pointer)
            default = schema.get("default") if isinstance(schema, Mapping) else None
            return default if isinstance(default, int) else 1
    return 1


def _merged(value: Json, other: Json) -> Json:
    """Merge one value into another; mappings are merged key by key."""
    if not isinstance(value, dict) or not isinstance(other, Mapping):
        return other
    return {**value, **{key: _merged(value.get(key), inner) for key, inner in other.items()}}


def pick(value: Json, pointer: str | None) -> Json:
    """Return the value at a pointer of a payload; `None` if there is none, or no pointer."""
    return None if pointer is None else find(value, pointer)


def put(value: Any, pointer: str, new: Json) -> None:
    """Set the value at a pointer of a payload, and create the objects on the way."""
    *steps, last = split(pointer)
    for step in steps:
        if not isinstance(value.get(step), dict):
            value[step] = {}
        value = value[step]
    value[last] = new


def drop(value: Json, pointer: str) -> None:
    """Remove the value at a pointer of a payload, if there is one."""
    *steps, last = split(pointer) or ("",)
    for step in steps:
        value = value.get(step) if isinstance(value, dict) else None
    if isinstance(value, dict):
        value.pop(last, None)
