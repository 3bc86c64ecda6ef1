"""The operation of a request is found by its URL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from apicontract.openapi.document import Document
from apicontract.openapi.routing import Match, NoMatch, Routes
from apicontract.openapi.servers import Server
from tests.support import things
from tests.support.small import HOST, document, load, operation
from tests.support.things import THING, THINGS
from twelvelabs_contract import Contract, Request


def test_a_base_url_ends_at_a_slash_and_stands_alone() -> None:
    """Neither a longer name nor the document's own servers are below it."""
    assert THINGS.document.servers == ("https://things.example/v1.0",)
    assert things.get_thing(THING.replace("v1.0", "v1.00")) == [("url", "undeclared")]
    elsewhere = Contract(THINGS.document, base_url="https://proxy.example/")
    assert elsewhere.find(Request("GET", THING)) is None
    assert elsewhere.find(Request("GET", THING.replace("things.example/v1.0", "proxy.example"))) is things.GET


@pytest.mark.parametrize("sent", ["/caf%C3%A9/1", "/caf%c3%a9/1", "/caf\u00e9/1", "/%63af%c3%A9/1", "/cafe%CC%81/1"])
def test_a_path_is_the_same_in_every_spelling(tmp_path: Path, sent: str) -> None:
    """RFC 3986, section 6.2.2; another way to compose a letter is another letter."""
    contract = load(document({"/caf\u00e9/{id}": {"get": operation()}}), tmp_path)
    assert (contract.find(Request("GET", HOST + sent)) is not None) is ("%CC" not in sent)


def test_what_a_path_has_in_its_query_is_read_from_there(tmp_path: Path) -> None:
    names = [{"name": "kind", "in": "path", "required": True, "schema": {"type": "integer"}}]
    contract = load(document({"/a?kind={kind}": {"get": operation(parameters=names)}}), tmp_path)
    found = {
        url: [(violation.where, violation.rule) for violation in contract.check_request(Request("GET", HOST + url))]
        for url in ("/a?kind=1", "/a?kind=x", "/a")
    }
    assert found["/a?kind=1"] == []
    assert found["/a?kind=x"] == [("path.kind", "type")]
    assert found["/a"] != []


@pytest.mark.parametrize("method", ["GET", "get", "PUT"])
@pytest.mark.parametrize(
    "rest",
    ["", "?", "?page=1", "?page=1#top", "#top", "?page=1 2", "?page=\n", "/", "//", "?page=\u00e9", "%", "?#?", "\\"],
)
def test_a_url_is_read_alike_before_and_after_a_usual_one(tmp_path: Path, method: str, rest: str) -> None:
    """What is remembered of an operation is its path alone."""
    fresh, used = (load(document({"/a": {"get": operation()}}), tmp_path) for _ in range(2))
    assert used.find(Request("GET", f"{HOST}/a?page=2")) is not None
    request = Request(method, f"{HOST}/a{rest}")
    first, second = (contract.route(request) for contract in (fresh, used))
    assert (type(second), second[1:]) == (type(first), first[1:])


def test_what_is_after_a_number_sign_is_no_query_also_the_second_time(tmp_path: Path) -> None:
    contract = load(document({"/a": {"get": operation()}}), tmp_path)
    for rest, query in (("#top", ""), ("#top?page=1", ""), ("?page=1#top?b", "page=1")):
        found = contract.route(Request("GET", f"{HOST}/a{rest}"))
        assert isinstance(found, Match)
        assert found.query == query


def routed(paths: dict[str, Any], *servers: str) -> Contract:
    """Return the contract of these paths, each with the operations of its methods or with those of GET."""
    items = {path: {"get": {"operationId": path, "responses": {}, **more}} for path, more in paths.items()}
    return Contract(
        Document({"openapi": "3.1.0", "servers": [{"url": url} for url in servers or (HOST,)], "paths": items})
    )


PATHS: dict[str, Any] = {
    path: {}
    for path in ("/", "/a/{id}", "/a/x{id}", "/a/x{id}y", "/a/xy", "/{any}/xy", "/b?k", "/b?k=1", "/b?k={k}&l=2", "/b")
}
PATHS["/c?k={k}"] = {"parameters": [{"name": "k", "in": "query", "schema": {}}]}


