"""Violations are explained by other editions: every kind of thing that was removed or added, on several days."""

from __future__ import annotations

import itertools
import json
import pickle
from pathlib import Path
from typing import Any

import pytest

from apicontract.checks.contract import Contract as EngineContract
from apicontract.checks.history import JUDGED_AGAIN, History
from apicontract.openapi.document import Document
from apicontract.openapi.editions import EditionUnknown
from apicontract.openapi.marks import MARKS
from apicontract.openapi.violation import Violation
from apicontract.openapi.yaml12 import load
from tests.openapi.documents import document
from tests.support.history import FIRST, HISTORY, LAST, MARCH, MAY, call, install, on, reported
from tests.support.passes import counted_passes
from twelvelabs_contract import Contract, DocumentInvalid, Headers, Request, Response

THINGS: list[tuple[str, Request, tuple[str, str, str]]] = [
    # A parameter.
    (MARCH, call("GET /books?sort=year"), ("query.sort", "removed", f"`sort` was removed on {MARCH}; use order")),
    (LAST, call("GET /books?sort=year"), ("query.sort", "removed", f"`sort` was removed on {MARCH}; use order")),
    (FIRST, call("GET /books?order=year"), ("query.order", "not_yet", f"`order` has been accepted since {MARCH}")),
    (MARCH, call("GET /books?shelf=a"), ("query.shelf", "not_yet", f"`shelf` was added by {MAY}")),
    (LAST, call("GET /books?state=a"), ("query.state", "not_yet", "`state` will be accepted from 2026-09-01 on")),
    # A property, of the body and in depth; a value of an enum, of a discriminator.
    (
        LAST,
        call("POST /books", {"title": "a", "author": "b"}),
        ("body.author", "removed", f"`author` was removed by {MAY}; use authors"),
    ),
    (
        LAST,
        call("POST /books", {"title": "a", "kind": "leaflet"}),
        ("body.kind", "removed", f"`leaflet` was removed on {MARCH}"),
    ),
    (
        FIRST,
        call("POST /books", {"title": "a", "author": "b", "kind": "comic"}),
        ("body.kind", "not_yet", f"`comic` has been accepted since {MARCH}"),
    ),
    (
        MARCH,
        call("POST /books", {"title": "a", "authors": [{"type": "club"}]}),
        ("body.authors[0].type", "not_yet", f"`club` was added by {MAY}"),
    ),
    # A media type.
    (
        LAST,
        call("POST /books", b"--x--", media_type="multipart/form-data; boundary=x"),
        ("header.content-type", "removed", f"`multipart/form-data` was removed on {MARCH}"),
    ),
    # An operation, by its path and by its method.
    (LAST, call("POST /loans"), ("path", "removed", f"`POST /loans` was removed by {MAY}; use books.lend")),
    (LAST, call("PUT /books/1"), ("method", "removed", f"`PUT /books/{{book}}` was removed on {MARCH}")),
    (FIRST, call("PATCH /books/1"), ("method", "not_yet", f"`PATCH /books/{{book}}` was added on {MARCH}")),
    (LAST, call("GET /readers"), ("path", "not_yet", "`GET /readers` will be accepted from 2026-09-01 on")),
    # The whole request.
    (
        FIRST,
        call("POST /books", {"title": "a"}),
        ("body.author", "not_yet", f"'author' is missing; this request has been valid since {MARCH}"),
    ),
    (
        LAST,
        call("POST /books", {"title": "a", "author": "b", "pages": 6000}),
        (
            "body.pages",
            "removed",
            "6000 is greater than the maximum of 5000; this request was valid until 2026-02-28",
        ),
    ),
]


@pytest.mark.parametrize(("day", "request_", "expected"), THINGS)
def test_what_another_edition_knows_is_reported_as_that(
    day: str, request_: Request, expected: tuple[str, str, str]
) -> None:
    """Rule 20 of the design of editions."""
    found = {where: (where, rule, message) for where, rule, message in reported(on(day).check_request(request_))}
    message = found[expected[0]][2].replace("the value is", "6000 is")
    assert (*found[expected[0]][:2], message) == expected


