"""What is remembered of a small API: shelves, which hold books and have a part of their own; a book is a job."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any, cast

import pytest

from apicontract.openapi.document import Document
from apicontract.responder import StatefulResponder
from apicontract.responder import state as module
from apicontract.responder.resources import Resources
from apicontract.responder.webhooks import example_of
from apicontract.server import Webhooks
from apicontract.wire.messages import Request
from twelvelabs_contract import Contract

TEXT = {"type": "string"}
SHELF = {"type": "object", "properties": {"id": TEXT, "name": TEXT, "open_hours": {"type": "object"}, "size": {}}}
BOOK: dict[str, Any] = {
    "type": "object",
    "properties": {
        "id": TEXT,
        "title": TEXT,
        "pages": {"type": "integer"},
        "state": {"enum": ["ordered", "bound", "ready", "lost"]},
    },
}
SHELF_ID, BOOK_ID = ({"name": name, "in": "path", "required": True, "schema": TEXT} for name in ("shelf", "book"))
PAGE = {"name": "page", "in": "query", "schema": {"type": "integer", "maximum": 99}}
LIMIT = {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 0, "maximum": 50, "default": 2}}
PAGED = {"style": "page", "parameter": "page", "items": "/data", "total_pages": "/pages"}


def _json(schema: Any, **more: Any) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema, **more}}}


def _called(name: str, parameters: list[Any], status: str, schema: Any = None, **more: Any) -> dict[str, Any]:
    example, links, body = (cast("Any", more.pop(key, None)) for key in ("example", "links", "body"))
    answer: dict[str, Any] = {"description": ""}
    if schema is not None:
        answer |= _json(schema, **({} if example is None else {"example": example}))
    if links is not None:
        answer["links"] = links
    set_by_the_api = {"id", "state"}
    if body is not None:
        body = {**body, "properties": {n: s for n, s in body.get("properties", {}).items() if n not in set_by_the_api}}
    given = {} if body is None else {"requestBody": _json(body)}
    return {"operationId": name, "parameters": parameters, "responses": {status: answer}, **given, **more}


def _list(of: Any, **more: Any) -> Any:
    return {"type": "object", "properties": {"data": {"type": "array", "items": of}, **more}}


def contract_of(*, sized: bool = False, other_list: bool = False) -> Contract:
    shelf_link = {"it": {"operationId": "shelf", "parameters": {"shelf": "$response.body#/id"}}}
    book_link = {
        "it": {"operationId": "book", "parameters": {"shelf": "$request.path.shelf", "book": "$response.body#/id"}}
    }
    waiting = {"method": "w", "status": "/state", "done": ["ready"], "failed": ["lost"], "interval": 1}
    shelf, book = {"id": "shelf-0123456789", "name": "n"}, {"id": "book-0123456789", "title": "t", "state": "ordered"}
    number = {"type": "integer"}
    more = {"others": {"type": "array", "items": TEXT}} if other_list else {}
    paths = {
        "/shelves": {
            "post": _called("add_shelf", [], "201", SHELF, example=shelf, links=shelf_link, body=SHELF),
            "get": _called(
                "shelves",
                [PAGE, LIMIT] if sized else [PAGE],
                "200",
                _list(SHELF, pages=number),
                example={"data": [shelf], "pages": 1},
                **{"x-pagination": PAGED},
            ),
        },
        "/shelves/{shelf}": {
            "get": _called("shelf", [SHELF_ID], "200", SHELF, example=shelf),
            "patch": _called("change_shelf", [SHELF_ID], "204", body=SHELF),
            "put": _called("replace_shelf", [SHELF_ID], "204", body=SHELF),
            "delete": _called("drop_shelf", [SHELF_ID], "204"),
        },
        "/shelves/{shelf}/open-hours": {
            "put": _called("set_hours", [SHELF_ID], "204", body={"type": "object"}),
            "delete": _called("drop_hours", [SHELF_ID], "204"),
        },
        "/shelves/{shelf}/books": {
            "post": _called("add_book", [SHELF_ID], "201", BOOK, example=book, links=book_link, body=BOOK),
            "get": _called(
                "books",
                [
                    SHELF_ID,
                    *({"name": n, "in": "query", "schema": BOOK["properties"][n]} for n in ("title", "pages")),
                    {"name": "id", "in": "query", "schema": {"type": "array", "items": TEXT}},
                    {"name": "shelf", "in": "query", "schema": TEXT},
                ],
                "200",
                _list(BOOK, **more),
                example={"data": [book]},
            ),
        },
        "/shelves/{shelf}/books/{book}": {
            "get": _called("book", [SHELF_ID, BOOK_ID], "200", BOOK, example=book, **{"x-waiting": waiting}),
            "delete": _called("drop_book", [SHELF_ID, BOOK_ID], "204"),
        },
    }
    event = {
        **_called("told", [], "2XX", body={"type": "object", "properties": {"number": TEXT, "book": BOOK}}),
        "x-event": {"operation": "book", "status": "ready", "id": "/number", "job": "/book/id"},
    }
    event["requestBody"]["content"]["application/json"]["example"] = {"number": "event-0123456789", "book": {}}
    return Contract(Document({"openapi": "3.1.0", "paths": paths, "webhooks": {"told": {"post": event}}}))


class Library:
    """Sends requests to a responder with a clock that stands."""

    def __init__(self, **options: bool) -> None:
        self.state = StatefulResponder(contract_of(**options), job_seconds=10, clock=lambda: 0.0)

    def __call__(self, method: str, path: str, body: Any = None, *, status: int = 2) -> Any:
        fields = {} if body is None else {"content-type": "application/json"}
        sent = Request(method, f"http://localhost{path}", fields, None if body is None else json.dumps(body))
        answer = self.state.respond(sent)
        assert status in (answer.status, answer.status // 100), answer.body
        try:
            return json.loads(answer.body)
        except ValueError:
            return answer.body.decode()

    def shelf(self, **fields: Any) -> str:
        return str(self("POST", "/shelves", fields)["id"])

    def book(self, shelf: str, **fields: Any) -> str:
        return str(self("POST", f"/shelves/{shelf}/books", fields)["id"])


@pytest.mark.parametrize(
    ("sized", "query", "sizes"),
    [
        (False, "", [10, 2]),
        (True, "", [2, 2, 2, 2, 2, 2]),
        (True, "&limit=1", [1] * 12),
        (True, "&limit=5", [5, 5, 2]),
        (True, "&limit=0", [10, 2]),
    ],
)
def test_a_page_has_the_size_that_is_asked_for_else_the_default_else_ten(
    sized: bool, query: str, sizes: list[int]
) -> None:
    """The number of the page has a bound too, and is no size."""
    library = Library(sized=sized)
    made = [library.shelf() for _ in range(12)]
    pages = [library("GET", f"/shelves?page={number}{query}") for number in range(1, len(sizes) + 2)]
    assert [len(page["data"]) for page in pages] == [*sizes, 0]
    assert {page["pages"] for page in pages} == {len(sizes)}
    assert [item["id"] for page in pages for item in page["data"]] == made[::-1]
    for number in (0, -1):
        assert library("GET", f"/shelves?page={number}{query}")["data"] == [], "there is no page before the first"


def test_what_is_missing_is_named_by_its_own_id_the_outermost_first() -> None:
    library = Library()
    shelf = library.shelf()
    assert library("GET", "/shelves/none", status=404) == "shelf: nothing has this id"
    assert library("GET", "/shelves/none/books/none", status=404) == "shelf: nothing has this id"
    assert library("GET", f"/shelves/{shelf}/books/none", status=404) == "book: nothing has this id"


def test_only_what_is_below_is_deleted_too() -> None:
    library = Library()
    one, two = library.shelf(), library.shelf()
    first, second = library.book(one), library.book(one)
    other = library.book(two)
    library("DELETE", f"/shelves/{one}/books/{first}")
    library("GET", f"/shelves/{one}")
    assert [item["id"] for item in library("GET", f"/shelves/{one}/books")["data"]] == [second]
    library("DELETE", f"/shelves/{one}")
    library("GET", f"/shelves/{one}/books/{second}", status=404)
    library("GET", f"/shelves/{two}/books/{other}")
    assert [record["path"] for record in library.state.records()["/shelves/{shelf}"]] == [{"shelf": two}]


def test_a_change_is_merged_one_level_deep_and_a_null_in_it_removes_a_key() -> None:
    library = Library()
    shelf = library.shelf(name="a", open_hours={"monday": "8", "friday": "9", "sunday": {"from": 1, "to": 2}})
    library("PATCH", f"/shelves/{shelf}", {"open_hours": {"friday": None, "sunday": {"to": 3}, "monday": "7"}})
    shown = library("GET", f"/shelves/{shelf}")
    assert (shown["name"], shown["open_hours"]) == ("a", {"monday": "7", "sunday": {"to": 3}})
    library("PUT", f"/shelves/{shelf}", {"open_hours": {"friday": "9"}})
    assert library("GET", f"/shelves/{shelf}")["open_hours"] == {"friday": "9"}


def test_a_change_to_what_counts_as_false_is_no_removal() -> None:
    library = Library()
    shelf = library.shelf(name="a", open_hours={"monday": "8"})
    library(
        "PATCH", f"/shelves/{shelf}", {"name": "", "size": 0, "open_hours": {"monday": "", "friday": 0, "sunday": []}}
    )
    shown = library("GET", f"/shelves/{shelf}")
    assert (shown["name"], shown["size"]) == ("", 0)
    assert shown["open_hours"] == {"monday": "", "friday": 0, "sunday": []}


def test_what_is_created_says_what_it_was_created_below() -> None:
    """If the schema of the response has a place for it; a field of the body of that name goes before."""
    raw = deepcopy(dict(contract_of().document.raw))
    post = raw["paths"]["/shelves/{shelf}/books"]["post"]
    post["responses"]["201"]["content"]["application/json"]["schema"]["properties"]["shelf"] = TEXT
    state = StatefulResponder(Contract(Document(raw)), clock=lambda: 0.0)

    def made(path: str, body: str) -> Any:
        sent = Request("POST", f"http://localhost{path}", {"content-type": "application/json"}, body)
        return json.loads(state.respond(sent).body)

    shelf = made("/shelves", "{}")["id"]
    assert made(f"/shelves/{shelf}/books", '{"title": "x"}')["shelf"] == shelf
    assert made(f"/shelves/{shelf}/books", '{"shelf": "mine"}')["shelf"] == "mine"


def test_a_part_is_given_alone_or_under_its_name() -> None:
    library = Library()
    shelf = library.shelf()
    for body in (
        {"monday": "8"},
        {"open_hours": {"monday": "8"}},
    ):
        library("PUT", f"/shelves/{shelf}/open-hours", body)
        assert library("GET", f"/shelves/{shelf}")["open_hours"] == {"monday": "8"}
    library("PUT", f"/shelves/{shelf}/open-hours", {"open_hours": {}, "monday": "8"})
    assert library("GET", f"/shelves/{shelf}")["open_hours"] == {"open_hours": {}, "monday": "8"}
    library("DELETE", f"/shelves/{shelf}/open-hours")
    assert library("GET", f"/shelves/{shelf}")["open_hours"] == {}


def test_a_listing_is_filtered_by_strings_alone() -> None:
    """Whether a number is meant as a bound or as a value, the document does not say."""
    library = Library()
    shelf = library.shelf()
    for title, pages in (("a", 1), ("b", 2)):
        library.book(shelf, title=title, pages=pages)
    for query, titles in (("", ["b", "a"]), ("?title=a", ["a"]), ("?pages=1", ["b", "a"]), ("?title=c", [])):
        assert [item["title"] for item in library("GET", f"/shelves/{shelf}/books{query}")["data"]] == titles


def test_a_listing_is_filtered_by_strings_that_are_whole() -> None:
    """A list has all that are wanted; a string that an item does not have says nothing."""
    library = Library()
    shelf = library.shelf()
    names = ("clip.mp4", "p.mp4", "Clip.mp4", "")
    clip, p, capital, empty = (library.book(shelf, title=title, pages=1) for title in names)
    for query, kept in (
        ("", [empty, capital, p, clip]),
        ("?title=clip.mp4", [clip]),
        ("?title=p.mp4", [p]),
        ("?title=Clip.mp4", [capital]),
        ("?title=.mp4", []),
        ("?title=", [empty]),
        ("?pages=2&title=p.mp4", [p]),
        (f"?id={clip}", [clip]),
        (f"?id={clip}&id={capital}", [capital, clip]),
        (f"?id={clip}&id={capital}&title=clip.mp4", [clip]),
        (f"?id={clip[:-1]}", []),
        (f"?id={clip}0", []),
        ("?shelf=other", [empty, capital, p, clip]),
    ):
        assert [item["id"] for item in library("GET", f"/shelves/{shelf}/books{query}")["data"]] == kept, query


def test_which_of_several_lists_has_the_items_is_not_guessed() -> None:
    """So the listing is the documented example."""
    library = Library(other_list=True)
    shelf = library.shelf()
    library.book(shelf, title="mine")
    assert library("GET", f"/shelves/{shelf}/books")["data"] == [
        {"id": "book-0123456789", "title": "t", "state": "ordered"}
    ]


@pytest.mark.parametrize(
    ("passed", "state"), [(0, "ordered"), (4.9, "ordered"), (5, "bound"), (9.9, "bound"), (10, "ready"), (11, "ready")]
)
def test_each_status_of_a_job_lasts_as_long_and_the_last_begins_on_time(passed: float, state: str) -> None:
    library = Library()
    shelf = library.shelf()
    book = library.book(shelf)
    library.state.advance(0)
    library.state.advance(passed)
    assert library("GET", f"/shelves/{shelf}/books/{book}")["state"] == state
    assert library("GET", f"/shelves/{shelf}/books")["data"][0]["state"] == state
    assert library.state.records()["/shelves/{shelf}/books/{book}"][0]["status"] == state
    assert [ended.payload["book"]["id"] for ended in library.state.events()] == [book] * (state == "ready")


def test_what_was_seen_before_is_seen_anew_after_each_change() -> None:
    """By each operation that shows it, whatever passes: time, a change, a part that is set, another item, an end."""
    library = Library()
    shelf = library.shelf(name="first")
    book, other = library.book(shelf, title="one"), library.book(shelf, title="two")
    books, shelves = f"/shelves/{shelf}/books", "/shelves"
    for seconds, state in ((0, "ordered"), (5, "bound"), (5, "ready"), (5, "ready")):
        library.state.advance(seconds)
        assert [item["state"] for item in library("GET", books)["data"]] == [state, state]
        assert library("GET", f"{books}/{book}")["state"] == state
    for name in ("second", "first", ""):
        library("PATCH", f"/shelves/{shelf}", {"name": name})
        assert library("GET", shelves)["data"][0]["name"] == name == library("GET", f"/shelves/{shelf}")["name"]
    late = library.book(shelf, title="three")
    assert [item["id"] for item in library("GET", books)["data"]] == [late, other, book]
    library("DELETE", f"{books}/{book}")
    assert [item["title"] for item in library("GET", books)["data"]] == ["three", "two"]
    library.state.end(late, "lost")
    assert [item["state"] for item in library("GET", books)["data"]] == ["lost", "ready"]
    assert library("GET", f"{books}/{late}")["state"] == "lost"


def test_the_next_end_is_that_of_the_earliest_job_and_never_past() -> None:
    library = Library()
    shelf = library.shelf()
    assert library.state.next_end() is None
    library.book(shelf)
    library.state.advance(4)
    library.book(shelf)
    assert library.state.next_end() == 6
    library.state.advance(7)
    assert library.state.next_end() == 0
    assert len(library.state.events()) == 1
    assert library.state.next_end() == 3


def test_a_job_that_was_deleted_cannot_be_ended_and_sends_nothing() -> None:
    library = Library()
    shelf = library.shelf()
    book = library.book(shelf)
    with pytest.raises(LookupError, match=r"^'bound' ends no job; known are ready, lost$"):
        library.state.end(book, "bound")
    library("DELETE", f"/shelves/{shelf}/books/{book}")
    with pytest.raises(LookupError, match=f"^no job '{book}'$"):
        library.state.end(book, "ready")
    assert (library.state.events(), library.state.next_end()) == ([], None)
    library.state.advance(100)
    assert (library.state.events(), library.state.next_end()) == ([], None)


@pytest.mark.parametrize("below", [True, False], ids=["itself", "with what it is below"])
@pytest.mark.parametrize("asked", [True, False], ids=["asked before its end", "asked afterwards alone"])
def test_a_job_that_was_deleted_before_its_end_sends_nothing_then(below: bool, asked: bool) -> None:
    """However many others end at that time, which do, in the order in which they were created."""
    library = Library()
    gone, kept = library.shelf(), library.shelf()
    first, deleted, last = library.book(kept), library.book(gone), library.book(kept)
    library.state.advance(4)
    library("DELETE", f"/shelves/{gone}/books/{deleted}" if below else f"/shelves/{gone}")
    if asked:
        assert library.state.events() == []
    library.state.advance(6)
    assert [ended.payload["book"]["id"] for ended in library.state.events()] == [first, last]
    assert (library.state.events(), library.state.next_end()) == ([], None)


@pytest.mark.parametrize(("status", "sent"), [("ready", 1), ("lost", 0)])
def test_a_job_that_is_ended_sends_what_the_document_has_for_that_status_once(status: str, sent: int) -> None:
    library = Library()
    shelf = library.shelf()
    book, other = library.book(shelf), library.book(shelf)
    library.state.end(book, status)
    sent_books = [ended.payload["book"] for ended in library.state.events()]
    assert sent_books == [{"id": book, "state": status}] * sent
    assert library.state.events() == []
    library.state.advance(10)
    assert [ended.payload["book"]["id"] for ended in library.state.events()] == [other]


def test_a_reset_begins_ids_and_clock_anew() -> None:
    library = Library()
    shelf = library.shelf()
    library.book(shelf)
    library.state.advance(10**9)
    library.state.reset()
    assert (library.state.records(), library.state.next_end()) == ({}, None)
    assert library.shelf() == shelf
    library.state.advance(10**9)


def test_an_event_of_what_is_no_job_is_never_sent_nor_waited_for() -> None:
    raw = deepcopy(dict(contract_of().document.raw))
    raw["webhooks"]["told"]["post"]["x-event"]["operation"] = "shelf"
    state = StatefulResponder(Contract(Document(raw)), job_seconds=10, clock=lambda: 0.0)
    sent = Request("POST", "http://localhost/shelves", {"content-type": "application/json"}, "{}")
    assert state.respond(sent).status == 201
    state.advance(10)
    assert (state.next_end(), state.events(), state.job_events.paths) == (None, [], frozenset())


@pytest.mark.parametrize(
    ("signed", "jobs", "needed"),
    [
        ((), ("told", "lost"), False),
        (("told",), ("told", "lost"), True),
        (("lost",), ("told", "lost"), True),
        (("told", "lost"), ("told", "lost"), True),
        (("told",), ("lost",), False),
        (("lost",), ("lost",), True),
        (("told", "lost"), (), False),
    ],
)
def test_a_secret_is_needed_if_any_event_of_a_job_is_signed(
    signed: tuple[str, ...], jobs: tuple[str, ...], needed: bool
) -> None:
    """An event of what is no job is never sent, signed or not."""
    raw = deepcopy(dict(contract_of().document.raw))
    scheme = {"algorithm": "hmac-sha256", "signature": "v1", "signed": "{body}"}
    raw["components"] = {
        "securitySchemes": {"Signed": {"type": "apiKey", "in": "header", "name": "x-sign", "x-signature": scheme}}
    }
    told = raw["webhooks"]["told"]["post"]
    raw["webhooks"]["lost"] = {"post": {**deepcopy(told), "operationId": "lost"}}
    raw["webhooks"]["lost"]["post"]["x-event"]["status"] = "lost"
    for name, one in raw["webhooks"].items():
        one["post"]["security"] = [{"Signed": []}] if name in signed else []
        if name not in jobs:
            one["post"]["x-event"]["operation"] = "shelf"
    state = StatefulResponder(Contract(Document(raw)))
    assert state.job_events.signed is needed
    if needed:
        with pytest.raises(ValueError, match="the events are signed: give the secret"):
            Webhooks(state, "http://hook.test/", report=print)
    else:
        Webhooks(state, "http://hook.test/", report=print)


@pytest.mark.parametrize("most", [1, 2])
def test_the_last_that_is_kept_is_the_one_on_the_limit(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", most)
    library = Library()
    for _ in range(most):
        library.shelf()
    said = library("POST", "/shelves", {}, status=503)
    assert said == f"{most} resources were created, which is the maximum"


def test_what_was_deleted_counts_as_created(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is remembered, so that it stays deleted."""
    monkeypatch.setattr(module, "MOST", 2)
    library = Library()
    for _ in range(2):
        shelf = library.shelf()
        library("DELETE", f"/shelves/{shelf}")
        library("GET", f"/shelves/{shelf}", status=404)
    library("POST", "/shelves", {}, status=503)


