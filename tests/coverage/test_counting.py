"""The cells that an exchange exercises: conforming or not, complete or not, a page, a stream."""

from __future__ import annotations

import json
from functools import reduce
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apicontract.coverage import Coverage, Figure, Found, Hit, Origin
from apicontract.openapi.document import Document
from tests.coverage.documents import BASE, answer, body, cases, document, get, hit, post, query
from twelvelabs_contract import Contract, Headers, Request, Response, Violation

LIMIT = {"type": "integer", "minimum": 1, "maximum": 50}
OK = {"200": {"description": "Done.", "content": {"application/json": {"schema": {"type": "object"}}}}}


def test_a_request_that_does_not_conform_counts_for_its_refusals_alone() -> None:
    coverage = Coverage(document(query(limit=LIMIT, page=LIMIT)))
    coverage.exchange(get("limit=51&page=1"))
    assert hit(coverage) == {"query.limit: max + 1 = 51 !"}


def test_what_does_not_conform_is_a_finding_counted_by_place_and_rule() -> None:
    coverage = Coverage(document({**query(limit=LIMIT), "responses": OK}))
    for position, text in enumerate(("limit=51", "limit=52", "limit=0")):
        coverage.exchange(get(text), origin=Origin(position, f"test_{position}"))
    coverage.exchange(get(), Response(302))
    found = [(one.side, one.where, one.rule, one.hit) for one in coverage.findings()]
    assert found == [
        ("request", "query.limit", "maximum", Hit(2, Origin(0, "test_0"))),
        ("request", "query.limit", "minimum", Hit(1, Origin(2, "test_2"))),
        ("response", "status", "status", Hit(1)),
    ]
    assert coverage.findings("op") == coverage.findings()


def test_a_known_violation_is_no_finding() -> None:
    coverage = Coverage(document(query(limit=LIMIT)))
    coverage.exchange(get("limit=51"), known=lambda violation: violation.rule == "maximum")
    assert coverage.findings() == []


def test_the_scope_says_which_operations_count() -> None:
    paths = {f"/{name}": {"get": {"operationId": f"{name}.list", "responses": OK}} for name in ("a", "b", "c")}
    contract = Contract(Document({"openapi": "3.1.0", "servers": [{"url": BASE}], "paths": paths}))
    whole, part = Coverage(contract), Coverage(contract, ["a.*", "[c]*"])
    for coverage in (whole, part):
        assert all(coverage.exchange(get(path=f"/{name}"), Response(302)) for name in ("a", "b"))
        assert coverage.exchange(get(path="/c"), answer({}))
    assert [one.operation for one in whole.findings()] == ["a.list", "b.list"]
    assert [one.operation for one in part.findings()] == ["a.list"]
    assert part.summary().operations == Figure(2, 2)
    again = Coverage.from_json(contract, whole.to_json(), ["a.*", "[c]*"])
    assert again.to_json() == part.to_json()
    part.merge(whole)
    assert [one.hit.count for one in part.findings()] == [2]
    with pytest.raises(ValueError, match=r"no operation is called 'd\.\*'"):
        Coverage(contract, ["d.*"])


def test_a_known_violation_does_not_count_against_a_request() -> None:
    coverage = Coverage(document(query(limit=LIMIT)))

    def known(violation: Violation) -> bool:
        return violation.where == "query.extra"

    coverage.exchange(get("limit=50&extra=1"), known=known)
    assert "query.limit: max 50" in hit(coverage)


def test_a_request_to_no_operation_counts_for_nothing_and_says_so() -> None:
    coverage = Coverage(document(query(limit=LIMIT)))
    assert not coverage.exchange(get(path="/other"))
    assert not hit(coverage)


