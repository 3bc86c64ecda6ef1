"""A key that must not be shown anywhere, and exchanges that have it in every possible place."""

from __future__ import annotations

import base64
import html
import json
import re
from typing import Any
from urllib.parse import quote, unquote

from twelvelabs_contract import Headers, Request, Response

KEY = "tlk_CANARY\"0/12+3\\45'6789"
"""Of characters that some format escapes."""
ESCAPED = "".join(f"\\u{ord(c):04x}" for c in KEY)
QUOTED = quote(KEY, safe="")
HOST = "https://canary.example"

_UNION = {
    "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
    "discriminator": {
        "propertyName": "is",
        "mapping": {"cat": "#/components/schemas/Cat", "dog": "#/components/schemas/Dog"},
    },
}
_KIND = {"type": "object", "required": ["is"], "additionalProperties": False}
_BODY = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "n": {"type": "integer"},
        "short": {"type": "string", "maxLength": 3},
        "kind": {"enum": ["one", "two"]},
        "pet": _UNION,
        "held": {"type": "string", "contentMediaType": "application/json", "contentSchema": {"type": "object"}},
        "file": {"type": "string", "format": "binary"},
    },
}


def _content(*names: str, schema: Any = _BODY) -> Any:
    return {"content": {name: {"schema": schema} for name in names}}


DOCUMENT: Any = {
    "openapi": "3.1.0",
    "info": {"title": "Canary", "version": "1"},
    "servers": [{"url": HOST}],
    "security": [{"key": []}],
    "paths": {
        "/things/{n}": {
            "post": {
                "operationId": "op",
                "parameters": [
                    {"name": "n", "in": "path", "required": True, "schema": {"type": "integer"}},
                    {"name": "q", "in": "query", "schema": {"type": "integer"}},
                    {"name": "x-count", "in": "header", "schema": {"type": "integer"}},
                    {"name": "crumb", "in": "cookie", "schema": {"type": "integer"}},
                ],
                "requestBody": _content("application/json", "multipart/form-data", "application/x-www-form-urlencoded"),
                "responses": {
                    "200": {
                        "description": "",
                        "headers": {"x-count": {"schema": {"type": "integer"}}},
                        **_content("application/json"),
                    },
                    "202": {"description": "", **_content("application/x-ndjson", schema=_UNION)},
                    "400": {"description": "", **_content("application/json")},
                },
            }
        },
        "/queries": {
            "get": {"operationId": "query", "security": [{"token": []}], "responses": {"200": {"description": ""}}}
        },
    },
    "components": {
        "securitySchemes": {
            "key": {"type": "apiKey", "in": "header", "name": "x-api-key"},
            "token": {"type": "apiKey", "in": "query", "name": "token"},
        },
        "schemas": {
            "Cat": {**_KIND, "properties": {"is": {"const": "cat"}, "name": {"type": "string"}}},
            "Dog": {**_KIND, "properties": {"is": {"const": "dog"}, "age": {"type": "integer"}}},
        },
    },
}

Exchange = tuple[Request, Response]
_JSON = {"content-type": "application/json"}
_OK = Response(200, Headers(_JSON), b"{}")


def _asked(path: str = "/things/1", body: Any = b"{}", method: str = "POST", url: str = "", **headers: str) -> Exchange:
    given = {"x-api-key": KEY, **_JSON, **{name.replace("_", "-"): value for name, value in headers.items()}}
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Request(method, url or HOST + path, Headers(given), content), _OK


def _answered(body: Any = b"{}", status: int = 200, **headers: str) -> Exchange:
    given = {**_JSON, **{name.replace("_", "-"): value for name, value in headers.items()}}
    content = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    return _asked()[0], Response(status, Headers(given), content)


def _events(*lines: bytes) -> Exchange:
    return _answered(b"".join(line + b"\n" for line in lines), 202, content_type="application/x-ndjson")


def _form(head: str, value: str = "1") -> Exchange:
    body = f"--b\r\nContent-Disposition: form-data; {head}\r\n\r\n{value}\r\n--b--\r\n"
    return _asked(body=body.encode(), content_type="multipart/form-data; boundary=b")


def _fields(body: str) -> Exchange:
    return _asked(body=body.encode(), content_type="application/x-www-form-urlencoded")