@pytest.mark.parametrize(
    ("day", "request_"),
    [
        *((day, call("GET /books?page=1&draft=true")) for day in (FIRST, MARCH, LAST)),
        *((day, call("GET /fees")) for day in (FIRST, MARCH, LAST)),
        (FIRST, call("GET /books?sort=year")),
        (FIRST, call("PUT /books/1")),
        (MARCH, call("PATCH /books/1")),
        (FIRST, call("POST /books", {"title": "a", "author": "b", "pages": 6000})),
    ],
)
def test_what_is_right_on_a_day_is_right(day: str, request_: Request) -> None:
    """An announced end is not an end yet."""
    assert on(day).check_request(request_) == []


@pytest.mark.parametrize(
    ("day", "request_", "rules"),
    [
        (LAST, call("GET /books?page=51"), ["maximum"]),  # wrong on every day
        (LAST, call("GET /books?never=1"), ["undeclared"]),
        (LAST, call("GET /books?order=never"), ["enum"]),
        (FIRST, call("POST /books", {"author": "b"}), ["missing"]),
        # One rule is younger than a request that was never right, so nothing is said of it.
        (LAST, call("POST /books", {"pages": 6000}), ["missing", "maximum"]),
        # A thing by itself, beside what was never right.
        (LAST, call("GET /books?sort=year&page=51"), ["maximum", "removed"]),
    ],
)
def test_nothing_is_said_of_what_was_never_right(day: str, request_: Request, rules: list[str]) -> None:
    """Judged violation by violation, the whole request would be said to have been right."""
    assert sorted(violation.rule for violation in on(day).check_request(request_)) == sorted(rules)


def test_what_is_known_of_one_operation_is_said_of_no_other() -> None:
    """Neither of another method nor of another path, whichever is asked about first."""
    targets = {"GET /books": "removed", "POST /books": "undeclared", "PATCH /books/1": "undeclared"}
    for order in ([*targets], [*targets][::-1]):
        contract = Contract.load(HISTORY, edition=LAST)
        for target in order:
            found = {v.where: v.rule for v in contract.check_request(call(f"{target}?sort=year"))}
            assert found["query.sort"] == targets[target], target


VALUES: dict[str, dict[str, str | None]] = {
    LAST: {"leaflet": "`leaflet` was removed on 2026-03-01", "never": None, "pamphlet": None, "comic": ""},
    FIRST: {"comic": "`comic` has been accepted since 2026-03-01", "never": None, "leaflet": ""},
}


@pytest.mark.parametrize("day", VALUES)
def test_what_is_known_of_one_value_is_said_of_no_other(day: str) -> None:
    """Nor of the same value or name at another place, whichever is asked about first, and as often as it is asked."""
    for values in itertools.permutations(VALUES[day]):
        contract = Contract.load(HISTORY, edition=day)
        for value in (*values, *values):
            book = {"title": "a", "kind": value} | ({"author": "b"} if day == FIRST else {})
            found = reported(contract.check_request(call("POST /books", book)))
            said = VALUES[day][value]
            assert [rule for _, rule, _ in found] == ([] if said == "" else [RULES[day] if said else "enum"])
            assert said is None or [message for _, _, message in found] == [said] * bool(said)


RULES = {LAST: "removed", FIRST: "not_yet"}
NAMES = {
    "GET /books?sort=a": ("query.sort", "removed"),
    "GET /books?order=leaflet": ("query.order", "enum"),
    "GET /books?author=a": ("query.author", "undeclared"),
    "POST /books?author=a": ("query.author", "undeclared"),
    "POST /books": ("body.author", "removed"),
}


def test_what_is_known_of_one_place_is_said_of_no_other() -> None:
    for order in (NAMES, [*NAMES][::-1]):
        contract = Contract.load(HISTORY, edition=LAST)
        for target in order:
            body = {"title": "a", "author": "b"} if target.startswith("POST") else None
            where, rule = NAMES[target]
            assert (where, rule) in [(v.where, v.rule) for v in contract.check_request(call(target, body))]