def test_a_response_counts_where_it_conforms() -> None:
    contract = document({"responses": {**OK, "4XX": {"description": "Refused."}, "default": {"description": "Else."}}})
    coverage = Coverage(contract)
    coverage.exchange(get(), answer([]))
    assert hit(coverage) == {"operation: called"}
    coverage.exchange(get(), answer({}))
    coverage.exchange(get(), Response(404))
    coverage.exchange(get(), Response(500))
    assert hit(coverage) == set(cases(coverage))
    assert cases(coverage)[1:] == ["status: 200", "status: 4XX", "status: default", "response: 200 application/json"]


def test_any_empty_success_stands_for_the_documented_empty_one() -> None:
    coverage = Coverage(document({"responses": {"204": {"description": "Gone."}}}))
    coverage.exchange(get(), Response(200))
    assert hit(coverage) == {"operation: called", "status: 204"}
    assert not coverage.exchange(get(path="/no"), Response(204))


def test_a_body_that_was_not_seen_is_not_missing() -> None:
    coverage = Coverage(document({**body({"required": ["a"]}), "responses": OK}, method="post"))
    request = Request("POST", f"{BASE}/things", Headers({"content-type": "application/json"}))
    coverage.exchange(request, answer(b"{"), unseen={"request", "response"})
    assert {"content-type: application/json", "status: 200", "response: 200 application/json"} <= hit(coverage)
    assert not any(case.startswith("body") for case in hit(coverage))


def test_an_answer_that_was_closed_early_counts_for_what_was_read() -> None:
    answers = {"200": {"description": "Done.", "content": {"application/json": {"schema": {"required": ["a"]}}}}}
    coverage = Coverage(document({"responses": answers}))
    coverage.exchange(get(), answer(b'{"b'), complete=False)
    assert hit(coverage) == set(cases(coverage))


def test_a_request_with_a_body_of_another_kind_is_not_excused_as_unseen() -> None:
    coverage = Coverage(document({**body({}), **query(limit=LIMIT)}, method="post"))
    sent = Request("POST", f"{BASE}/things?limit=1", Headers({"content-type": "application/json"}), b"{")
    coverage.exchange(sent, unseen={"request"})
    assert hit(coverage) == set()


def test_an_optional_body_is_there_or_not() -> None:
    coverage = Coverage(document(body({}, required=False), method="post"))
    coverage.exchange(Request("POST", f"{BASE}/things"))
    assert "body: absent" in hit(coverage)
    coverage.exchange(post({}))
    assert "body: present" in hit(coverage)


def test_a_body_that_is_not_taken_apart_counts_by_its_media_type() -> None:
    coverage = Coverage(document(body({"type": "string", "minLength": 1}, "text/*"), method="post"))
    assert cases(coverage) == ["operation: called", "content-type: text/*"]
    coverage.exchange(Request("POST", f"{BASE}/things", Headers({"content-type": "text/plain"}), b"x"))
    assert hit(coverage) == set(cases(coverage))


# Streams

START, TEXT, END = (f'{{"event_type": "{kind}"}}\n'.encode() for kind in ("begin", "text", "end"))
KINDS = {
    kind: {"required": ["event_type"], "properties": {"event_type": {"const": kind}}}
    for kind in ("begin", "text", "end")
}
EVENTS = {"oneOf": list(KINDS.values()), "discriminator": {"propertyName": "event_type"}}
STREAM: dict[str, Any] = {
    "responses": {"200": {"description": "Events.", "content": {"application/x-ndjson": {"schema": EVENTS}}}},
    "x-streaming": {"flag": "stream", "first": "begin", "last": "end"},
    **body({"properties": {"stream": {"type": "boolean"}}}),
}
ALL_EVENTS = {"events: begin", "events: text", "events: end", "events: end of the stream"}


