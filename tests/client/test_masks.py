"""What an error shows of the request that was sent: all of it but the credentials, wherever they are carried."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import Any

import httpx
import pytest

from apicontract.client import credentials
from apicontract.client.request import PreparedRequest, prepare
from apicontract.client.response import mask, masked
from apicontract.client.settings import Api, Settings
from tests.support.small import document, load, operation, parameter

KEY = "key-0123456789abcdef"
SCHEMES = {
    "header": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "query": {"type": "apiKey", "in": "query", "name": "k"},
    "cookie": {"type": "apiKey", "in": "cookie", "name": "session"},
    "bearer": {"type": "http", "scheme": "bearer"},
    "basic": {"type": "http", "scheme": "basic"},
}


def _call(folder: Path, *schemes: str, key: str = KEY, **arguments: Any) -> PreparedRequest:
    declared = [parameter("query", name, True) for name in ("a", "b")] + [parameter("cookie", "theme", True)]
    required = operation(parameters=declared, security=[{scheme: [] for scheme in schemes}])
    contract = load(document({"/a": {"get": required}}, components={"securitySchemes": SCHEMES}), folder)
    keys: dict[str, Any] = {scheme: ("user", key) if scheme == "basic" else key for scheme in schemes}
    api = Api(contract, None, None, "agent")
    settings = Settings(api, credentials.secret(keys), "https://api.example.com", 5, 0, True, False, False)
    given: Any = arguments
    return prepare(settings, "op", given)


@pytest.mark.parametrize(
    ("schemes", "arguments", "url", "headers"),
    [
        (["header"], {"query": {"a": 1}}, "/a?a=1", {"x-key": "[secure]"}),
        (["bearer"], {}, "/a", {"authorization": "[secure]"}),
        (["basic"], {}, "/a", {"authorization": "[secure]"}),
        (["cookie"], {"cookie": {"theme": "dark"}}, "/a", {"cookie": "[secure]"}),
        (["query"], {"query": {"a": "x y", "b": [1, 2]}}, "/a?a=x+y&b=1&b=2&k=%5Bsecure%5D", {}),
        (["query", "cookie"], {}, "/a?k=%5Bsecure%5D", {"cookie": "[secure]"}),
        (["header"], {"cookie": {"theme": "dark"}}, "/a", {"x-key": "[secure]", "cookie": "theme=dark"}),
    ],
)
def test_credentials_are_replaced_and_nothing_else_is(
    tmp_path: Path, schemes: list[str], arguments: dict[str, Any], url: str, headers: dict[str, str]
) -> None:
    """In a copy: hooks of the caller see what was sent."""
    call = _call(tmp_path, *schemes, **arguments)
    request = call.request(httpx.Client(headers={"x-mine": "m"}), httpx.ByteStream(b""))
    before = (str(request.url), request.headers.multi_items())
    found = masked(call, request)
    assert str(found.url) == f"https://api.example.com{url}"
    names = ("x-key", "authorization", "cookie")
    assert {name: found.headers[name] for name in names if name in found.headers} == headers
    assert (found.method, found.headers["x-mine"]) == ("GET", "m")
    assert (str(request.url), request.headers.multi_items()) == before
    assert KEY in "".join(before[0]) + "".join(value for _, value in before[1]) or schemes == ["basic"]
    assert KEY not in str(found.url) + repr(found.headers.multi_items())


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("key", [KEY, "first-half:second-half"])
def test_key_of_any_scheme_that_a_response_repeats_is_replaced(tmp_path: Path, scheme: str, key: str) -> None:
    """As it was given and as it was sent: of a user and a password, both the password and what is made of them."""
    call = _call(tmp_path, scheme, key=key)
    sent = b64encode(f"user:{key}".encode()).decode() if scheme == "basic" else key
    request = call.request(httpx.Client(), httpx.ByteStream(b""))
    response = httpx.Response(401, headers={"x-said": f"no {key} or {sent}"}, request=request)
    mask(call, response)
    assert response.headers["x-said"] == "no [API key] or [API key]"
    assert call.keys.text(f"{key} {sent}") == "[API key] [API key]"


def test_key_that_a_response_repeats_is_replaced(tmp_path: Path) -> None:
    call = _call(tmp_path, "header")
    request = call.request(httpx.Client(), httpx.ByteStream(b""))
    extensions = {"reason_phrase": f"Bad {KEY}".encode(), "http_version": b"HTTP/1.1"}
    headers = {"x-said": f"the key {KEY}", "x-other": "o"}
    response = httpx.Response(302, headers=headers, request=request, extensions=extensions)
    response.next_request = request
    mask(call, response)
    assert dict(response.headers) == {"x-said": "the key [API key]", "x-other": "o"}
    assert response.extensions == {"reason_phrase": b"Bad [API key]", "http_version": b"HTTP/1.1"}
    assert response.next_request is None
    assert response.request.headers["x-key"] == "[secure]"
    assert request.headers["x-key"] == KEY


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ({}, "/a?k=a%2Bb%26c%3Dd%2F%20%250123"),
        ({"query": {"a": 1}}, "/a?a=1&k=a%2Bb%26c%3Dd%2F%20%250123"),
        (
            {"options": {"additional_query_parameters": {"n": (1, True, "x&y"), "m": None, "o": [], "p": 1.0}}},
            "/a?k=a%2Bb%26c%3Dd%2F%20%250123&n=1&n=true&n=x%26y&p=1.0",
        ),
    ],
)
def test_key_in_the_query_is_escaped_and_comes_after_the_arguments(tmp_path: Path, given: Any, url: str) -> None:
    call = _call(tmp_path, "query", key="a+b&c=d/ %0123", **given)
    assert str(call.url) == f"https://api.example.com{url}"
    assert httpx.QueryParams(call.url.query).get_list("k") == ["a+b&c=d/ %0123"]
    assert "0123" not in str(masked(call, call.request(httpx.Client(), httpx.ByteStream(b""))).url)