def test_no_more_explanations_are_kept_than_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that do not fit are found again."""
    monkeypatch.setattr("apicontract.checks.history._KEPT", 2)
    contract = Contract.load(HISTORY, edition=LAST)
    history: Any = contract._history
    for _ in range(2):
        for name in ("sort", "a", "b", "sort", "c"):
            (found,) = contract.check_request(call(f"GET /books?{name}=1"))
            assert found.rule == ("removed" if name == "sort" else "undeclared")
            assert len(history._things) <= 2


@pytest.mark.parametrize(
    ("day", "release", "edition"),
    [
        (LAST, "1.0", "sdk-1.0"),
        (LAST, "1.1", "sdk-1.1"),
        (FIRST, "1.0", None),
        ("2026-02-01", "1.0", None),
        (MARCH, "1.1", None),
        ("2026-04-30", "1.1", None),
        (MARCH, "1.0", "sdk-1.0"),
        (LAST, "1", None),
        (LAST, "0.1.0", None),
        (LAST, "sdk-1.0", None),
    ],
)
def test_the_edition_of_a_release_is_named_where_it_is_another(day: str, release: str, edition: str | None) -> None:
    """A release of a day on which the same holds as today is of this edition."""
    assert History(marked, day).edition_of(release) == edition


def test_an_operation_of_another_day_is_found_by_its_id() -> None:
    history = History(marked, LAST)
    found = history.absent("loans.create")
    assert found is not None
    assert (found.id, found.method, found.path) == ("loans.create", "post", "/loans")
    assert history.absent("books.list") is history.absent("nothing") is None
    found = history.operation("GET", "/readers")
    assert found is not None
    assert found.id == "readers.list"
    assert history.operation("GET", "/books") is history.operation("GET", "/nothing") is None


@pytest.mark.parametrize(("size", "explained"), [(JUDGED_AGAIN, True), (JUDGED_AGAIN + 1, False)])
def test_a_body_is_judged_again_up_to_a_size(size: int, explained: bool) -> None:
    body = json.dumps({"title": "", "author": "b", "pages": 6000}).encode()
    body = body.replace(b'"title": ""', b'"title": "%s"' % (b"a" * (size - len(body))))
    assert len(body) == size
    found = on(LAST).check_request(call("POST /books", body))
    assert ("maximum" in [violation.rule for violation in found]) is not explained


def test_place_pointer_and_excerpt_stay_and_a_guess_goes() -> None:
    """What is known for sure needs no "did you mean"."""
    newest = on()
    plain = Contract(newest.document)
    request = call("POST /books", {"title": "a", "author": "b", "kind": "leaflet"})
    explained, before = newest.check_request(request), plain.check_request(request)
    assert [(v.operation, v.where, v.pointer, v.excerpt) for v in explained] == [
        (v.operation, v.where, v.pointer, v.excerpt) for v in before
    ]
    assert any("did you mean" in violation.message for violation in before)
    assert not any("did you mean" in violation.message for violation in explained)


@pytest.mark.parametrize(
    ("day", "status", "body", "expected"),
    [
        (FIRST, 404, None, ("status", "not_yet", f"`status 404` has been accepted since {MARCH}")),
        (LAST, 410, None, ("status", "removed", f"`status 410` was removed by {MAY}")),
        (
            LAST,
            200,
            {"data": []},
            ("body.total", "removed", "'total' is missing; this response was valid until 2026-02-28"),
        ),
        (LAST, 200, {"total": 1}, ("body.data", "missing", "'data' is missing")),
    ],
)
def test_responses(day: str, status: int, body: Any, expected: tuple[str, str, str]) -> None:
    """A response names a status; any other is explained as a whole."""
    headers = Headers({"content-type": "application/json"} if body is not None else {})
    response = Response(status, headers, b"" if body is None else json.dumps(body).encode())
    assert reported(on(day).check_response(response, operation="books.list")) == [expected]


def test_payloads_and_arguments() -> None:
    """Payloads of an operation, and requests that are still instances; a schema alone has no operation to look up."""
    newest, payload = on(), {"title": "a", "author": "b"}
    removed = ("body.author", "removed", f"`author` was removed by {MAY}; use authors")
    assert reported(newest.check_payload(payload, operation="books.create")) == [removed]
    arguments = {"path": {}, "query": {}, "header": {}, "body": payload}
    assert reported(newest.check_arguments(newest.operation("books.create"), arguments)) == [removed]
    assert [v.rule for v in newest.check_payload(payload, schema="Book")] == ["undeclared"]
    found = newest.check_payload({"title": "a", "author": "b", "pages": 6000}, operation="books.create")
    assert "this payload was valid until 2026-02-28" in found[1].message + found[0].message
    found = newest.check_payload({"data": []}, operation="books.list", status=200)
    assert reported(found) == [("body.total", "removed", "'total' is missing; this payload was valid until 2026-02-28")]
    # On a day without that status there is nothing to compare with.
    assert [v.rule for v in on(LAST).check_payload(1, operation="books.list", status=200)] == ["type"]


def test_an_operation_of_another_edition_is_named() -> None:
    """The violation has its id, and asking for it says why it is not there."""
    newest = on()
    (found,) = newest.check_request(call("POST /loans"))
    assert (found.operation, found.pointer, found.excerpt) == ("loans.create", "/paths", '"/loans"')
    with pytest.raises(LookupError, match=r"no operation 'loans.create' in the document: `POST /loans` was removed by"):
        newest.operation("loans.create")
    with pytest.raises(LookupError, match=r"no operation 'books.lst' in the document; did you mean 'books.list'\?"):
        newest.operation("books.lst")


@pytest.mark.parametrize(
    ("target", "place", "said"),
    [
        (
            "GET /book",
            "path",
            "a mistake in the path, or newer than the document; the nearest known path is /books",
        ),
        (
            "PUT /boks/1",
            "path",
            "a mistake in the path, or newer than the document; the nearest known path is /books/{book}",
        ),
        ("GET /something/else", "path", "a mistake in the path, or newer than the document"),
        (
            "DELETE /books",
            "method",
            "a mistake in the method, or newer than the document; this path has GET, POST",
        ),
    ],
)
@pytest.mark.parametrize("day", [FIRST, LAST])
def test_an_operation_that_no_edition_knows(day: str, target: str, place: str, said: str) -> None:
    """It may be newer than the document, so nothing is said to be wrong."""
    (found,) = on(day).check_request(call(target))
    assert (found.operation, found.where, found.rule) == (None, place, "undeclared")
    assert found.message == f"not in this document (Library API as of {day}): {said}"


def test_a_document_without_editions_is_as_before() -> None:
    """Its messages say nothing of days."""
    plain = Contract(Document(on(LAST).document.raw))
    assert plain.edition is None
    assert plain.title == "Library API 2"
    assert reported(plain.check_request(call("POST /loans"))) == [("path", "undeclared", "no operation has this path")]
    assert reported(plain.check_request(call("DELETE /books"))) == [("method", "undeclared", "this path has GET, POST")]
    assert [v.rule for v in plain.check_request(call("GET /books?sort=a"))] == ["undeclared"]


def test_the_same_violations_with_and_without_history() -> None:
    """A contract loaded by projection finds what the plain file of that day finds; only rule and message differ."""

    def found(violations: list[Violation]) -> set[tuple[str, str, str | None]]:
        return {(v.where, v.pointer, v.excerpt) for v in violations}

    for day in (FIRST, MARCH, MAY, "2026-06-30", LAST):
        contract = on(day)
        plain = Contract(contract.document)
        for _, request, _ in THINGS:
            assert found(contract.check_request(request)) == found(plain.check_request(request)), (day, request)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_list_of_editions_alone_makes_editions(tmp_path: Path, encoding: str) -> None:
    """No mark is needed, and the text may be in any encoding that JSON may have."""
    (tmp_path / "things.json").write_text(json.dumps(document()), encoding=encoding)
    assert str(Contract.load(tmp_path / "things.json").edition) == f"{LAST} (2026-07)"


def test_what_conforms_loads_no_history() -> None:
    """The marked document is read when a message first needs it, once."""
    read: list[str] = []
    newest = on()
    raw = marked()

    def history() -> Any:
        read.append("read")
        return raw

    contract = EngineContract(newest.document, history=History(history))
    assert contract.check_request(call("GET /books?page=1")) == []
    assert read == []
    for _ in range(3):
        assert [v.rule for v in contract.check_request(call("GET /books?sort=a"))] == ["removed"]
    assert read == ["read"]


def test_later_violations_of_an_operation_project_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one path needs is projected once a day."""
    contract = Contract.load(HISTORY)
    contract.check_request(call("POST /books", {"title": 1, "author": "b"}))
    monkeypatch.setattr("apicontract.openapi.life.known_on", None)
    contract.check_request(call("POST /books", {"title": 2, "authors": "b", "kind": "leaflet"}))