@pytest.mark.parametrize(
    ("target", "path", "query"),
    [
        ("", "/", ""),
        ("/", "/", ""),
        ("/a/1", "/a/{id}", ""),
        ("/a/x1", "/a/x{id}", ""),
        ("/a/x1y", "/a/x{id}y", ""),
        ("/a/xy", "/a/xy", ""),
        ("/a/", "/a/{id}", ""),
        ("/z/xy", "/{any}/xy", ""),
        ("/b", "/b", ""),
        ("/b?k", "/b?k", ""),
        ("/b?k=", "/b?k", ""),
        ("/b?m=3&k=1", "/b?k=1", "m=3"),
        ("/b?k=7", "/b", "k=7"),
        ("/b?l=2&k=7&m", "/b?k={k}&l=2", "m"),
        ("/c?k=1&m=2", "/c?k={k}", "k=1&m=2"),
        ("/c?m=2", None, ""),
        ("/a/1/2", None, ""),
    ],
)
def test_the_most_specific_path_is_found_and_its_query_is_left_out(target: str, path: str | None, query: str) -> None:
    """One that is declared as a parameter too stays; the order of the document decides nothing."""
    for paths in (PATHS, dict(reversed(PATHS.items()))):
        found = routed(paths).route(Request("GET", HOST + target))
        assert (found.operation.path if isinstance(found, Match) else None) == path
        assert not isinstance(found, Match) or found.query == query


def test_of_operations_with_servers_of_their_own_the_most_specific_is_found() -> None:
    own = {"servers": [{"url": HOST}, {"url": "https://other.example"}]}
    for paths in ({"/a/{id}": {}, "/a/b": own}, {"/a/b": {}, "/a/{id}": own}):
        found = routed(paths).route(Request("GET", f"{HOST}/a/b"))
        assert isinstance(found, Match)
        assert found.operation.path == "/a/b"


@pytest.mark.parametrize(("count", "more"), [(1, ""), (3, ""), (4, " or 1 more"), (6, " or 3 more")])
def test_a_few_servers_are_listed(count: int, more: str) -> None:
    servers = [f"https://s{number}.example/v1" for number in range(count)]
    found = routed({"/a": {}}, *servers).route(Request("GET", "https://else.example/a"))
    assert isinstance(found, NoMatch)
    assert found.message == f"not below {' or '.join(servers[:3])}{more}: the host differs"


OTHER = "https://other.example"
FULL = "/x?mode=full"
LONG = f"/{'x' * 200}"
REMEMBERED: dict[str, tuple[dict[str, Any], dict[str, str | None]]] = {
    "a query of a path with servers of its own": (
        {"/x": {}, FULL: {"servers": [{"url": HOST}, {"url": OTHER}]}},
        {"/x": "/x", FULL: FULL, "/x?mode=other": "/x", f"{FULL}&a=1": FULL},
    ),
    "the same path below servers of its own": (
        {"/v1/x": {}, "/x": {"servers": [{"url": f"{HOST}/v1"}]}},
        {"/v1/x": "/v1/x", "/v1/x?a=1": "/v1/x", "/x": None},
    ),
    "a path that other servers have, too": (
        {"/{a}/x": {}, "/x": {"servers": [{"url": f"{HOST}/v1"}, {"url": f"{HOST}/v2"}]}},
        {"/v1/x": "/{a}/x", "/v2/x": "/{a}/x", "/v3/x": "/{a}/x", "/v1/x?a=1": "/{a}/x"},
    ),
    "a query of a path": ({"/x": {}, FULL: {}}, {"/x": "/x", FULL: FULL, "/x?mode": "/x", f"/x?a=1&{FULL[3:]}": FULL}),
    "a query alone": ({FULL: {}}, {FULL: FULL, "/x": None, f"{FULL}&a=1": FULL}),
    "a fragment": ({"/x#a": {}, "/x#b": {}}, {"/x": "/x#a", "/x?a=1": "/x#a", "/x#b": "/x#a"}),
    "a path with a parameter": (
        {"/x": {}, "/{a}": {}},
        {"/x": "/x", "/y": "/{a}", "/x?a=1": "/x", "/%78": "/x", "/y?a=1": "/{a}", "/": "/{a}"},
    ),
    "a path that is written in other ways": ({"/x y": {}}, {"/x%20y": "/x y", "/x%20%79": "/x y", "/x%20": None}),
    "long ones": ({LONG: {}}, {LONG: LONG, f"{LONG}?a=1": LONG, LONG[:-1]: None}),
}