_WRITTEN = json.dumps(KEY)[1:-1]
_BASIC = base64.b64encode(f"user:{KEY}".encode()).decode()
EXCHANGES: dict[str, Exchange] = {
    "path": _asked(f"/things/{QUOTED}"),
    "path in lower case": _asked(f"/things/{QUOTED.lower()}"),
    "unknown path": _asked(f"/{QUOTED}/x"),
    "unknown operation": _asked(f"/things/1/{QUOTED}", method="PUT"),
    "method": _asked(method=re.sub(r"\W", "", KEY)),
    "query value": _asked(f"/things/1?q={QUOTED}"),
    "query value as it is": _asked(f"/things/1?q={KEY}"),
    "query name": _asked(f"/things/1?{QUOTED}=1"),
    "query value encoded twice": _asked(f"/things/1?q={quote(QUOTED, safe='')}"),
    "header": _asked(x_count=KEY),
    "content type": _asked(content_type=f"text/{KEY}"),
    "content type that becomes lower case": _asked(content_type=f"{KEY}/x; a={KEY}"),
    "content coding": _asked(content_encoding=f"gzip, {KEY}"),
    "cookie": _asked(cookie=f"crumb={KEY}"),
    "body value": _asked(body={"n": KEY}),
    "body name": _asked(body={KEY: 1}),
    "body value escaped": _asked(body=f'{{"kind": "{ESCAPED}"}}'.encode()),
    "body name twice": _asked(body=f'{{"{_WRITTEN}": 1, "{ESCAPED}": 2}}'.encode()),
    "body that is broken": _asked(body=f'{{"n": {_WRITTEN}'.encode()),
    "body value that is cut": _asked(body={"short": "x" * 70 + KEY}),
    "body value that is cut further": _asked(body={"short": "x" * 60 + KEY}),
    "JSON in a value": _asked(body={"held": json.dumps([KEY])}),
    "broken JSON in a value": _asked(body={"held": json.dumps(json.dumps(KEY))[:-3]}),
    "tag": _asked(body={"pet": {"is": KEY}}),
    "deep name": _asked(body={"pet": {"is": "cat", KEY: {KEY: KEY}}}),
    "field value": _fields(f"n={QUOTED}"),
    "field name": _fields(f"{QUOTED}=1"),
    "part name": _form(f'name="{KEY}"'),
    "part value": _form('name="n"', KEY),
    "part file name": _form(f'name="n"; filename="{KEY}"'),
    "part head that is broken": _form(f"{KEY}"),
    "part coding": _form(f'name="n"\r\nContent-Transfer-Encoding: {KEY}'),
    "part content type": _form(f'name="file"\r\nContent-Type: {KEY}/x'),
    "boundary": _asked(content_type=f'multipart/form-data; boundary="{re.sub("[^a-zA-Z0-9_]", "", KEY)}"'),
    "response value": _answered({"n": KEY}),
    "response value escaped": _answered(f'{{"kind": "{ESCAPED}"}}'.encode()),
    "response name": _answered({KEY: 1}),
    "response tag": _answered({"pet": {"is": KEY}}),
    "response value that is cut": _answered({"short": "x" * 70 + KEY}),
    "response that is broken": _answered(f'{{"n": {_WRITTEN}'.encode()),
    "response header": _answered(x_count=KEY),
    "response content type": _answered(content_type=f"{KEY}/x"),
    "response content type in quotes": _answered(content_type=f'text/x; a="{KEY}"'),
    "response status": _answered({"n": KEY}, 418),
    "error response": _answered({"n": f"the key {KEY} is wrong"}, 400),
    "event type": _events(b'{"is": "cat"}', json.dumps({"is": KEY}).encode()),
    "event that is broken": _events(f'{{"is": "{_WRITTEN}"'.encode()),
    "event name": _events(json.dumps({"is": "cat", KEY: 1}).encode()),
    "token of a bearer": _asked(f"/things/1?q={QUOTED}", x_api_key="other", authorization=f"Bearer {KEY}"),
    "password": _asked(f"/things/1?q={QUOTED}", x_api_key="other", authorization=f"Basic {_BASIC}"),
    "password as it was sent": _asked(
        f"/things/1?q={quote(_BASIC)}", x_api_key="other", authorization=f"Basic {_BASIC}"
    ),
    "cookie that is repeated": _asked(f"/things/1?q={QUOTED}", x_api_key="other", cookie=f"a=b; session={KEY}"),
    "token in the query": _asked(f"/queries?token={QUOTED}&q={QUOTED}", b"", "GET", x_api_key="other"),
    "user information": _asked(url=f"https://user:{QUOTED}@canary.example/things/1?q={QUOTED}", x_api_key="other"),
}


def shows(text: str) -> str:
    """Return what of a text shows the key, or enough of its beginning, however it is written; else nothing."""
    forms = [text]
    for undo in (html.unescape, unquote, _unescape, _unescape, unquote):
        forms.append(undo(forms[-1]))
    for form in forms:
        for secret in (KEY[:8], _BASIC[:16]):
            at = form.lower().find(secret.lower())
            if at >= 0:
                return form[max(0, at - 100) : at + 40]
    return ""


def _unescape(text: str) -> str:
    return re.sub(r"\\u00([0-9a-fA-F]{2})", lambda found: chr(int(found[1], 16)), text)


def har() -> bytes:
    """Return a recording of all exchanges."""
    entries = [
        {
            "request": {
                "method": request.method,
                "url": request.url,
                "headers": [{"name": name, "value": value} for name, value in request.headers.items],
                "postData": {"text": base64.b64encode(request.body).decode(), "encoding": "base64"},
            },
            "response": {
                "status": response.status,
                "headers": [{"name": name, "value": value} for name, value in response.headers.items],
                "content": {"text": base64.b64encode(response.body).decode(), "encoding": "base64"},
            },
        }
        for request, response in EXCHANGES.values()
    ]
    return json.dumps({"log": {"entries": entries}}).encode()
