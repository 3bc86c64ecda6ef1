"""Requests and responses of the HTTP libraries are checked as those in neutral form."""

from __future__ import annotations

import asyncio
import io
import subprocess
import sys
import urllib.request
from collections.abc import AsyncIterator, Callable
from typing import Any
from unittest.mock import Mock
from urllib.parse import unquote, urlsplit

import aiohttp.web
import httpx
import httpx2
import pytest
import requests
import starlette.requests
import urllib3
import werkzeug.test
import werkzeug.wrappers
from aiohttp.test_utils import make_mocked_request

from apicontract.checks import adapters
from apicontract.checks.adapters import BodyUnreadable
from tests.checks.places import places
from tests.checks.wrong_requests import REQUESTS
from tests.support.requests import BASE, get
from tests.support.things import THING, THINGS
from twelvelabs_contract import Contract, Headers, Request, Response

JSON = {"content-type": "application/json"}

# httpx resolves the one and refuses the other before anybody can check it.
NEUTRAL_ONLY = {"a step up the path", "a line break in the URL"}


def _prepared(request: Request) -> requests.PreparedRequest:
    """Prepare a request of requests that says exactly this: it would rewrite the URL and merge headers."""
    made = requests.Request(request.method, "https://api.twelvelabs.io", data=request.body).prepare()
    made.url = request.url
    made.headers = requests.structures.CaseInsensitiveDict(request.headers.items)
    return made


def _urllib(request: Request) -> urllib.request.Request:
    """Give the first header for this request, and the others for those that it is redirected to as well."""
    first, others = request.headers.items[:1], request.headers.items[1:]
    made = urllib.request.Request(  # noqa: S310 - it is never opened
        request.url, data=request.body or None, headers=dict(others), method=request.method
    )
    for name, value in first:
        made.add_unredirected_header(name, value)
    return made


FORMS: dict[str, Callable[[Request], Any]] = {
    "httpx": lambda r: httpx.Request(r.method, r.url, headers=list(r.headers.items), content=r.body),
    "httpx2": lambda r: httpx2.Request(r.method, r.url, headers=list(r.headers.items), content=r.body),
    "requests": _prepared,
    "urllib": _urllib,
}


@pytest.mark.parametrize("library", FORMS)
@pytest.mark.parametrize("name", [name for name in REQUESTS if name not in NEUTRAL_ONLY])
def test_every_librarys_request_and_the_neutral_form_get_the_same_verdict(
    contract: Contract, name: str, library: str
) -> None:
    request, expected = REQUESTS[name]
    assert places(contract.check_request(FORMS[library](request))) == expected


def _of_requests(body: bytes, sent: requests.PreparedRequest) -> requests.Response:
    made = requests.Response()
    made.status_code, made.raw, made.request = 200, _of_urllib3(body), sent
    return made


def _of_urllib3(body: bytes) -> urllib3.HTTPResponse:
    return urllib3.HTTPResponse(io.BytesIO(body), JSON, 200, preload_content=False)


def test_every_librarys_response_gets_the_same_verdict(contract: Contract) -> None:
    sent = requests.Request("GET", f"{BASE}/tasks", headers={"x-api-key": "k"}).prepare()
    body = b'{"data": 5}'
    given: list[Any] = [_of_requests(body, sent), httpx2.Response(200, json={"data": 5}), _of_urllib3(body)]
    for response in given:
        assert places(contract.check_exchange(sent, response)) == [("body.data", "type")]
    assert places(contract.check_response(given[0])) == [("body.data", "type")]


@pytest.mark.parametrize("body", [None, "", b"", "{}", b"{}", bytearray(b"{}"), io.BytesIO(b"{}"), io.StringIO("{}")])
def test_a_body_of_requests_is_read_and_left_as_it_was(body: Any) -> None:
    sent = requests.Request("POST", f"{BASE}/gist").prepare()
    sent.body = body
    for _ in range(2):
        assert adapters.request(sent).body == (b"{}" if body else b"")
    if hasattr(body, "read"):
        assert body.read()


