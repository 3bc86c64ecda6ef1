"""Requests and responses of the HTTP libraries are checked as those in neutral form."""

from __future__ import annotations

import io
import subprocess
import sys
import urllib.request
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import httpx2
import pytest
import requests
import urllib3

from apicontract.checks import adapters
from tests.checks.places import places
from tests.checks.wrong_requests import REQUESTS
from tests.support.requests import BASE, get
from tests.support.things import THING, THINGS
from twelvelabs_contract import Contract, Request

JSON = {"content-type": "application/json"}

# httpx resolves the one and refuses the other before anybody can check it.
NEUTRAL_ONLY = {"a step up the path", "a line break in the URL"}


def _prepared(request: Request) -> requests.PreparedRequest:
    """Prepare a request of requests that says exactly this: it would rewrite the URL and merge headers."""
    made = requests.Request(request.method, "https://api.twelvelabs.io", data=request.body).prepare()
    made.url = request.url
    made.headers = requests.structures.CaseInsensitiveDict(request.headers.items)
    return made


FORMS: dict[str, Callable[[Request], Any]] = {
    "httpx": lambda r: httpx.Request(r.method, r.url, headers=list(r.headers.items), content=r.body),
    "httpx2": lambda r: httpx2.Request(r.method, r.url, headers=list(r.headers.items), content=r.body),
    "requests": _prepared,
    "urllib": lambda r: urllib.request.Request(  # noqa: S310 - it is never opened
        r.url, data=r.body or None, headers=dict(r.headers.items), method=r.method
    ),
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


def test_a_body_that_only_a_coroutine_can_read_is_told(contract: Contract) -> None:
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
