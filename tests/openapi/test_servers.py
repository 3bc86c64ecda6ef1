"""Servers and URLs: which URL is below which server, and which operation it belongs to."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from apicontract.openapi.document import Document
from apicontract.openapi.routing import Match
from apicontract.openapi.servers import MOST, Server, origin, read
from apicontract.wire.requests import write_request
from tests.support.small import asked, document, load, operation
from twelvelabs_contract import Contract, Request

TENANTS = {
    "url": "https://{tenant}.example.com:{port}/{version}",
    "variables": {
        "tenant": {"default": "demo"},
        "port": {"enum": ["443", "8443"], "default": "8443"},
        "version": {"enum": ["v1", "v2"], "default": "v1"},
    },
}
DEEP = {"url": "https://api.test/{base}", "variables": {"base": {"default": "v1/beta"}}}


@pytest.mark.parametrize(
    ("server", "url", "below"),
    [
        (TENANTS, "https://acme.example.com/v1/a", True),
        (TENANTS, "https://acme.example.com:8443/v2/a", True),
        (TENANTS, "https://acme.example.com:9443/v1/a", False),
        (TENANTS, "https://acme.example.com/v3/a", False),
        (TENANTS, "https://a.b.example.org/v1/a", False),
        ({"url": "//api.test/v1"}, "http://api.test/v1/a", True),
        ({"url": "//api.test/v1"}, "https://api.test/v1/a", True),
        ({"url": "//api.test/v1"}, "https://other.test/v1/a", False),
        ({"url": "/v1"}, "https://any.test/v1/a", True),
        ({"url": "v1"}, "https://any.test/v1/a", True),
        ({"url": "./v1/"}, "https://any.test/v1/a", True),
        ({"url": "/v1"}, "https://any.test/v2/a", False),
        ({"url": "../v1"}, "https://any.test/v1/a", True),
        ({"url": " https://api.test "}, "https://api.test/a", True),
        ({"url": "http://[::1]:8000"}, "http://[::1]:8000/a", True),
        ({"url": "https://api.test"}, "https://api.test./a", True),
        ({"url": "https://api.test."}, "https://api.test/a", True),
        ({"url": "https://API.test"}, "https://api.TEST:443/a", True),
        ({"url": "https://müller.test"}, "https://xn--mller-kva.test/a", True),
        ({"url": "{base}", "variables": {"base": {"default": "https://api.test/v1"}}}, "https://api.test/v1/a", True),
        ({"url": "{base}", "variables": {"base": {"default": "https://api.test/v1"}}}, "https://x.test/v1/a", False),
        (DEEP, "https://api.test/v1/beta/a", True),
        (DEEP, "https://api.test/v2/a", True),
        (DEEP, "https://api.test/v2/beta/a", False),
        (
            {
                "url": "{protocol}://{host}/api",
                "variables": {"protocol": {"default": "http"}, "host": {"default": "h"}},
            },
            "https://my.host:8080/api/a",
            False,
        ),
        (
            {
                "url": "{protocol}://{host}/api",
                "variables": {"protocol": {"default": "http"}, "host": {"default": "h"}},
            },
            "https://my.host/api/a",
            True,
        ),
    ],
)
def test_a_url_is_below_a_server(server: Any, url: str, below: bool, tmp_path: Path) -> None:
    contract = load(document({"/a": {"get": operation()}}, servers=[server]), tmp_path)
    assert (asked(contract, url) == []) is below


@pytest.mark.parametrize(
    ("variable", "urls"),
    [
        ({"enum": ["a", "b"], "default": "b"}, ["https://b.test", "https://a.test", "https://b.test"]),
        ({"enum": ["a", "b"]}, ["https://a.test", "https://a.test", "https://b.test"]),
        ({"enum": [1, 2.5], "default": 2.5}, ["https://2.5.test", "https://1.test", "https://2.5.test"]),
        ({"enum": [], "default": "a"}, ["https://a.test", "https://a.test"]),
        ({"enum": "ab", "default": "a"}, ["https://a.test", "https://a.test"]),
        ({"default": "a"}, ["https://a.test", "https://a.test"]),
    ],
)
def test_a_variable_without_a_default_has_the_first_of_its_values(variable: Any, urls: list[str]) -> None:
    """A list without values lists none; what is no string is written as one."""
    (server,) = read([{"url": "https://{h}.test", "variables": {"h": variable}}], "/servers")
    assert [server.url, *server.urls()] == urls


def test_too_many_choices_are_one_url() -> None:
    variables = {f"v{n}": {"enum": [str(value) for value in range(10)], "default": "7"} for n in range(10)}
    url = "https://x.test/" + "".join(f"{{{name}}}" for name in variables)
    contract = Contract(
        Document(document({"/a": {"get": operation()}}, servers=[{"url": url, "variables": variables}]))
    )
    assert contract.servers == ("https://x.test/7777777777",)
    assert contract.check_request(Request("GET", "https://x.test/0123456789/a")) == []


@pytest.mark.parametrize(("choices", "urls"), [(MOST, MOST), (MOST + 1, 1)])
def test_each_choice_is_a_url_up_to_the_maximum(choices: int, urls: int) -> None:
    server = Server("https://{host}.test", {"host": [f"h{n}" for n in range(choices)]}, {"host": "h0"})
    found = list(server.urls())
    assert len(found) == urls
    assert found[0] == "https://h0.test"


@pytest.mark.parametrize("inner", [True, False])
def test_a_path_and_an_operation_have_servers_of_their_own(inner: bool, tmp_path: Path) -> None:
    own = {"servers": [{"url": "https://upload.test/v2"}]}
    item = {"get": operation(**own)} if inner else {"get": operation(), **own}
    contract = load(document({"/a": item, "/b": {"get": operation(operationId="b")}}), tmp_path)
    assert asked(contract, "https://upload.test/v2/a") == []
    assert asked(contract, "/b") == []
    assert asked(contract, "/a") == [("path", "undeclared")]
    assert asked(contract, "https://upload.test/v2/b") == [("path", "undeclared")]


def test_hosts_of_operations_are_the_documents(tmp_path: Path) -> None:
    paths = {"/a": {"get": operation(servers=[{"url": "https://upload.test/v2"}])}}
    bases = load(document(paths), tmp_path).base_urls()
    assert bases.find("https://upload.test/nowhere") == "https://upload.test/nowhere"
    assert bases.find("https://api.example.com./nowhere") == "https://api.example.com./nowhere"
    assert bases.find("https://other.test/a") is None


def test_a_base_url_stands_for_every_server() -> None:
    raw = document({"/a": {"get": operation(servers=[{"url": "https://upload.test"}])}})
    contract = Contract(Document(raw), base_url="http://localhost:8000")
    assert contract.check_request(Request("GET", "http://localhost:8000/a")) == []


PATHS = [
    "",
    "/a/{id}",
    "/a/{id}.json",
    "/a/{id}:cancel",
    "/a/me",
    "/b?beta=true",
    "/b",
    "/c#create",
    "/d?uploads",
    "/d?part={part}",
    "/d?part=first",
    "/d",
    "/e f/ü",
    "/g%20h",
    "/{any}/x",
    "/a/x",
]


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("", ""),
        ("/", ""),
        ("/a/5", "/a/{id}"),
        ("/a/5.json", "/a/{id}.json"),
        ("/a/5:cancel", "/a/{id}:cancel"),
        ("/a/me", "/a/me"),
        ("/a/x", "/a/x"),
        ("/b?beta=true", "/b?beta=true"),
        ("/b?beta=true&more=1", "/b?beta=true"),
        ("/b?beta=false", "/b"),
        ("/c", "/c#create"),
        ("/z/x", "/{any}/x"),
        ("/d?uploads", "/d?uploads"),
        ("/d?uploads=", "/d?uploads"),
        ("/d?part=5", "/d?part={part}"),
        ("/d?part=first", "/d?part=first"),
        ("/d", "/d"),
        ("/e%20f/%c3%bc", "/e f/ü"),
        ("/%65%20f/%C3%BC", "/e f/ü"),
        ("/g%20h", "/g%20h"),
    ],
)
def test_the_most_exact_path_is_meant(url: str, path: str) -> None:
    contract = Contract(Document(document({path: {"get": {"responses": {}}} for path in PATHS})))
    found = contract.find(Request("GET", f"https://api.example.com{url}"))
    assert found is not None
    assert found.path == path


@pytest.mark.parametrize("path", PATHS)
def test_what_is_written_for_a_path_arrives_there(path: str) -> None:
    schema = {"type": "string"}
    names = [{"name": n, "in": "path", "required": True, "schema": schema} for n in re.findall(r"\{(.+?)\}", path)]
    own = {"responses": {}, "parameters": [*names, {"name": "q", "in": "query", "schema": schema}]}
    contract = Contract(Document(document({path: {"get": own}})))
    arguments = {"path": {name["name"]: "z" for name in names}, "query": {"q": "1"}}
    written = write_request(contract.document, contract.operations[0], arguments)
    found = contract.read(Request("GET", f"https://api.example.com{written.target}"))
    assert found is not None
    assert (found.violations, found.arguments["path"], found.arguments["query"]) == ((), *arguments.values())


def test_what_of_a_query_belongs_to_the_path_is_no_parameter(tmp_path: Path) -> None:
    contract = load(document({"/b?beta=true": {"get": operation()}}), tmp_path)
    assert asked(contract, "/b?beta=true") == []
    assert asked(contract, "/b?beta=true&x=1") == [("query.x", "undeclared")]


def test_paths_that_differ_in_a_query_are_no_choice() -> None:
    operations = {"responses": {"200": {"description": ""}}}
    raw = {"openapi": "3.1.0", "paths": {path: {"get": operations} for path in ("/a", "/a?x=1", "/a?y")}}
    contract = Contract(Document(raw))
    for query, path in (("", "/a"), ("?x=1", "/a?x=1"), ("?y=", "/a?y"), ("?x=1&y", "/a?x=1")):
        found = contract.route(Request("GET", f"http://localhost/a{query}"))
        assert isinstance(found, Match)
        assert (found.operation.path, found.others) == (path, ())


def test_the_port_of_another_scheme_is_the_host_all_the_same() -> None:
    """A request to the API by the wrong scheme is one to the API."""
    server = Server("https://api.example.com/v1")
    assert server.has_host(origin("http", "api.example.com:80"), any_scheme=True)
    assert server.has_host(origin("http", "api.example.com"), any_scheme=True)
    assert Server("http://api.example.com:443").has_host(origin("https", "api.example.com"), any_scheme=True)
    assert not server.has_host(origin("http", "api.example.com"))
    assert not server.has_host(origin("http", "api.example.com:8080"), any_scheme=True)


@pytest.mark.parametrize("more", [[], [{"url": "https://other.example.com"}]])
def test_the_most_exact_path_is_meant_whatever_servers_it_has(more: list[Any]) -> None:
    """Documents give each path servers of its own, which are the same ones, or hold the same one."""
    one = {"url": "https://{region}.example.com/v1", "variables": {"region": {"default": "us", "enum": ["us", "eu"]}}}
    name = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    paths = {
        "/a/{id}": {"servers": [dict(one)], "get": {**operation(), "operationId": "any", "parameters": [name]}},
        "/a/mine": {"servers": [dict(one), *more], "get": {**operation(), "operationId": "mine"}},
    }
    contract = Contract(Document(document(paths)))
    found = [contract.find(Request("GET", f"https://eu.example.com/v1/a/{last}")) for last in ("mine", "other")]
    assert [held.id if held else None for held in found] == ["mine", "any"]
    assert len({*Document(document(paths)).operations["any"].servers, Server("https://x.example")}) == 2
    assert len(contract._routes._groups) == 2 + bool(more), "one for each different list, and that of the document"


def test_variables_are_filled_by_their_listed_values_and_defaults() -> None:
    """A whole base URL only where nothing is listed; a slash at an end belongs to no base URL."""
    server = Server("https://{a}.test/{b}", {"a": ["x", "y"]}, {"a": "x", "b": "v1/"})
    assert server.url == "https://x.test/v1"
    assert list(server.urls()) == ["https://x.test/v1", "https://y.test/v1"]
    assert server != Server("https://{a}.test/{b}", {"a": ["x", "y"]}, {"a": "y", "b": "v1/"})
    assert server == Server("https://{a}.test/{b}", {"a": ["x", "y"]}, {"b": "v1/", "a": "x"})
    assert hash(server) == hash(Server("https://{a}.test/{b}", {"a": ["x", "y"]}, {"b": "v1/", "a": "x"}))
    whole = Server("{base}/v1", {}, {"base": "https://own.test"})
    assert (whole.url, whole.names_host) == ("https://own.test/v1", True)
    listed = Server("{base}/v1", {"base": ["https://a.test", "https://b.test"]}, {"base": "https://a.test"})
    assert list(listed.urls()) == ["https://a.test/v1", "https://b.test/v1"]
    below = Server("https://a.test/{b}/c", {"b": ["/v1/", "v2"]}, {"b": "v2"})
    assert [below.below(path) for path in ("/v1/c/x", "/v2/c", "/v3/c", "/v2/cc")] == ["/x", "", None, None]