@pytest.mark.parametrize("name", REMEMBERED)
def test_what_is_remembered_of_one_url_changes_no_other(name: str) -> None:
    """Each is found after each other as if it were the first, with its own path and its own query."""
    paths, targets = REMEMBERED[name]
    urls = [f"{host}{target}" for host in (HOST, OTHER) for target in targets]

    def found(contract: Contract, url: str) -> tuple[Any, ...]:
        one = contract.route(Request("GET", url))
        if isinstance(one, NoMatch):
            return None, *one
        return one.operation.path, dict(one.segments), one.query, [other.operation.path for other in one.others]

    first = {url: found(routed(paths), url) for url in urls}
    assert {target: first[f"{HOST}{target}"][0] for target in targets} == targets
    for before in urls:
        used = routed(paths)
        found(used, before)
        assert {url: found(used, url) for url in urls} == first, before


@pytest.mark.parametrize(
    ("paths", "target", "others"),
    [
        (["/x"], "/x", []),
        (["/x", "/x?mode=full"], FULL, []),
        (["/x#a", "/x#b"], "/x", ["/x#b"]),
        (["/x#a", "/x#b", "/x", "/x?k", "/y#a"], "/x", ["/x#b", "/x"]),
        (["/{a}#a", "/{b}#b", "/{c}/x"], "/1", ["/{b}#b"]),
        (["/x?k#a", "/x?k#b", "/x"], "/x?k", ["/x?k#b"]),
    ],
)
def test_operations_that_differ_in_their_fragment_are_found_together(
    paths: list[str], target: str, others: list[str]
) -> None:
    """The first of the document, and the others beside it, each with the names of its own parameters."""
    contract = routed({path: {} for path in paths})
    for _ in range(2):
        found = contract.route(Request("GET", HOST + target))
        assert isinstance(found, Match)
        assert [other.operation.path for other in found.others] == others
        assert all(other.others == () for other in found.others)
        assert all(one.operation.path.count("{") == len(one.segments) for one in (found, *found.others))


def test_a_method_is_the_same_in_any_case() -> None:
    for method in ("GET", "get", "Get"):
        found = routed({"/a/{id}": {}}).route(Request(method, f"{HOST}/a/1"))
        assert isinstance(found, Match)
        assert (found.operation.path, dict(found.segments)) == ("/a/{id}", {"id": "1"})