@pytest.mark.parametrize(
    ("sent", "complete", "expected"),
    [
        (START + TEXT + END, True, ALL_EVENTS),
        (START + END, True, ALL_EVENTS - {"events: text"}),
        (START + TEXT, True, {"events: cut off before the end !"}),
        (START + TEXT[:-4], True, {"events: cut off before the end !"}),
        (START + TEXT, False, {"events: begin", "events: text"}),
        (START + TEXT[:-4], False, {"events: begin"}),
        (TEXT + END[:-4], False, set()),
        (START + TEXT + END, False, ALL_EVENTS),
        (TEXT + END, True, set()),
    ],
)
def test_events_and_the_end_of_a_stream(sent: bytes, complete: bool, expected: set[str]) -> None:
    coverage = Coverage(document(STREAM, method="post"))
    coverage.exchange(post({"stream": True}), answer(sent, content_type="application/x-ndjson"), complete=complete)
    assert {case for case in hit(coverage) if case.startswith("events")} == expected


@pytest.mark.parametrize("required", [False, True], ids=["conforming", "without its header"])
def test_a_stream_that_was_not_seen_is_not_cut_off(required: bool) -> None:
    answers = {"200": {**STREAM["responses"]["200"], "headers": {"X-Count": {"required": required, "schema": {}}}}}
    coverage = Coverage(document({**STREAM, "responses": answers}, method="post"))
    sent = answer(b"", content_type="application/x-ndjson")
    coverage.exchange(post({"stream": True}), sent, unseen={"response"})
    assert ("response: 200 application/x-ndjson" in hit(coverage)) is not required
    assert "events: cut off before the end !" not in hit(coverage)


# Pages


def listing(style: dict[str, Any], **parameters: Any) -> dict[str, Any]:
    return {**query(**parameters), "responses": OK, "x-pagination": {"items": "/data", **style}}


NUMBERED = listing({"style": "page", "parameter": "page", "total_pages": "/pages"}, page={"type": "integer"})
FROM_ZERO = listing({"style": "page", "parameter": "page"}, page={"type": "integer", "default": 0})
FROM_TWO = listing({"style": "page", "parameter": "page"}, page={"type": "integer", "minimum": 2})
FROM_DEFAULT = listing({"style": "page", "parameter": "page"}, page={"type": "integer", "minimum": 2, "default": 3})
TOKENS = listing({"style": "token", "parameter": "token", "next_token": "/next"}, token={"type": "string"})


@pytest.mark.parametrize(
    ("operation", "sent", "value", "expected"),
    [
        (NUMBERED, "", {"pages": 3}, {"first"}),
        (NUMBERED, "page=1", {"pages": 1}, {"first", "last"}),
        (NUMBERED, "page=2", {"pages": 3}, {"later"}),
        (NUMBERED, "page=3", {"pages": 3}, {"later", "last"}),
        (NUMBERED, "page=4", {"pages": 3}, {"later", "last"}),
        (NUMBERED, "", {"pages": 0}, {"first", "last"}),
        (NUMBERED, "page=1", {"pages": 0, "data": [1]}, {"first", "last"}),
        (NUMBERED, "page=3", {"pages": 2, "data": []}, {"later", "last"}),
        (NUMBERED, "page=2", {"pages": 3, "data": []}, {"later"}),
        (NUMBERED, "page=2", {"pages": 2.0, "data": [1]}, {"later", "last"}),
        (NUMBERED, "page=2", {"pages": "2", "data": [1]}, {"later"}),
        (NUMBERED, "page=2", [1], set()),
        (NUMBERED, "page=2", {"data": [1]}, {"later"}),
        (NUMBERED, "page=2", {"data": []}, {"later", "last"}),
        (FROM_ZERO, "page=0", {"data": [1]}, {"first"}),
        (FROM_ZERO, "", {"data": [1]}, {"first"}),
        (FROM_TWO, "page=2", {"data": [1]}, {"first"}),
        (FROM_TWO, "page=3", {"data": [1]}, {"later"}),
        (FROM_DEFAULT, "page=2", {"data": [1]}, {"first"}),
        (FROM_DEFAULT, "page=3", {"data": [1]}, {"first"}),
        (FROM_DEFAULT, "page=4", {"data": [1]}, {"later"}),
        (FROM_ZERO, "page=1", {"data": []}, {"later", "last"}),
        (TOKENS, "", {"next": "x"}, {"first"}),
        (TOKENS, "token=x", {"next": "y"}, {"later"}),
        (TOKENS, "token=", {"next": "y"}, {"later"}),
        (TOKENS, "token=y", {"next": ""}, {"later", "last"}),
        (TOKENS, "token=y", [], set()),
        (TOKENS, "token=y", {}, {"later", "last"}),
    ],
)
def test_which_page_an_answer_is(operation: dict[str, Any], sent: str, value: Any, expected: set[str]) -> None:
    coverage = Coverage(document(operation))
    coverage.exchange(get(sent), answer(value))
    assert {case for case in hit(coverage) if case.startswith("pages")} == {f"pages: {name} page" for name in expected}