def test_a_body_of_requests_that_is_a_generator_is_refused(contract: Contract) -> None:
    sent = requests.Request("POST", f"{BASE}/gist", data=iter([b"{}"])).prepare()
    with pytest.raises(adapters.BodyUnreadable, match="cannot be read twice"):
        contract.check_request(sent)


def test_no_library_is_imported_to_recognise_its_objects() -> None:
    program = (
        "import sys; from twelvelabs_contract import Contract, Request\n"
        f"Contract.load().check_request(Request('GET', {BASE!r} + '/tasks', body=None))\n"
        "print(*({'httpx', 'httpx2', 'requests', 'urllib3', 'aiohttp'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "\n"


def test_an_httpx_response_knows_its_request(contract: Contract) -> None:
    request = httpx.Request("GET", f"{BASE}/tasks", headers={"x-api-key": "k"})
    response = httpx.Response(200, json={"data": 5}, request=request)
    assert places(contract.check_response(response)) == [("body.data", "type")]


def test_something_else_than_a_request_is_refused(contract: Contract) -> None:
    with pytest.raises(TypeError, match="a request is needed"):
        contract.check_request("GET /tasks")  # type: ignore[arg-type] # the mistake under test
    with pytest.raises(TypeError, match="a response is needed"):
        contract.check_exchange(get("/tasks"), 200)  # type: ignore[arg-type] # the mistake under test


def _starlette(request: Request) -> starlette.requests.Request:
    """Return what an ASGI server hands over for a request."""
    url = urlsplit(request.url)
    scope = {
        "type": "http",
        "method": request.method,
        "scheme": url.scheme,
        "server": (url.hostname, 443),
        "path": unquote(url.path),
        "raw_path": url.path.encode(),
        "query_string": url.query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in request.headers.items],
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": request.body, "more_body": False}

    return starlette.requests.Request(scope, receive)


def _read_by_starlette(request: Request) -> starlette.requests.Request:
    made = _starlette(request)
    asyncio.run(made.body())
    return made


def _werkzeug(request: Request) -> werkzeug.wrappers.Request:
    url = urlsplit(request.url)
    builder = werkzeug.test.EnvironBuilder(
        path=url.path,
        query_string=url.query,
        base_url=f"{url.scheme}://{url.netloc}",
        method=request.method,
        headers=list(request.headers.items),
        data=request.body,
    )
    return werkzeug.wrappers.Request(builder.get_environ())


def _aiohttp(request: Request) -> aiohttp.web.BaseRequest:
    url = urlsplit(request.url)
    fields = {**dict(request.headers.items), "host": url.netloc}
    target = f"{url.path}?{url.query}" if url.query else url.path
    made = make_mocked_request(request.method, target, headers=fields)
    made._read_bytes = request.body  # what `await read()` keeps
    return made


@pytest.mark.parametrize("framework", [_read_by_starlette, _werkzeug, _aiohttp])
def test_what_a_server_received_is_checked_like_what_a_client_sends(
    framework: Callable[[Request], Any],
) -> None:
    """Also a second time: the body is still there."""
    json = Headers({"content-type": "application/json", "x-key": "k"})
    right = Request("POST", "https://things.example/hooks?from=a%20b", json, b'{"a": "\xc3\xa9"}')
    received = framework(right)
    for _ in range(2):
        found = adapters.request(received)
        assert (found.method, found.body) == ("POST", right.body)
        assert found.url.endswith("//things.example/hooks?from=a%20b")
        assert [found.headers.get(name) for name in ("content-type", "x-key")] == ["application/json", "k"]


def test_the_body_of_a_server_request_that_nobody_read_is_reported() -> None:
    received = _starlette(Request("POST", "https://things.example/%2F", body=b"{}"))
    with pytest.raises(BodyUnreadable, match=r"`await request\.body\(\)` first"):
        adapters.request(received)
    asyncio.run(received.body())
    assert adapters.request(received).url == "https://things.example/%2F"
    with pytest.raises(BodyUnreadable, match=r"`await request\.read\(\)` first"):
        adapters.request(make_mocked_request("POST", "/"))


def test_the_body_of_a_response_that_nobody_read_is_reported() -> None:
    unread: Any = Mock(spec=aiohttp.ClientResponse, _body=None)
    with pytest.raises(BodyUnreadable, match=r"^the response's body was not read; `await response\.read\(\)` first$"):
        adapters.response(unread)


def test_a_body_that_only_a_coroutine_can_read_is_reported(contract: Contract) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield b"{}"

    request = httpx.Request("POST", f"{BASE}/gist", content=chunks())
    with pytest.raises(ValueError, match=r"await request\.aread\(\)"):
        contract.check_request(request)


def test_a_response_is_checked_though_its_request_was_streamed_away(contract: Contract) -> None:
    """An upload that was sent piece by piece is gone; its URL still tells the operation."""
    request = httpx.Request("POST", f"{BASE}/tasks", content=iter([b"x"]))
    for _ in request.stream:  # type: ignore[union-attr] # as a transport does
        pass
    assert places(contract.check_response(httpx.Response(200, json={"_id": 5}, request=request))) == [
        ("body._id", "type")
    ]


def test_httpx_headers_are_read_as_they_are() -> None:
    """Byte by byte, whatever they hold: dropping what is not ASCII would make a valid value of a wrong one."""
    request = httpx.Request("GET", THING, headers=[(b"x-key", b"k"), (b"word", "wé".encode("latin-1"))])
    assert [(v.where, v.excerpt) for v in THINGS.check_request(request)] == [("header.word", '"wé"')]


FILES: dict[str, Callable[[bytes], Any]] = {
    "bytes": io.BytesIO,
    "buffered": lambda content: io.BufferedReader(io.BytesIO(content)),
    "text": lambda content: io.StringIO(content.decode()),
    "text of bytes": lambda content: io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"),
}
HOLDERS: dict[str, Callable[[Any], Any]] = {
    "requests": lambda body: Mock(spec=requests.PreparedRequest, method="POST", url=BASE, headers={}, body=body),
    "urllib": lambda body: urllib.request.Request(BASE, data=body, method="POST"),  # noqa: S310 - it is never opened
}


@pytest.mark.parametrize("holder", HOLDERS)
@pytest.mark.parametrize("form", FILES)
@pytest.mark.parametrize("at", [0, 1, 4, 5])
def test_a_file_is_read_from_where_it_stands_and_stands_there_again(at: int, form: str, holder: str) -> None:
    """What is sent afterwards is what was checked, however often."""
    file = FILES[form](b"abcde")
    file.read(at) if form != "text of bytes" else file.seek(at)
    held = HOLDERS[holder](file)
    for _ in range(2):
        assert adapters.request(held).body == b"abcde"[at:]
        assert file.tell() == at
    rest = file.read()
    assert (rest if isinstance(rest, bytes) else rest.encode()) == b"abcde"[at:]


def test_a_file_that_cannot_be_read_stands_where_it_did() -> None:
    """One that can go nowhere cannot be read twice; neither can a mapping."""
    file = Mock(spec=["read", "seek", "tell"])
    file.tell.return_value, file.read.side_effect = 3, OSError("no disk")
    with pytest.raises(OSError, match="no disk"):
        adapters.request(HOLDERS["requests"](file))
    file.seek.assert_called_once_with(3)
    for body in (Mock(spec=["read"]), {"a": 1}, 5):
        with pytest.raises(BodyUnreadable, match=rf"cannot be read twice \({type(body).__name__}\); check its bytes"):
            adapters.request(HOLDERS["requests"](body))


@pytest.mark.parametrize("body", ["é", "é".encode(), bytearray("é".encode()), memoryview("é".encode())])
@pytest.mark.parametrize(
    "fields",
    [
        Headers([("X-A", "1"), ("x-a", "ü")]),
        [("X-A", "1"), ("x-a", "ü")],
        [(b"X-A", b"1"), (b"x-a", b"\xfc")],
        (("X-A", "1"), ("x-a", "ü")),
        {"X-A": "1", "x-a": "ü"},
        httpx.Headers([(b"X-A", b"1"), (b"x-a", b"\xfc")]).multi_items(),
    ],
)
def test_a_webhook_is_its_headers_and_the_bytes_of_its_body(fields: Any, body: Any) -> None:
    found = adapters.webhook((fields, body))
    assert (found.method, found.url, found.body) == ("POST", "", "é".encode())
    assert [(name.lower(), value) for name, value in found.headers.items] == [("x-a", "1"), ("x-a", "ü")]


@pytest.mark.parametrize(
    ("fields", "body", "said"),
    [
        ({}, {"a": 1}, "pass the bytes of the body as received, not dict: the bytes are signed"),
        ({}, None, "pass the bytes of the body as received, not NoneType: the bytes are signed"),
        ("a: b", b"", "give the headers of the request, not str"),
        (b"a: b", b"", "give the headers of the request, not bytes"),
        (5, b"", "give the headers of the request, not int"),
        (None, b"", "give the headers of the request, not NoneType"),
    ],
)
def test_a_webhook_that_was_parsed_is_refused(fields: Any, body: Any, said: str) -> None:
    with pytest.raises(TypeError, match=f"^{said}$"):
        adapters.webhook((fields, body))


def test_a_webhook_may_be_the_request_of_any_library() -> None:
    given = Request("PUT", BASE, Headers({"a": "b"}), b"c")
    assert adapters.webhook(given) is given
    found = adapters.webhook(httpx.Request("PUT", BASE, content=b"c"))
    assert (found.method, found.url, found.body) == ("PUT", BASE, b"c")


def test_the_request_of_a_response_is_known_where_the_response_has_it() -> None:
    """Without its body where that is gone; aiohttp never keeps it."""
    whole = httpx.Request("POST", BASE, content=b"a")
    gone = httpx.Request("POST", BASE, content=iter([b"a"]))
    consumed = requests.Request("POST", BASE, data=iter([b"a"])).prepare()
    kept = requests.Request("POST", BASE, data=b"a").prepare()
    aio: Any = Mock(spec=["request_info"])
    aio.request_info = Mock(method="POST", real_url=BASE, headers={"A": "b"})
    for given, body in (
        (httpx.Response(200, request=whole), b"a"),
        (httpx.Response(200, request=gone), b""),
        (_of_requests(b"", kept), b"a"),
        (_of_requests(b"", consumed), b""),
        (aio, b""),
    ):
        found = adapters.sent(given)
        assert found is not None
        assert (found.method, found.url.rstrip("/"), found.body) == ("POST", BASE, body)
    assert adapters.sent(aio).headers.get("a") == "b"  # type: ignore[union-attr] # it was found above
    for unknown in (Response(200), httpx.Response(200), _of_urllib3(b"")):
        assert adapters.sent(unknown) is None


def test_every_header_of_a_response_is_kept() -> None:
    """Of a response of requests, those that came over the wire, where it has them."""
    fields = urllib3.HTTPHeaderDict([("A", "1"), ("a", "2")])
    raw = urllib3.HTTPResponse(io.BytesIO(b"a"), fields, 201, preload_content=False)
    response = requests.Response()
    response.status_code, response.raw, response.headers["b"] = 201, raw, "3"
    assert adapters.response(response).headers.get("b") is None
    assert "2" in str(adapters.response(response).headers.get("a"))
    response.raw = io.BytesIO()
    assert (adapters.response(response).headers.get("b"), adapters.response(response).status) == ("3", 201)
    found = adapters.response(httpx.Response(200, headers=[(b"A", b"1"), (b"a", b"\xfc")]))
    assert [value for name, value in found.headers.items if name.lower() == "a"] == ["1", "ü"]