@pytest.mark.parametrize("seconds", [float("nan"), float("inf"), -0.1, -float("inf"), 10**9 + 1])
def test_a_clock_that_cannot_be_moved_stays(seconds: float) -> None:
    library = Library()
    library.book(library.shelf())
    library.state.advance(4)
    with pytest.raises(ValueError, match="the clock goes"):
        library.state.advance(seconds)
    assert library.state.next_end() == 6


def test_what_can_be_set_is_in_a_body_that_creates_or_changes_or_is_a_part() -> None:
    found = Resources(contract_of()).all
    assert found["/shelves/{shelf}"].settable == {"name": None, "open_hours": None, "size": None}
    assert found["/shelves/{shelf}/books/{book}"].settable == {"title": None, "pages": None}
    size = {"type": "integer", "default": 5}
    body = {"requestBody": _json({"type": "object", "properties": {"size": size, "more": size}})}
    first = _json({"type": "object", "properties": {"size": {**size, "default": 7}}})
    link = {"it": {"operationId": "a", "parameters": {"a": "$response.body#/id"}}}
    one = {"name": "a", "in": "path", "required": True, "schema": TEXT}
    paths = {
        "/as": {"post": {**_called("add", [], "201", SHELF, links=link), "requestBody": first}},
        "/as/{a}": {"get": _called("a", [one], "200", SHELF), "put": {**_called("put", [one], "200"), **body}},
        "/as/{a}/{b}": {"put": {**_called("b", [one, {**one, "name": "b"}], "200"), **_json({})}},
        "/as/{a}/is-open": {"get": _called("open", [one], "200")},
    }
    contract = Contract(Document({"openapi": "3.1.0", "paths": paths}))
    assert Resources(contract).all["/as/{a}"].settable == {"size": 7, "more": 5}