def test_operations_of_several_servers_are_looked_up_on_each_that_the_url_is_below() -> None:
    """The first one that has the path decides what the path is; methods are those of all of them."""
    below, beside = {"servers": [{"url": f"{HOST}/v1"}]}, {"servers": [{"url": f"{HOST}/"}]}
    contract = routed({"/v1/{x}": {}, "/a": below, "/b": below, "/c": beside})
    for target, path in (("/v1/a", "/v1/{x}"), ("/v1/a/", None), ("/c", "/c"), ("/v1/b", "/v1/{x}"), ("/a", None)):
        found = contract.route(Request("GET", HOST + target))
        assert (found.operation.path if isinstance(found, Match) else None) == path
    again = routed({"/z": {}, "/a": below})
    found = again.route(Request("GET", f"{HOST}/v1/a"))
    assert isinstance(found, Match)
    missed = again.route(Request("PUT", f"{HOST}/v1/a"))
    assert isinstance(missed, NoMatch)
    assert (missed.where, missed.message, missed.value) == ("method", "this path has GET", "PUT")
    unknown = again.route(Request("GET", f"{HOST}/v1/q?key=secret"))
    assert isinstance(unknown, NoMatch)
    assert (unknown.where, unknown.message, unknown.value) == ("path", "no operation has this path", "/v1/q")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        (
            "http://api.example.com/v1/a",
            "not below https://api.example.com/v1; did you mean https://api.example.com/v1/a?",
        ),
        (
            "https://api.example.com/a",
            "not below https://api.example.com/v1; did you mean https://api.example.com/v1/a?",
        ),
        (
            "https://api.example.com/v2/a",
            "not below https://api.example.com/v1; did you mean https://api.example.com/v1/a?",
        ),
        ("https://api.example.com/v2/q", "not below https://api.example.com/v1: the path differs"),
        ("http://api.example.com/v1/q", "not below https://api.example.com/v1: the scheme differs"),
        ("https://else.test/v1/a", "not below https://api.example.com/v1: the host differs"),
        ("https://api.example.com/v1 /a", "not a URL: it contains white space or control characters"),
        ("https://[x/a", "not a URL: "),
    ],
)
def test_how_a_url_differs_from_the_servers(url: str, message: str) -> None:
    """In its host, its scheme or its path; what was meant is guessed if an operation has it."""
    found = routed({"/a": {}}, f"{HOST}/v1").route(Request("GET", url))
    assert isinstance(found, NoMatch)
    assert (found.where, found.message[: len(message)], found.path) == ("url", message, "")


def test_the_nearest_path_is_one_that_is_much_alike() -> None:
    routes = Routes([*routed({"/orders/{id}/items": {}, "/orders": {}}).operations], [Server(HOST)])
    for path, near in (
        ("/order", "/orders"),
        ("/orders/5/item", "/orders/{id}/items"),
        ("/ordrs", "/orders"),
        ("/or", None),
        ("/things", None),
    ):
        assert routes.nearest(path) == near


@pytest.mark.parametrize(
    ("template", "sent", "found"),
    [
        ("/a_b~c-d", "/a%5Fb%7Ec%2Dd", True),
        ("/a_b~c-d", "/a%5fb%7ec%2dd", True),
        ("/a%5Fb", "/a_b", True),
        ("/09azAZ", "/%30%39%61%7a%41%5A", True),
        ("/a.b", "/a%2Eb", False),
        ("/a b", "/a%20b", True),
        ("/a+b", "/a%2Bb", False),
        ("/a:b@c", "/a:b@c", True),
        ("/a/b", "/a%2Fb", False),
        ("/a%2fb", "/a%2Fb", True),
        ("/ü", "/%C3%BC", True),
        ("/[x]", "/%5Bx%5D", True),
        ("/[x]", "/[x]", True),
        ("/a|b^c", "/a%7Cb%5Ec", True),
        ("/{id}x", "/%78", True),
    ],
)
def test_what_need_not_be_encoded_is_the_same_either_way(template: str, sent: str, found: bool) -> None:
    """Letters, digits, `-`, `_` and `~`; a dot, which may be a step up the path, and what separates are not."""
    for base in (HOST, HOST.upper().replace("API.EXAMPLE.COM", "api.example.com"), HOST.replace("api", "API")):
        assert isinstance(routed({template: {}}).route(Request("GET", f"{base}{sent}")), Match) is found


def test_every_server_counts_and_methods_are_in_order() -> None:
    item: dict[str, Any] = {method: {"operationId": method, "responses": {}} for method in ("put", "get", "delete")}
    servers = [{"url": f"{HOST}/v1"}, {"url": f"{HOST}/v2"}, {"url": "https://other.test"}]
    contract = Contract(Document({"openapi": "3.1.0", "servers": servers, "paths": {"/a": item}}))
    for url in (f"{HOST}/v1/a", f"{HOST}/v2/a", "https://other.test/a"):
        assert isinstance(contract.route(Request("GET", url)), Match)
        missed = contract.route(Request("POST", url))
        assert isinstance(missed, NoMatch)
        assert missed.message == "this path has DELETE, GET, PUT"