def test_an_exchange_is_routed_once_and_each_body_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """On other days too: what was read is judged again."""
    contract, done = Contract.load(HISTORY), counted_passes(monkeypatch)
    request = call("POST /books", {"title": "a", "author": "b", "pages": 6000})
    violations = contract.check_exchange(request, Response(404, Headers({"content-type": "application/json"}), b"{}"))
    assert [violation.rule for violation in violations].count("removed") == 2
    assert done == ["match", "load"]
    done.clear()
    response = Response(200, Headers({"content-type": "application/json"}), b'{"data": []}')
    assert [v.rule for v in contract.check_response(response, operation="books.list")] == ["removed"]
    assert done == ["load_fast"]


def test_a_large_body_is_not_judged_again() -> None:
    """What it names is explained nevertheless."""
    title = "a" * JUDGED_AGAIN
    found = on().check_request(call("POST /books", {"title": title, "author": "b", "pages": 6000}))
    assert sorted(violation.rule for violation in found) == ["maximum", "removed"]


def test_a_key_is_in_no_explained_message() -> None:
    """As in any other."""
    (found,) = on().check_request(call("GET /books?sort=key_of_a_library"))
    assert "key_of_a_library" not in str(found)


def marked() -> dict[str, Any]:
    """Return the document with its marks."""
    found: dict[str, Any] = load(HISTORY.read_bytes())
    return found


