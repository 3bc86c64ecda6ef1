"""Pagination: every item once, in order, with one request a page, and an end for any response of the server."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from tests.laws.exchange import same
from tests.laws.laws import law
from tests.laws.listing import Page, Server
from tests.laws.trial import Trial, World
from twelvelabs_contract import Operation
from twelvelabs_contract.strategies import RequestCase, boundary_cases, valid_requests

TOO_MANY = "S8: iteration ignores what the server says of the pages, and asks for one too many"
CARELESS = "S9: later pages of a search lack an argument, and their errors end the results in silence"
TOKENS = st.lists(
    st.one_of(st.sampled_from(["a/b", "c?d=e", "f g", "%2F", "é"]), st.text(min_size=1)).filter(
        lambda token: token not in (".", "..")
    ),
    unique=True,
    min_size=6,
    max_size=6,
)
PLAIN_TOKENS = [f"token-{number}" for number in range(6)]
COUNTS = st.lists(st.integers(1, 4), max_size=5)
"""How many items each page has."""


def _lists(world: World, operation: Operation) -> bool:
    return operation.pagination is not None


def _by_number(world: World, operation: Operation) -> bool:
    return operation.pagination is not None and operation.pagination.style == "page"


def _by_token(world: World, operation: Operation) -> bool:
    return operation.pagination is not None and operation.pagination.style == "token"


def _too_many(world: World, operation: Operation) -> str:
    return TOO_MANY if _by_number(world, operation) else CARELESS


def _server(
    trial: Trial,
    counts: Sequence[int],
    *,
    stated: bool = True,
    fails: int = 0,
    status: int = 0,
    tokens: Sequence[str] = PLAIN_TOKENS,
) -> Server:
    """Make an honest server: it states how many pages there are, or gives each page but the last a token."""
    pagination = trial.operation.pagination
    pages = [Page(count, len(counts)) for count in counts] or [Page(0, 0)]
    given: Sequence[str] = []
    if pagination and pagination.style == "token":
        given = tokens[: len(pages) - 1]
        pages = [Page(page.items, token=token) for page, token in zip(pages, [*given, None], strict=True)]
    elif not stated:
        pages = [Page(page.items) for page in pages]
    if status:
        pages[fails] = Page(pages[fails].items, status=status)
    return trial.served_by(Server(trial.contract, trial.operation, pages, tokens=given))


def _case(trial: Trial, **query: Any) -> RequestCase:
    """Draw a call, with no number of a page but a given one."""
    pagination, operation = trial.operation.pagination, trial.operation.id
    drawn = trial.draw(valid_requests(trial.contract, operation)).arguments
    kept = {name: value for name, value in drawn["query"].items() if pagination and name != pagination.parameter}
    return RequestCase(trial.contract, operation, {**drawn, "query": {**kept, **query}})


def _least(trial: Trial) -> RequestCase:
    return boundary_cases(trial.contract, trial.operation.id)[0]


def _asked(trial: Trial, server: Server, case: RequestCase) -> None:
    """Require that each page was asked for once, in order, with the arguments that each page needs."""
    pagination, expected = server.pagination, trial.expected(case.instances)
    trial.require(
        len(server.arrivals) == len(server.pages), f"{len(server.arrivals)} requests in place of {len(server.pages)}"
    )
    for count, (operation, values) in enumerate(server.arrivals):
        wanted, where = expected, trial.operation.id
        if pagination.style == "page" and count:
            wanted = {**expected, "query": {**expected["query"], pagination.parameter: server.first + count}}
        elif count:
            given = {**expected["query"], **expected.get("body", {})}
            repeated = {name: given[name] for name in pagination.repeat if name in given}
            where = pagination.operation or where
            wanted = {"path": {pagination.parameter: server.tokens[count - 1]}, "query": repeated, "header": {}}
        trial.require(operation == where, f"page {count + 1} was asked for from {operation or 'no operation'}")
        trial.require(same(values, wanted), f"for page {count + 1}, {values} arrived in place of {wanted}")


@law(
    "Pagination",
    "every item once, in order, in as many requests as pages",
    concerns=_lists,
    vendor=_too_many,
    examples=20,
)
def test_every_item_comes_once_in_as_many_requests_as_pages(trial: Trial) -> None:
    """The arguments of the first call are repeated for each page; the first page may be any."""
    server = _server(trial, trial.draw(COUNTS))
    case = _case(trial)
    if server.pagination.style == "page" and trial.draw(st.booleans()):
        server.first = trial.draw(st.integers(1, 3))
        last = server.first - 1 + len(server.pages)
        server.pages = [Page(page.items, last) for page in server.pages]
        case = _case(trial, **{server.pagination.parameter: server.first})
    outcome = trial.call(case.arguments, server, how="items")
    trial.require(outcome.error is None, "the listing broke off")
    trial.require(same(outcome.items, server.through(len(server.pages))), "the items are not those of the pages")
    _asked(trial, server, case)


@law(
    "Pagination",
    "whatever a token holds, it comes back as it was given",
    concerns=_by_token,
    vendor=lambda world, operation: "S4: a page token in a path is not encoded",
    examples=14,
)
def test_whatever_a_token_holds_it_comes_back_as_it_was_given(trial: Trial) -> None:
    server, case = _server(trial, [1] * 7, tokens=trial.draw(TOKENS)), _least(trial)
    outcome = trial.call(case.arguments, server, how="items")
    trial.require(outcome.error is None, "the listing broke off")
    trial.require(same(outcome.items, server.through(len(server.pages))), "the items are not those of the pages")
    _asked(trial, server, case)


@law(
    "Pagination",
    "an empty page ends a listing that states no total",
    concerns=_by_number,
    vendor=_too_many,
    examples=12,
)
def test_an_empty_page_ends_a_listing_that_states_no_total(trial: Trial) -> None:
    server = _server(trial, trial.draw(COUNTS), stated=False)
    outcome = trial.call(_least(trial).arguments, server, how="items")
    trial.require(outcome.error is None, "the listing broke off")
    trial.require(same(outcome.items, server.through(len(server.pages))), "the items are not those of the pages")
    needed = len(server.pages) + bool(outcome.items)
    trial.require(len(server.arrivals) == needed, f"{len(server.arrivals)} requests in place of {needed}")


@law(
    "Pagination",
    "an error on a page is raised after the items before it",
    concerns=_lists,
    vendor=lambda world, operation: CARELESS if _by_token(world, operation) else None,
    examples=12,
)
def test_an_error_on_a_page_comes_after_the_items_before_it(trial: Trial) -> None:
    counts = trial.draw(st.lists(st.integers(1, 4), min_size=1, max_size=5))
    fails, status = trial.draw(st.integers(0, len(counts) - 1)), trial.draw(st.sampled_from([400, 401, 404, 500, 503]))
    server = _server(trial, counts, fails=fails, status=status)
    outcome = trial.call(_least(trial).arguments, server, how="items")
    trial.require(same(outcome.items, server.through(fails)), f"not the items of the {fails} pages before the error")
    trial.require(outcome.error is not None, "the error was swallowed")
    reported = getattr(outcome.error, "status_code", None)
    trial.require(reported == status, f"the error has status {reported} in place of {status}")
    trial.require(len(server.arrivals) == fails + 1, f"{len(server.arrivals)} requests in place of {fails + 1}")


@law(
    "Pagination",
    "a token that comes again is an error, never a circle",
    concerns=_by_token,
    vendor=lambda world, operation: "S8: pages are asked for until one is empty, also in a circle",
    examples=20,
)
def test_a_token_that_comes_again_is_an_error(trial: Trial) -> None:
    """Every page before it is delivered, and none twice."""
    counts = trial.draw(st.lists(st.integers(0, 3), min_size=2, max_size=5))
    server = _server(trial, counts)
    pages = list(server.pages)
    pages[-1] = Page(pages[-1].items, token=trial.draw(st.sampled_from(list(server.tokens))))
    server.pages = pages
    outcome = trial.call(_least(trial).arguments, server, how="items")
    trial.require(len(server.arrivals) == len(pages), f"{len(server.arrivals)} requests in place of {len(pages)}")
    trial.require(same(outcome.items, server.through(len(pages))), "the items are not those of the pages")
    trial.require(type(outcome.error).__name__ == "PaginationInvalid", "the circle is no PaginationInvalid")


def _needed(server: Server) -> int:
    """Return how many pages are asked for of a server that may be wrong about their number."""
    empty = number = 0
    while True:
        page = server.page(number)
        number += 1
        empty = 0 if page.items else empty + 1
        if empty > 1 if page.total is not None else empty > 0:
            return number
        if page.total is not None and number >= page.total:
            return number


@law(
    "Pagination",
    "wrong totals end as documented, and never endlessly",
    concerns=_by_number,
    vendor=_too_many,
    examples=20,
)
def test_a_list_that_changes_ends_where_its_latest_page_says(trial: Trial) -> None:
    """A shrinking or growing list, a total that lies: the latest stated number of pages counts.

    Before that, one empty page is passed over, and two in a row are the end; as is one, where no number is stated.
    """
    totals = st.one_of(st.none(), st.integers(-1, 7))
    script = trial.draw(st.lists(st.builds(Page, st.integers(0, 3), totals), min_size=1, max_size=6))
    server = trial.served_by(Server(trial.contract, trial.operation, script))
    needed = _needed(server)
    outcome = trial.call(_least(trial).arguments, server, how="items")
    trial.require(outcome.error is None, "the listing broke off")
    trial.require(len(server.arrivals) == needed, f"{len(server.arrivals)} requests in place of {needed}")
    expected = server.through(min(needed, len(script)))
    trial.require(same(outcome.items, expected), "the items are not those of the pages")


@law("Pagination", "only what is read is fetched, item by item or page by page", concerns=_lists, examples=12)
def test_only_what_is_read_is_fetched(trial: Trial) -> None:
    """`iter_pages` yields the pages as they are; whoever stops early has cost no request that was not needed."""
    counts = trial.draw(st.lists(st.integers(1, 4), min_size=1, max_size=5))
    server = _server(trial, counts)
    pages = trial.draw(st.integers(1, len(counts)))
    if trial.draw(st.booleans()):
        outcome = trial.call(_least(trial).arguments, server, how="pages", most=pages)
        expected: list[Any] = [server.items(page) for page in range(pages)]
    else:
        read = sum(counts[: pages - 1]) + trial.draw(st.integers(1, counts[pages - 1]))
        outcome = trial.call(_least(trial).arguments, server, how="items", most=read)
        expected = server.through(pages)[:read]
    trial.require(outcome.error is None, "the listing broke off")
    trial.require(same(outcome.items, expected), "not what the pages hold")
    trial.require(len(server.arrivals) == pages, f"{len(server.arrivals)} requests in place of {pages}")
