"""Those who check traffic against the document: ours, openapi-core, and the two engines of JSON Schema.

Each is set up once, as its manual says, and is then asked with what it takes at its cheapest: openapi-core gets paths
and queries already split, which its adapters for real requests do anew each time.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import parse_qsl

from benchmarks.inputs import BASE, KEY, document, document_path

if TYPE_CHECKING:
    from openapi_core import OpenAPI
    from openapi_core.testing import MockRequest

    from twelvelabs_contract import Contract, Request

Check: TypeAlias = Callable[[], bool]
"""Says whether the input conforms."""
HOST, ROOT = BASE.rsplit("/", 1)
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Message:
    """A request, before it is given the form that a checker takes."""

    method: str
    path: str
    """After the version, such as `/tasks`."""
    query: str = ""
    body: bytes = b""
    content_type: str = ""


def contract() -> Contract:
    """Load the contract of the document that the peers are given."""
    from twelvelabs_contract import Contract

    return Contract.load(document_path())


def neutral(message: Message) -> Request:
    """Make the request that our checks take."""
    from twelvelabs_contract import Headers, Request

    headers = {"x-api-key": KEY} | ({"content-type": message.content_type} if message.content_type else {})
    url = f"{BASE}{message.path}{'?' if message.query else ''}{message.query}"
    return Request(message.method, url, Headers(headers), message.body)


def request_check(loaded: Contract, message: Message) -> Check:
    """Check a request with ours."""
    request = neutral(message)
    return lambda: not loaded.check_request(request)


def response_check(loaded: Contract, message: Message, body: bytes) -> Check:
    """Check the response to a request with ours, which finds the operation by it."""
    from twelvelabs_contract import Headers, Response

    request, response = neutral(message), Response(200, Headers({"content-type": JSON}), body)
    return lambda: not loaded.check_response(response, request=request)


def openapi_core(raw: dict[str, Any] | None = None) -> OpenAPI:
    """Load the document into openapi-core."""
    from openapi_core import OpenAPI

    return OpenAPI.from_dict(raw or document())


def _mock(message: Message) -> MockRequest:
    from openapi_core.testing import MockRequest

    query: Any = parse_qsl(message.query)  # its type says dict, its werkzeug takes pairs, as names repeat
    return MockRequest(
        HOST,
        message.method,
        f"/{ROOT}{message.path}",
        args=query,
        headers={"x-api-key": KEY},
        data=message.body,
        content_type=message.content_type,
    )


def openapi_core_request(app: OpenAPI, message: Message) -> Check:
    """Check a request with openapi-core."""
    request = _mock(message)
    return lambda: not list(app.iter_request_errors(request))


def openapi_core_response(app: OpenAPI, message: Message, body: bytes) -> Check:
    """Check a response with openapi-core."""
    from openapi_core.testing import MockResponse

    request, response = _mock(message), MockResponse(body, 200, content_type=JSON)
    return lambda: not list(app.iter_response_errors(request, response))


def schema(name: str) -> dict[str, Any]:
    """Make the schema of a component as one document of its own."""
    return {"$ref": f"#/components/schemas/{name}", "components": document()["components"]}


def jsonschema(name: str) -> Callable[[bytes], Check]:
    """Parse and check bodies with jsonschema, which reads Python values, so `json` reads them first."""
    from jsonschema import Draft202012Validator

    return _parsed(json.loads, Draft202012Validator(schema(name)).is_valid)


def jsonschema_rs(name: str) -> Callable[[bytes], Check]:
    """Parse and check bodies with jsonschema-rs, after the fastest parser that there is for it."""
    from jsonschema_rs import Draft202012Validator
    from pydantic_core import from_json

    return _parsed(from_json, Draft202012Validator(schema(name)).is_valid)


def _parsed(load: Callable[[bytes], Any], conforms: Callable[[Any], bool]) -> Callable[[bytes], Check]:
    def make(body: bytes) -> Check:
        def check() -> bool:
            try:
                value = load(body)
            except ValueError:
                return False
            return bool(conforms(value))

        return check

    return make


def parse(load: Callable[[bytes], Any]) -> Callable[[bytes], Check]:
    """Parse only: the floor under every check."""
    return _parsed(load, lambda _: True)