@pytest.mark.parametrize(
    ("edition", "day", "name"),
    [
        (None, LAST, "2026-07"),
        (LAST, LAST, "2026-07"),
        ("2026-07", LAST, "2026-07"),
        ("2026-01", FIRST, "2026-01"),
        ("sdk-1.1", MARCH, "sdk-1.1"),
        (MARCH, MARCH, None),
        ("2026-04-30", "2026-04-30", None),
        ("2030-01-01", LAST, "2026-07"),
    ],
)
def test_a_contract_is_of_an_edition(edition: str | None, day: str, name: str | None) -> None:
    """A day, a name, or nothing: the newest."""
    found = Contract.load(HISTORY, edition=edition)
    assert found.edition is not None
    assert (found.edition.day, found.edition.name) == (day, name)
    assert str(found.edition) == (f"{day} ({name})" if name else day)
    assert found.title == f"Library API as of {day}"
    assert not any(mark in json.dumps(found.document.raw) for mark in MARKS)


def test_an_edition_that_there_is_not() -> None:
    """The error says which there are."""
    with pytest.raises(EditionUnknown, match=r"known are sdk-1\.0, sdk-1\.1, 2026-01, 2026-07, and any day"):
        Contract.load(HISTORY, edition="sdk-1.2")
    with pytest.raises(EditionUnknown, match="before the first edition, 2026-01 of 2026-01-01"):
        Contract.load(HISTORY, edition="2025-12-31")


def write(path: Path, document: Any) -> Path:
    """Write a document."""
    path.write_text(json.dumps(document))
    return path