def test_a_response_that_links_to_more_creates_that_too_with_its_id_alone() -> None:
    """The second one has what its path says, and nothing of the request."""
    both = {"type": "object", "properties": {"id": TEXT, "asset": TEXT, "name": TEXT}}
    named = {"type": "object", "properties": {"name": TEXT}}
    asset = {"asset": {"operationId": "asset", "parameters": {"asset": "$response.body#/asset"}}}
    upload = {"upload": {"operationId": "upload", "parameters": {"upload": "$response.body#/id"}}}
    own = {"asset": {"operationId": "asset", "parameters": {"asset": "$response.body#/id"}}}
    ids = [{"name": name, "in": "path", "required": True, "schema": TEXT} for name in ("asset", "upload")]
    example = {"id": "u-0123456789", "asset": "asset-0123456789", "name": "n"}
    paths = {
        "/assets": {"post": _called("add_asset", [], "201", both, example=example, links=own, body=named)},
        "/assets/{asset}": {"get": _called("asset", ids[:1], "200", both, example=example)},
        "/uploads": {"post": _called("add_upload", [], "201", both, example=example, links=upload | asset, body=named)},
        "/uploads/{upload}": {"get": _called("upload", ids[1:], "200", both, example=example)},
    }
    contract = Contract(Document({"openapi": "3.1.0", "paths": paths}))
    seen: list[dict[str, Any]] = []
    for seed in (0, 0, 1):
        state = StatefulResponder(contract, seed=seed)
        fields = {"content-type": "application/json"}
        made = json.loads(state.respond(Request("POST", "http://localhost/uploads", fields, '{"name": "x"}')).body)
        records = state.records()
        assert [one["fields"] for one in records["/assets/{asset}"]] == [{"id": made["asset"]}]
        assert [one["fields"] for one in records["/uploads/{upload}"]] == [made | {"name": "x"}]
        assert made["id"].startswith("u-")
        assert made["asset"].startswith("asset-")
        assert made["id"] != example["id"]
        seen.append(made)
    assert seen[0] == seen[1]
    assert seen[1]["id"] != seen[2]["id"], "another seed has other ids"