def test_a_refused_page_is_no_page() -> None:
    refused = {**NUMBERED, "responses": {**OK, "300": OK["200"], "400": OK["200"]}}
    for status in (300, 400):
        coverage = Coverage(document(refused))
        coverage.exchange(get(), answer({"pages": 1}, status))
        assert hit(coverage) >= {f"status: {status}"}
        assert not any(case.startswith("pages") for case in hit(coverage))


def test_pages_that_another_operation_fetches_are_those_of_the_listing(contract: Contract) -> None:
    coverage = Coverage(contract)
    headers = Headers({"x-api-key": "tlk_made_up_for_tests"})
    base = contract.servers[0]
    coverage.exchange(Request("GET", f"{base}/search/token", headers), answer({"page_info": {}, "data": []}))
    coverage.exchange(Request("GET", f"{base}/search/token", headers), answer({"code": "c", "message": "m"}, 400))
    pages = {cell.key: found.count for cell, found in coverage.cells() if cell.kind == "page" and found.count}
    assert pages == {("search.create", "pages", "later page"): 1, ("search.create", "pages", "last page"): 1}


# Sums


def test_a_cell_counts_exchanges_and_remembers_its_first_test() -> None:
    coverage = Coverage(document(query(limit=LIMIT)))
    for position, sent in ((7, "limit=1"), (3, "limit=1"), (5, "limit=1")):
        coverage.exchange(get(sent), origin=Origin(position, f"test {position}"))
    found = {cell.case: hit for cell, hit in coverage.cells()}
    assert found["min 1"].count == 3
    assert found["min 1"].first == Origin(3, "test 3")
    assert found["max 50"].first is None
    assert coverage.summary().operations == Figure(1, 1), "what is counted often is covered once"
    assert coverage.summary().cells.covered == len(hit(coverage))


def test_merging_adds_whatever_the_order_is() -> None:
    contract = document(query(limit=LIMIT))
    one, other = Coverage(contract), Coverage(contract)
    one.exchange(get("limit=1"), origin=Origin(2, "b"))
    other.exchange(get("limit=50"), origin=Origin(1, "a"))
    other.exchange(get())
    both, again = Coverage(contract), Coverage(contract)
    for part in (one, other):
        both.merge(part)
    for part in (other, one):
        again.merge(part)
    assert both.to_json() == again.to_json()
    assert hit(both) == hit(one) | hit(other)
    assert {cell.case: hit.count for cell, hit in both.cells()}["called"] == 3


def test_the_percentage_is_of_what_is_admitted() -> None:
    coverage = Coverage(document(query(limit=LIMIT)))
    coverage.exchange(get("limit=51"))
    summary = coverage.summary()
    assert (summary.cells, summary.refusals, summary.operations) == (Figure(0, 5), Figure(1, 2), Figure(0, 1))