def test_a_document_without_editions_has_none_to_ask_for(tmp_path: Path) -> None:
    """Marks that name no day are data, as is an `x-editions` that is no list of ours."""
    raw = {**on().document.raw, "x-since": "1.2", "x-editions": {"print": "second"}}
    path = write(tmp_path / "plain.json", raw)
    assert Contract.load(path).edition is None
    with pytest.raises(EditionUnknown, match=r"no edition '2026-01-01': plain\.json has no editions; leave"):
        Contract.load(path, edition=FIRST)


def test_marks_alone_make_a_document_of_several_days(tmp_path: Path) -> None:
    """Without a list of editions, its days are those of its marks."""
    raw = {key: held for key, held in marked().items() if key != "x-editions"}
    path = write(tmp_path / "marked.json", raw)
    newest = Contract.load(path)
    assert (newest.edition and newest.edition.day, newest.edition and newest.edition.name) == ("2026-09-01", None)
    assert [v.rule for v in newest.check_request(call("GET /fees"))] == ["removed"]
    assert Contract.load(path, edition="2020-01-01").check_request(call("GET /books?sort=a")) == []
    (found,) = Contract.load(path, edition="2020-01-01").check_request(call("GET /readers"))
    assert found.message == "`GET /readers` was added on 2026-09-01"


def test_a_list_of_editions_that_cannot_be_used(tmp_path: Path) -> None:
    """Every problem, with its pointer."""
    path = write(tmp_path / "wrong.json", {**marked(), "x-editions": {"editions": []}})
    with pytest.raises(DocumentInvalid, match=r"wrong\.json cannot be used: #/x-editions/editions"):
        Contract.load(path)


def test_a_day_whose_document_cannot_be_used_explains_nothing(tmp_path: Path) -> None:
    """It is a problem of that day, and no reason to fail on another."""
    raw = marked()
    raw["components"]["schemas"]["Book"]["x-was"] = [{"until": MARCH, "properties": {"title": {"$ref": "#/nowhere"}}}]
    contract = Contract.load(write(tmp_path / "broken.json", raw))
    found = contract.check_request(call("POST /books", {"title": "a", "pages": 6000}))
    assert [violation.rule for violation in found] == ["maximum"]
    raw["paths"]["/books"]["post"]["x-was"] = [{"until": MAY, "parameters": {"a": 1}}]
    contract = Contract.load(write(tmp_path / "broken.json", raw))
    found = contract.check_request(call("POST /books", {"title": "a", "pages": 6000}))
    assert [violation.rule for violation in found] == ["maximum"]


@pytest.mark.parametrize("target", ["GET /books?a%C2%9E%1B=1", "GET /books?%22%5C%00=1"])
def test_a_name_that_no_terminal_can_show_is_declared_on_no_day(target: str) -> None:
    """Its place is escaped for people, and is no JSON string then."""
    (found,) = on(LAST).check_request(call(target))
    assert found.rule == "undeclared"


def test_formats_are_asserted_on_no_day_or_on_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is right on another day is so by the rules of this contract."""
    raw: Any = load(HISTORY.read_bytes())
    schemas = raw["components"]["schemas"]
    book = next(schema for schema in schemas.values() if "pages" in schema.get("properties", {}))
    book["properties"]["printed"] = {"type": "string", "format": "date"}
    (tmp_path / "books.json").write_text(json.dumps(raw, default=str))
    install(tmp_path, monkeypatch, raw)
    request = call("POST /books", {"title": "a", "author": "b", "pages": 6000, "printed": "last May"})
    for formats, rules in ((True, {"format", "maximum", "removed"}), (False, {"removed"})):
        for path, edition in ((tmp_path / "books.json", LAST), (None, LAST), (None, None)):
            contract = Contract.load(path, edition=edition, formats=formats)
            for one in (contract, pickle.loads(pickle.dumps(contract))):  # noqa: S301 - our own bytes
                assert {violation.rule for violation in one.check_request(request)} == rules