def test_a_job_has_the_statuses_in_their_order_and_ends_with_the_first_that_is_done() -> None:
    assert Resources(contract_of()).all["/shelves/{shelf}/books/{book}"].statuses == ("ordered", "bound", "ready")
    raw = deepcopy(contract_of().document.raw)
    raw["paths"]["/shelves/{shelf}/books/{book}"]["get"]["x-waiting"]["done"] = ["ready", "bound"]
    found = Resources(Contract(Document(raw))).all["/shelves/{shelf}/books/{book}"]
    assert found.statuses == ("ordered", "ready")


@pytest.mark.parametrize(
    ("examples", "payload"),
    [
        ([{"number": 5}, {"number": "x"}, {"number": "y"}], {"number": "x"}),
        ([{"number": 5}], {}),
        ([], {}),
    ],
)
def test_the_payload_of_a_webhook_is_the_first_example_that_fits(examples: list[Any], payload: Any) -> None:
    raw = deepcopy(contract_of().document.raw)
    content = raw["webhooks"]["told"]["post"]["requestBody"]["content"]["application/json"]
    del content["example"]
    content["examples"] = {str(at): {"value": value} for at, value in enumerate(examples)}
    contract = Contract(Document(raw))
    assert example_of(contract, contract.webhook("told")) == payload
