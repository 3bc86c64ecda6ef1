"""Headers and bodies in neutral form."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.requests import BASE
from twelvelabs_contract import Headers, Request, Response


def test_headers_are_found_in_any_case_and_shown_without_values() -> None:
    headers = Headers([("X-Api-Key", "tlk_secret"), ("Accept", "a"), ("accept", "b")])
    assert headers.get("x-api-key") == "tlk_secret"
    assert headers.get("ACCEPT") == "a, b"
    assert headers.get("none") is None
    assert "tlk_secret" not in repr(Request("GET", "https://example.com", headers))


@pytest.mark.parametrize(("given", "body"), [("wörd", "wörd".encode()), (None, b""), (b"x", b"x")])
def test_a_body_may_be_none_and_a_string_is_utf_8(given: Any, body: bytes) -> None:
    assert Request("GET", BASE, body=given).body == Response(200, body=given).body == body


@pytest.mark.parametrize("body", [5, {"a": 1}, bytearray(b"x")])
def test_a_body_is_bytes(body: Any) -> None:
    with pytest.raises(TypeError, match="a body is bytes or a string"):
        Request("GET", BASE, Headers(), body)
    with pytest.raises(TypeError, match="a body is bytes or a string"):
        Response(200, Headers(), body)


@pytest.mark.parametrize("given", [{"X-Key": "k"}, [("X-Key", "k")], Headers({"x-key": "k"})])
def test_headers_are_taken_in_any_form(given: Any) -> None:
    assert Request("GET", "https://a.example", given).headers.get("x-key") == "k"
    assert Response(200, given).headers.get("x-key") == "k"
