"""Listings: find the next page, and iterate over all of them.

Theory of operation
-------------------
A call that lists returns its first page, already fetched. `Cursor` takes each page and returns the call that fetches
the next one, without I/O:

*Page numbers.* The first number is the caller's, else the parameter's default. The last one is the number of pages in
the latest response. So no page is requested that does not exist, provided that the server counts correctly. One empty
page before the end is skipped, as its items may have been removed meanwhile, but two in a row end the listing, so that
a wrong total cannot be followed for ever. If no number of pages is given, the first empty page is the end. All
arguments are repeated for each page.

*Tokens.* A page without a token is the last. A token that was seen before would lead in a circle, and is an error. Only
the arguments named by `repeat` are sent again, because the token includes the rest.

If a server always reports one page more, and always has an item for it, the listing goes on for as long as the caller
keeps iterating. Pages are fetched when they are needed, never ahead. An error of a page is raised after all items
before it. Each iteration begins with the first page, which is not fetched again.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from apicontract.client.answer import OMIT
from apicontract.client.arguments import Arguments, page_number
from apicontract.client.errors import PaginationInvalid
from apicontract.client.fields import pick
from apicontract.client.narrowing import mapping
from apicontract.client.options import without_body
from apicontract.client.settings import Settings
from apicontract.openapi import pointer as pointers
from apicontract.openapi.document import DocumentInvalid, Operation, Pagination
from apicontract.openapi.facts import shape_at
from apicontract.openapi.violation import Violation, excerpt, where, without

ItemT = TypeVar("ItemT")
PageT = TypeVar("PageT")


@dataclass(frozen=True, slots=True)
class Page(Generic[ItemT, PageT]):
    """One page of a listing."""

    items: Sequence[ItemT]
    response: PageT
    """The whole response, with its information about the pages."""

    def __iter__(self) -> Iterator[ItemT]:
        return iter(self.items)


class Listing:
    """A paginated operation, and the arguments of the first call."""

    def __init__(self, settings: Settings, operation_id: str, arguments: Arguments) -> None:
        """Take the call that fetches the first page.

        Raises `DocumentInvalid` for an operation without `x-pagination`.
        """
        self.contract = settings.api.contract
        self.keys = settings.keys
        self.operation = self.contract.operation(operation_id)
        self.arguments = arguments
        if self.operation.pagination is None:
            raise DocumentInvalid("no `x-pagination` here", self.operation.pointer)
        self.pagination: Pagination = self.operation.pagination

    def page(self, response: PageT) -> Page[Any, PageT]:
        """Return a response as a page; if its items are absent or null, the page is empty."""
        return Page(pick(response, self.pagination.items) or [], response)

    def cursor(self) -> Cursor:
        """Return a cursor at the first page."""
        return Cursor(self)


class Cursor:
    """A position in a listing."""

    def __init__(self, listing: Listing) -> None:
        """Start at the first page."""
        self._listing = listing
        self._arguments = listing.arguments
        self._number = self._first_number() if listing.pagination.style == "page" else 0
        self._empty = 0
        self._tokens: set[str] = set()

    def after(self, page: Page[Any, Any]) -> tuple[str, Arguments] | None:
        """Take a page and return the call for the next one, as operation and arguments; `None` after the last."""
        if self._listing.pagination.style == "page":
            return self._after_number(page)
        return self._after_token(page)

    def _first_number(self) -> int:
        """Return the number of the first page; an invalid one was rejected by the first call."""
        listing, name = self._listing, self._listing.pagination.parameter
        document = listing.contract.document
        given = (listing.arguments.get("query") or {}).get(name)
        for declared in listing.operation.parameters_in("query"):
            if declared.name == name:
                schema, pointer = document.resolve(declared.schema, declared.schema_pointer)
                default = mapping(schema).get("default")
                number = page_number(default if given in (None, OMIT) else given, shape_at(document, schema, pointer))
                return 1 if number is None else number
        return 1

    def _after_number(self, page: Page[Any, Any]) -> tuple[str, Arguments] | None:
        pagination = self._listing.pagination
        total = pick(page.response, pagination.total_pages) if pagination.total_pages else None
        self._empty = 0 if page.items else self._empty + 1
        over = self._empty > 0
        if isinstance(total, int | float):
            over = self._empty > 1 or self._number >= total
        if over:
            return None
        self._number += 1
        query = {**(self._arguments.get("query") or {}), pagination.parameter: self._number}
        following: Arguments = {**self._arguments, "query": query}
        return self._listing.operation.id, following

    def _after_token(self, page: Page[Any, Any]) -> tuple[str, Arguments] | None:
        listing = self._listing
        pointer = listing.pagination.next_token or ""
        token = pick(page.response, pointer)
        if token is None or token == "":
            return None
        if not isinstance(token, str) or token in self._tokens:
            seen = "this token was seen before; its pages would never end"
            message = seen if isinstance(token, str) else "the token of the next page is not a string"
            place = where("body", pointers.split(pointer))
            at = f"{listing.operation.pointer}/x-pagination/next_token"
            found = Violation(listing.operation.id, place, "sequence", message, at, excerpt(token))
            raise PaginationInvalid(listing.operation.id, [without(found, listing.keys)])
        self._tokens.add(token)
        operation = listing.contract.operation(listing.pagination.operation or listing.operation.id)
        return operation.id, self._with_token(operation, token)

    def _with_token(self, operation: Operation, token: str) -> Arguments:
        """Return the arguments of a later page: those of the first for the same operation, else those in `repeat`."""
        listing, name = self._listing, self._listing.pagination.parameter
        in_path = any(parameter.name == name for parameter in operation.parameters_in("path"))
        following: Arguments = {**listing.arguments}
        if operation.id != listing.operation.id:
            following = {"query": dict(_repeated(listing)), "options": without_body(listing.arguments.get("options"))}
        if in_path:
            following["path"] = {**(following.get("path") or {}), name: token}
        else:
            following["query"] = {**(following.get("query") or {}), name: token}
        return following


def _repeated(listing: Listing) -> Iterator[tuple[str, Any]]:
    """Yield the arguments of the first call that are sent with every page."""
    given = listing.arguments
    for name in listing.pagination.repeat:
        for values in (mapping(given.get("body")), given.get("query") or {}):
            if name in values:
                yield name, values[name]
                break


class _Listed(Generic[ItemT, PageT]):
    """The parts that both pagers share: the first page, and what follows from it."""

    def __init__(self, listing: Listing, first: PageT) -> None:
        """Take the response with the first page."""
        self._listing = listing
        self._first: Page[ItemT, PageT] = listing.page(first)

    @property
    def items(self) -> Sequence[ItemT]:
        """The items of the first page."""
        return self._first.items

    @property
    def response(self) -> PageT:
        """The whole response with the first page."""
        return self._first.response

    @property
    def has_next(self) -> bool:
        """Whether there is a page after the first."""
        return self._listing.cursor().after(self._first) is not None

    def __repr__(self) -> str:
        more = ", and more" if self.has_next else ""
        return f"<{type(self).__name__} of {self._listing.operation.id}: {len(self.items)} items{more}>"


class Pager(_Listed[ItemT, PageT]):
    """The items of all pages; `iter_pages` for the pages themselves."""

    def __init__(self, listing: Listing, first: PageT, fetch: Callable[[str, Arguments], PageT]) -> None:
        """Take the first page, and a function that fetches others."""
        super().__init__(listing, first)
        self._fetch = fetch

    def __iter__(self) -> Iterator[ItemT]:
        for page in self.iter_pages():
            yield from page.items

    def iter_pages(self) -> Iterator[Page[ItemT, PageT]]:
        """Yield the pages, the first one again without fetching it."""
        cursor, page = self._listing.cursor(), self._first
        yield page
        while following := cursor.after(page):
            page = self._listing.page(self._fetch(*following))
            yield page


class AsyncPager(_Listed[ItemT, PageT]):
    """The items of all pages; `iter_pages` for the pages themselves."""

    def __init__(self, listing: Listing, first: PageT, fetch: Callable[[str, Arguments], Awaitable[PageT]]) -> None:
        """Take the first page, and a function that fetches others."""
        super().__init__(listing, first)
        self._fetch = fetch

    async def __aiter__(self) -> AsyncIterator[ItemT]:
        async for page in self.iter_pages():
            for item in page.items:
                yield item

    async def iter_pages(self) -> AsyncIterator[Page[ItemT, PageT]]:
        """Yield the pages, the first one again without fetching it."""
        cursor, page = self._listing.cursor(), self._first
        yield page
        while following := cursor.after(page):
            page = self._listing.page(await self._fetch(*following))
            yield page