@pytest.mark.parametrize(
    ("figure", "shown"), [(Figure(999, 1000), "99.9 %"), (Figure(9999, 10000), "99.9 %"), (Figure(0, 0), "100.0 %")]
)
def test_a_share_is_rounded_down(figure: Figure, shown: str) -> None:
    assert str(figure) == shown
    assert figure.reaches(100) is (figure.covered == figure.total)
    assert figure.reaches(99.9)


def test_a_document_without_operations_has_nothing_to_cover() -> None:
    coverage = Coverage(Contract(Document({"openapi": "3.1.0", "paths": {}})))
    assert coverage.summary().cells == Figure(0, 0)


@settings(max_examples=40)
@given(
    body=st.one_of(
        st.binary(max_size=60),
        st.sampled_from(
            [b"[" * 5_000, b'{"a":' * 900 + b"1" + b"}" * 900, b"1" * 4_000, b"-1e999", b'{"n": "\\ud800"}']
        ),
        st.recursive(st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=3)), st.lists).map(
            lambda value: json.dumps({"n": value}).encode()
        ),
    ),
    media_type=st.sampled_from(["application/json", "multipart/form-data; boundary=b", "x", ""]),
    status=st.integers(-1, 1_000),
)
def test_no_bytes_break_the_count(body: bytes, media_type: str, status: int) -> None:
    headers = Headers({"content-type": media_type})
    coverage = Coverage(ANYTHING)
    assert coverage.exchange(Request("POST", f"{BASE}/things", headers, body), Response(status, headers, body))
    assert ("operation: called" in hit(coverage)) is not any(one.side == "request" for one in coverage.findings())


N = {"type": ["integer", "string", "array", "null"], "minimum": 1, "maxLength": 1, "items": {"enum": [1, []]}}
ANYTHING = document({**STREAM, **body({"properties": {"n": N}, "if": {"required": ["n"]}})}, method="post")


@pytest.mark.parametrize(
    ("info", "found"),
    [
        ({"title": "Shop", "version": "2"}, ("Shop", "2")),
        ({"title": "Shop"}, ("Shop", "")),
        ("words", ("", "")),
        (None, ("", "")),
    ],
)
def test_coverage_names_its_document_whatever_it_says_of_itself(info: Any, found: tuple[str, str]) -> None:
    """A document of others may have no information, or what is none."""
    raw = {"openapi": "3.1.0", "servers": [{"url": BASE}], "paths": {}, **({} if info is None else {"info": info})}
    named = Coverage(Contract(Document(raw))).document
    assert (named.title, named.version, named.edition, len(named.sha256)) == (*found, "", 64)
    assert str(named) == f"{' '.join(found).rstrip()} (sha256 {named.sha256[:12]})"


FOUND = [
    Found("pets", "request", "query.limit", "maximum", message, Hit(count, first))
    for message, count, first in (
        ("of the second test", 2, Origin(2, "b")),
        ("of the tenth test", 3, Origin(10, "a")),
        ("of no test, b", 4, None),
        ("of no test, a", 5, None),
    )
]


@pytest.mark.parametrize(
    ("runs", "message", "hit"),
    [
        ((0, 1), "of the second test", Hit(5, Origin(2, "b"))),
        ((0, 2), "of the second test", Hit(6, Origin(2, "b"))),
        ((1, 3), "of the tenth test", Hit(8, Origin(10, "a"))),
        ((2, 3), "of no test, a", Hit(9)),
        ((0, 1, 2, 3), "of the second test", Hit(14, Origin(2, "b"))),
        ((1, 2, 3), "of the tenth test", Hit(12, Origin(10, "a"))),
    ],
)
def test_of_the_same_violation_in_several_runs_the_first_test_speaks(
    runs: tuple[int, ...], message: str, hit: Hit
) -> None:
    """In whatever order they are added; what no test has seen speaks only where none has."""
    for order in permutations(runs):
        found = reduce(Found.plus, (FOUND[run] for run in order))
        assert (found.message, found.hit, found.key) == (message, hit, FOUND[0].key)
