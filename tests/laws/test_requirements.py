"""Each requirement of a law is broken, with its own words, by a client that is wrong in just that.

So a requirement that is dropped, or that compares less than it says, is noticed: the client that was found by it is
found by another one, or by none.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import httpx
import pytest

from tests.laws.laws import WORLDS, all_laws
from tests.laws.subjects import KEY, RELEASE
from tests.laws.trial import Broken
from tests.laws.wrong import (
    ADDED,
    FOUND,
    NO_ERROR,
    TRACED,
    Meddling,
    Wrong,
    after,
    are_in_pieces,
    are_whole,
    asks_twice,
    at_line,
    at_request,
    body,
    cut_by_a_letter,
    have_an_earlier_token,
    header,
    hoards,
    items,
    keeps,
    named_otherwise,
    of_another,
    of_another_place,
    of_more,
    of_more_before,
    of_the_same_twice,
    of_what_was_asked,
    on_the_way,
    over_the_bound,
    path,
    raised,
    retries,
    said,
    second,
    sent,
    turned,
    typed_otherwise,
    url,
    value,
    waits,
    where_answered,
    where_none_is,
    with_arguments,
    with_metadata,
    without,
    without_filters,
    without_the_place,
    without_the_rule,
)

pytestmark = pytest.mark.skipif(RELEASE != "1.0.0", reason="the newest SDK is the one subject of its process")

EFFORT = 20


@pytest.fixture(autouse=True)
def _untraced() -> Any:
    """Remove the traces."""
    yield
    for arguments in TRACED:
        for values in arguments.values():
            if isinstance(values, dict):
                values.pop("trace", None)
    TRACED.clear()


class Row(NamedTuple):
    """A requirement, and the client that it finds."""

    claim: str
    operation: str
    note: str
    wrong: Wrong


ARRIVES, ARRIVES_TOO = "a request on a bound arrives as it was given", "any valid request arrives as it was given"
MODEL = "a model arrives as the mapping that it was made of"
REFUSED = "a request beyond a bound is refused, unsent"
REFUSED_TOO = "any request that breaks a rule is refused, unsent"
NONE = "an argument that is None is not sent"
NO_SEGMENT = "an identifier that can be no path segment is refused"
SEGMENT = "any other identifier is one path segment, and reads back equal"
SECRET = "the key is in its header and nowhere else"
PARTS = "the parts are those that the document demands"
LARGE = "a large upload stays in constant memory"
FILE = "any file arrives whole, and its name injects nothing"
EVERY = "every item once, in order, in as many requests as pages"
TOKEN = "whatever a token holds, it comes back as it was given"
EMPTY = "an empty page ends a listing that states no total"
FAILED = "an error on a page is raised after the items before it"
CIRCLE = "a token that comes again is an error, never a circle"
TOTALS = "wrong totals end as documented, and never endlessly"
READ = "only what is read is fetched, item by item or page by page"
ANSWER = "every valid answer is read, and nothing is lost"
SILENT = "any empty success will do where none has a body"
DOCUMENTED = "a documented refusal is its own error, and says why"
UNDOCUMENTED = "a refusal that nobody documented is its own error"
UNREAD = "an answer that cannot be read is an error of its own"
AGAIN = "a request that was refused arrives again as it was"
OFTEN = "what fails is sent again where that is safe, as often as asked"
OTHER = "a reader that is not ours finds in the bytes what was given"
EVENTS = "the events that were sent arrive, however they are cut"
EARLY = "a stream that ends early is an error"
BAD = "what is wrong is its own error, after all before it"
TWICE = after(lambda outcome: outcome.requests.extend(outcome.requests[-1:]))
FEWER = after(lambda outcome: outcome.requests.__delitem__(slice(-1, None)))
CHANGED = "the call has changed its arguments"
ROWS = (
    *(Row(claim, "tasks.list", CHANGED, keeps) for claim in (ARRIVES, ARRIVES_TOO)),
    *(Row(claim, "tasks.list", "a valid request was refused", FOUND) for claim in (ARRIVES, ARRIVES_TOO)),
    *(Row(claim, "tasks.list", "2 requests in place of one", TWICE) for claim in (ARRIVES, ARRIVES_TOO)),
    *(Row(claim, "tasks.list", "the request reached indexes", sent(path(lambda _: "/v1.3/indexes")))
      for claim in (ARRIVES, ARRIVES_TOO)),
    *(Row(claim, "tasks.list", "what was sent breaks the contract", sent(ADDED)) for claim in (ARRIVES, ARRIVES_TOO)),
    *(Row(claim, "tasks.list", "in place of what was given", with_arguments(lambda given: given.update(query={})))
      for claim in (ARRIVES, ARRIVES_TOO)),
    Row(MODEL, "indexes.create", CHANGED, keeps),
    Row(MODEL, "indexes.create", "a valid request was refused", FOUND),
    Row(MODEL, "indexes.create", "in place of what was given", sent(body(lambda held: b'{"more": 1, ' + held[1:]))),
    *(
        Row(claim, "indexes.create", note, wrong)
        for claim in (REFUSED, REFUSED_TOO)
        for note, wrong in (
            ("it was sent", after(lambda outcome: outcome.requests.append(httpx.Request("GET", "https://any.test")))),
            ("it was not refused", NO_ERROR),
            ("it was refused for another reason", raised(TypeError("another reason"))),
            ("the refusal does not name parameter and rule", said(without_the_rule)),
            ("the refusal does not name parameter and rule", said(without_the_place)),
            ("the refusal tells", said(of_another)),
            ("the refusal tells", said(of_more)),
            ("the refusal tells", said(of_more_before)),
            ("the refusal tells", said(of_the_same_twice)),
        )
    ),
    Row(NONE, "tasks.list", "None was refused", where_none_is(given=True, wrong=FOUND)),
    Row(NONE, "tasks.list", "None was refused", where_none_is(given=False, wrong=FOUND)),
    Row(NONE, "tasks.list", "it arrived as", where_none_is(given=True, wrong=sent(url(
        lambda held: held.copy_set_param("page", "7"))))),
    Row(NO_SEGMENT, "tasks.retrieve", "it was sent", after(
        lambda outcome: outcome.requests.append(httpx.Request("GET", "https://any.test")))),
    Row(NO_SEGMENT, "tasks.retrieve", "the refusal does not name the parameter", NO_ERROR),
    Row(NO_SEGMENT, "tasks.retrieve", "the refusal does not name the parameter", raised(ValueError("task_id"))),
    Row(SEGMENT, "tasks.retrieve", "it was refused", FOUND),
    Row(SEGMENT, "tasks.retrieve", "the URL has a fragment", sent(url(lambda held: held.copy_with(fragment="a")))),
    Row(SEGMENT, "tasks.retrieve", "the path has [0-9]+ segments", sent(path(lambda held: f"{held}/more"))),
    Row(SEGMENT, "tasks.retrieve", "arrived in place of", sent(path(lambda held: f"{held}x"))),
    Row(SEGMENT, "tasks.retrieve", "'task' arrived in place of 'tasks'", sent(path(
        lambda held: held.replace("/tasks/", "/task/")))),
    Row(SECRET, "tasks.list", "nothing was sent", FEWER),
    Row(SECRET, "tasks.list", r"the key is in \[\]", sent(header("x-api-key", "other"))),
    Row(SECRET, "tasks.list", r"the key is in \[.*'x-more'", sent(header("x-more", f"Bearer {KEY}"))),
    Row(SECRET, "tasks.list", "the key is in the URL", sent(url(lambda held: held.copy_add_param("key", KEY)))),
    Row(SECRET, "indexes.create", "the key is in the body", sent(body(lambda held: held + KEY.encode()))),
    Row(PARTS, "assets.create", "a valid form was refused", FOUND),
    Row(PARTS, "assets.create", "the body cannot be read", sent(body(lambda _: b"x"))),
    Row(PARTS, "assets.create", "parts .*, of", with_arguments(turned)),
    Row(PARTS, "assets.create", "arrived in place of", sent(body(
        lambda held: re.sub(rb"(name=\"method\"\r\n\r\n)[a-z]", rb"\1x", held)))),
    Row(PARTS, "assets.create", "arrived in place of", sent(body(
        lambda held: held.replace(b'name="method"', b'name="method"; filename="blob"')))),
    *(Row(claim, "assets.create", "arrived in place of", sent(body(change)))
      for claim in (PARTS, FILE) for change in (typed_otherwise, named_otherwise, cut_by_a_letter)),
    Row(PARTS, "assets.create", "headers", sent(body(
        lambda held: held.replace(b"Content-Disposition", b"X-More: 1\r\nContent-Disposition")))),
    Row(FILE, "assets.create", "[0-9]+ parts: ", with_arguments(turned)),
    Row(FILE, "assets.create", "headers", sent(body(
        lambda held: held.replace(b"Content-Disposition", b"X-More: 1\r\nContent-Disposition")))),
    Row(LARGE, "assets.create", "bytes of memory were in use", hoards),
    Row(LARGE, "assets.create", "the upload was refused", FOUND),
    Row(LARGE, "assets.create", "the length is wrong", after(
        lambda outcome: outcome.requests[0].headers.update({"content-length": "7"}))),
    Row(EVERY, "tasks.list", "the listing broke off", FOUND),
    Row(EVERY, "tasks.list", "the items are not those of the pages", items(lambda held: [*held[::-1], 1])),
    Row(EVERY, "tasks.list", "[0-9]+ requests in place of [0-9]+$", asks_twice),
    Row(EVERY, "tasks.list", "page 1 was asked for from indexes.list", on_the_way(path(lambda _: "/v1.3/indexes"))),
    Row(EVERY, "tasks.list", "for page [0-9], .* arrived in place of", on_the_way(url(
        lambda held: held.copy_set_param("page_limit", "49")))),
    *(Row(EVERY, "tasks.list", f"for page {number}, .* arrived in place of", at_request(number, url(without_filters)))
      for number in (1, 2, 3, 5)),
    Row(EVERY, "search.create", "for page 1, .* arrived in place of", with_arguments(
        lambda given: given["body"].update(page_limit=49))),
    Row(TOKEN, "search.create", "the listing broke off", FOUND),
    Row(TOKEN, "search.create", "the items are not those of the pages", items(lambda held: held[1:])),
    Row(TOKEN, "search.create", "for page 2, .* arrived in place of", on_the_way(with_metadata)),
    Row(EMPTY, "tasks.list", "the listing broke off", FOUND),
    Row(EMPTY, "tasks.list", "the items are not those of the pages", items(lambda held: [*held, 1])),
    Row(EMPTY, "tasks.list", "[0-9]+ requests in place of", asks_twice),
    Row(FAILED, "tasks.list", "not the items of the [0-9] pages before", items(lambda held: [*held, 1])),
    Row(FAILED, "tasks.list", "the error was swallowed", NO_ERROR),
    Row(FAILED, "tasks.list", "the error has status None", FOUND),
    Row(FAILED, "tasks.list", "[0-9]+ requests in place of", asks_twice),
    Row(CIRCLE, "search.create", "[0-9]+ requests in place of", asks_twice),
    Row(CIRCLE, "search.create", "the items are not those of the pages", items(lambda held: [*held, 1])),
    Row(CIRCLE, "search.create", "the circle is no PaginationInvalid", FOUND),
    Row(CIRCLE, "search.create", "the circle is no PaginationInvalid", where_answered(have_an_earlier_token, NO_ERROR)),
    Row(TOTALS, "tasks.list", "the listing broke off", FOUND),
    Row(TOTALS, "tasks.list", "[0-9]+ requests in place of", asks_twice),
    Row(TOTALS, "tasks.list", "the items are not those of the pages", items(lambda held: [*held, 1])),
    Row(READ, "tasks.list", "the listing broke off", FOUND),
    Row(READ, "tasks.list", "not what the pages hold", items(lambda held: [*held, 1])),
    Row(READ, "tasks.list", "[0-9]+ requests in place of", asks_twice),
    Row(ANSWER, "tasks.retrieve", "a valid answer was refused", FOUND),
    Row(ANSWER, "tasks.retrieve", "was read$", value(lambda held: {**held, "more": 1})),
    Row(ANSWER, "analyze_async.batches.results", "was read$", items(lambda held: [*held, 1])),
    Row(SILENT, "tasks.delete", "an empty success was refused", FOUND),
    Row(SILENT, "tasks.delete", "an empty success was refused", value(lambda _: "")),
    Row(SILENT, "tasks.delete", "2 requests in place of one", TWICE),
    *(
        Row(claim, "tasks.list", note, wrong)
        for claim in (DOCUMENTED, UNDOCUMENTED)
        for note, wrong in (
            ("the refusal was taken for a success", NO_ERROR),
            ("the error is a ValueError, not a", FOUND),
            ("the error has another status", said(lambda error: (str(error), {"status_code": 200}))),
            ("the status is not in the text", said(lambda _: ("none", {}))),
            ("2 requests in place of one", TWICE),
        )
    ),
    Row(DOCUMENTED, "tasks.list", "the error does not hold the body", said(
        lambda error: (str(error), {"body": {**error.body, "more": 1}}))),
    Row(DOCUMENTED, "tasks.list", "the code is not in the text", said(without("code"))),
    Row(DOCUMENTED, "tasks.list", "the message is not in the text", said(without("message"))),
    Row(UNREAD, "tasks.retrieve", "the answer was not refused as ResponseInvalid", NO_ERROR),
    Row(UNREAD, "tasks.retrieve", "the answer was not refused as ResponseInvalid", FOUND),
    Row(UNREAD, "tasks.retrieve", "the error has another status", said(
        lambda error: (str(error), {"status_code": 500}))),
    Row(AGAIN, "indexes.create", "[13] attempts in place of 2", TWICE),
    *(
        Row(AGAIN, "indexes.create", f"the second attempt has another {what}", second(**parts))
        for what, parts in (
            ("method", {"method": "PUT"}),
            ("URL", {"url": "https://api.twelvelabs.io/v1.3/index"}),
            ("body", {"content": b"{}"}),
            ("header", {"headers": {"x-api-key": KEY}}),
        )
    ),
    Row(AGAIN, "indexes.create", "the second attempt has another timeout", after(
        lambda outcome: outcome.requests[1].extensions.update(timeout={"read": 1.0}))),
    Row(AGAIN, "indexes.create", "it waited", waits(lambda held: [wait + 1 for wait in held])),
    Row(AGAIN, "indexes.create", "it waited", waits(lambda held: [0.0 for _ in held])),
    Row(AGAIN, "indexes.create", "it waited", waits(lambda held: [wait / 2 for wait in held])),
    Row(AGAIN, "indexes.create", "it waited", waits(lambda held: [*held, 0.0])),
    Row(AGAIN, "indexes.create", "it waited", waits(lambda _: [])),
    Row(AGAIN, "indexes.create", "the answer to the second attempt was refused", FOUND),
    Row(OFTEN, "tasks.retrieve", "[0-9]+ attempts in place of", TWICE),
    *(Row(OFTEN, "tasks.retrieve", f"{count} attempts in place of 3", retries(by_default=count - 1))
      for count in (1, 2, 4)),
    *(
        Row(OFTEN, "tasks.retrieve", "the attempts are not the same", second(**parts))
        for parts in (
            {"method": "PUT"},
            {"url": "https://api.twelvelabs.io/v1.3/task"},
            {"content": b"x"},
            {"headers": {"x-api-key": KEY}},
            {"extensions": {"timeout": {"read": 1.0}}},
        )
    ),
    Row(OFTEN, "tasks.retrieve", "no error was raised", NO_ERROR),
    Row(OFTEN, "tasks.retrieve", "it waited", waits(lambda held: [-1.0 for _ in held])),
    *(Row(OFTEN, "tasks.retrieve", "it waited", over_the_bound(number)) for number in range(3)),
    *(Row(OFTEN, "tasks.retrieve", "it waited", of_what_was_asked(times)) for times in (0, 0.5, 2)),
    Row(OFTEN, "tasks.retrieve", "it waited", waits(lambda held: [*held, 0.0])),
    Row(OFTEN, "tasks.retrieve", "it waited", waits(lambda held: held[:-1])),
    Row(OFTEN, "tasks.retrieve", "it waited", waits(lambda _: [])),
    Row(OTHER, "tasks.list", "2 requests in place of one", TWICE),
    Row(OTHER, "tasks.retrieve", "is in the path in place of", sent(path(lambda held: f"{held}x"))),
    Row(OTHER, "tasks.list", "in the query in place of", sent(url(lambda held: held.copy_with(query=None)))),
    Row(EVENTS, "analyze", "the stream broke off", FOUND),
    *(Row(EVENTS, "analyze", "[0-9]+ of [0-9]+ events arrived", where_answered(
        condition, items(lambda held: [*held, 1]))) for condition in (are_in_pieces, are_whole)),
    Row(EARLY, "analyze", "[0-9]+ events were delivered", items(lambda held: [*held, 1])),
    Row(EARLY, "analyze", "no error was raised", NO_ERROR),
    *(Row(EARLY, "analyze", "the error tells", said(change))
      for change in (of_another, of_another_place, of_more_before)),
    *(Row(EARLY, "analyze", "no error was raised", where_answered(condition, NO_ERROR))
      for condition in (are_in_pieces, are_whole)),
    Row(BAD, "analyze", "[0-9]+ events were delivered", items(lambda held: [*held, 1])),
    Row(BAD, "analyze", "no error was raised", NO_ERROR),
    Row(BAD, "analyze", "the error is no StreamInvalid", FOUND),
    *(Row(BAD, "analyze", "the error tells", said(change))
      for change in (of_another, of_another_place, of_more_before)),
    *(Row(BAD, "analyze", "no error was raised", where_answered(condition, NO_ERROR))
      for condition in (are_in_pieces, are_whole)),
    Row(BAD, "analyze", "the error does not name line", said(lambda _: ("none", {}))),
    *(Row(BAD, "analyze", "the error does not name line", said(at_line(number))) for number in (1, 10)),
)  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.claim}: {row.note}" for row in ROWS])
def test_a_client_that_is_wrong_is_found_by_the_requirement_that_it_breaks(row: Row) -> None:
    law = next(law for law in all_laws() if law.claim == row.claim)
    operation = WORLDS[0].contract.operation(row.operation)
    with pytest.raises(Broken) as broken:
        law.run(WORLDS[0], operation, Meddling(row.wrong), shrink=False, effort=EFFORT)
    assert re.search(row.note, broken.value.note), broken.value.note
