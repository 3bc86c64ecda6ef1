"""The readers that are tried: for each, input without faults, and how it is read.

A target added here is tried by `make fuzz` and by the test beside this file.
"""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from io import BytesIO, StringIO
from pathlib import Path
from random import Random
from typing import Any

import yaml

from apicontract.openapi.document import Document, DocumentInvalid
from apicontract.openapi.editions import EditionUnknown
from apicontract.openapi.violation import Violation
from apicontract.traffic.recordings import RecordingInvalid, check_all, read
from codegen import __main__ as generator
from codegen import bundle, editions
from codegen.problems import DocumentWrong
from tests.fuzz import mutate
from tests.support.orchard import ORCHARD
from twelvelabs_contract import Contract, Headers, Request, Response

ROOT = Path(__file__).parents[1]
BOOKSHOP = ROOT / "codegen" / "documents" / "bookshop" / "spec" / "openapi.yaml"
BASE = "https://fuzz.example/v1"


@dataclass(frozen=True)
class Target:
    """One reader."""

    name: str
    seeds: Callable[[], Sequence[bytes]]
    """Input that it reads."""
    read: Callable[[bytes], object]
    """Reads; what it raises is a fault."""
    mutate: Callable[[Random, bytes], bytes] = mutate.text

    def input(self, seed: str, number: int) -> bytes:
        """Make one input, the same for the same seed and number."""
        random = Random(f"{self.name} {seed} {number}")  # noqa: S311 - no secret is made of it
        return self.mutate(random, random.choice(_held(self.seeds)))


@cache
def _held(seeds: Callable[[], Sequence[bytes]]) -> Sequence[bytes]:
    return seeds()


def _documents() -> list[bytes]:
    found = [json.dumps(yaml.safe_load(path.read_text())).encode() for path in (ORCHARD, BOOKSHOP)]
    return [*found, *(json.dumps(document).encode() for document in _SMALL)]


_SCHEMA = {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer", "nullable": True}}}
_SMALL: tuple[Any, ...] = (
    {
        "openapi": "3.0.3",
        "info": {"title": "Old", "version": "1"},
        "servers": [{"url": "{scheme}://fuzz.example/v1", "variables": {"scheme": {"default": "https"}}}],
        "paths": {
            "/a/{b}": {
                "parameters": [{"name": "b", "in": "path", "required": True, "schema": {"type": "string"}}],
                "post": {
                    "operationId": "a",
                    "security": [{"k": []}],
                    "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/S"}}}},
                    "responses": {"200": {"description": "", "content": {"application/json": {"schema": _SCHEMA}}}},
                },
            }
        },
        "components": {
            "schemas": {"S": {**_SCHEMA, "allOf": [{"discriminator": {"propertyName": "n"}}]}},
            "securitySchemes": {"k": {"type": "apiKey", "in": "header", "name": "x-api-key"}},
        },
    },
)


def _load(data: bytes, name: str = "openapi.json") -> None:
    """Load a document, and ask it about a message to each operation."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            contract = Contract.load(path)
            _use(contract)
        except (DocumentInvalid, EditionUnknown):
            return


def _bookshop() -> list[bytes]:
    return [json.dumps(yaml.safe_load(BOOKSHOP.read_text())).encode()]


def _yaml_documents() -> list[bytes]:
    return [ORCHARD.read_bytes(), BOOKSHOP.read_bytes()]


def _use(contract: Contract) -> None:
    _shown(contract.notices, contract.title)
    for operation in contract.operations:
        try:
            content = Headers(
                {"content-type": next(iter(operation.request_body.content), "") if operation.request_body else ""}
            )
            url = contract.base_url(operation) + operation.path.replace("{", "").replace("}", "") + "?a=1&b[c]=2"
            request = Request(operation.method, url, content, b'{"n": "x"}')
            _shown(contract.check_request(request))
            for status in (200, 404):
                response = Response(status, Headers({"content-type": "application/json"}), b'{"n": "x", "kind": 1}\n')
                _shown(contract.check_response(response, operation=operation.id, request=request))
            _shown(contract.check_arguments(operation, {"query": {"a": [1]}, "body": {"n": 1}}))
        except DocumentInvalid:
            continue


def _shown(*things: object) -> None:
    for thing in things:
        for line in str(thing), repr(thing):
            line.encode()
        if isinstance(thing, list):
            assert all(isinstance(one, Violation) and str(one).isprintable() for one in thing)


def _resolve(data: bytes) -> None:
    """Read a document as the generator does, up to where code is written."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "openapi.json").write_bytes(data)
        try:
            document = bundle.load(Path(folder))
            editions.check(document)
        except DocumentWrong as wrong:
            _shown(*wrong.problems)


def _generate(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        spec, out, errors = Path(folder) / "spec", Path(folder) / "out", StringIO()
        spec.mkdir()
        (spec / "openapi.json").write_bytes(data)
        status = generator.run(["--spec", str(spec), "--out", str(out), "--package", "fuzzed"], StringIO(), errors)
        said = [line for line in errors.getvalue().splitlines() if not line.startswith("warning: ")]
        assert status == generator.WRONG or (status == generator.DONE and not said), errors.getvalue()
        assert status == generator.DONE or errors.getvalue().endswith("nothing was written\n"), errors.getvalue()


@cache
def message_contract() -> Contract:
    """Return the contract whose messages are read, with every style of a parameter and every kind of a field."""
    array = {"type": "array", "items": {"type": "integer"}}
    record = {"type": "object", "properties": {"x": {"type": "integer"}}, "additionalProperties": {"type": "boolean"}}
    fields = {
        "type": "object",
        "properties": {"n": {"type": "integer"}, "tags": array, "about": record, "file": {"format": "binary"}},
    }
    event = {"oneOf": [{"type": "object", "required": ["is"], "properties": {"is": {"const": kind}}} for kind in "ab"]}

    def answer(schema: Any, *names: str) -> Any:
        return {"200": {"description": "", "content": {name: {"schema": schema} for name in names}}}

    def post(name: str, media: str, schema: Any, responses: Any) -> Any:
        return {
            "post": {
                "operationId": name,
                "requestBody": {"content": {media: {"schema": schema}}},
                "responses": responses,
            }
        }

    styles = (
        ("form", False),
        ("form", True),
        ("spaceDelimited", False),
        ("pipeDelimited", False),
        ("deepObject", True),
    )
    query = [
        {"name": f"{kind}{number}", "in": "query", "style": style, "explode": explode, "schema": schema}
        for number, (style, explode) in enumerate(styles)
        for kind, schema in (("list", array), ("record", record))
        if (style == "deepObject") <= (kind == "record")
    ]
    others = [
        {"name": "path", "in": "path", "required": True, "style": "matrix", "schema": record},
        {"name": "X-List", "in": "header", "schema": array},
        {"name": "X-Json", "in": "header", "content": {"application/json": {"schema": record}}},
        {"name": "crumb", "in": "cookie", "schema": array},
    ]
    ok = answer(fields, "application/json")
    return Contract(
        Document(
            {
                "openapi": "3.1.0",
                "info": {"title": "Fuzzed", "version": "1"},
                "servers": [{"url": BASE}],
                "paths": {
                    "/json": post("json", "application/json", fields, ok),
                    "/ndjson": post("ndjson", "application/json", fields, answer(event, "application/x-ndjson")),
                    "/jsonl": post("jsonl", "application/json", fields, answer(event, "application/jsonl")),
                    "/sse": post("sse", "application/json", fields, answer(event, "text/event-stream")),
                    "/multipart": post("multipart", "multipart/form-data", fields, ok),
                    "/urlencoded": post("urlencoded", "application/x-www-form-urlencoded", fields, ok),
                    "/query/{path}": {
                        "get": {"operationId": "query", "parameters": [*query, *others], "responses": ok}
                    },
                },
            }
        )
    )


@cache
def bundled() -> Contract:
    """Return the contract of the product, which has webhooks."""
    return Contract.load()


def _body(path: str, content_type: str) -> Callable[[bytes], None]:
    """Return what checks a body of a request, and the same bytes as the body of the response."""

    def check(data: bytes) -> None:
        headers = Headers({"content-type": content_type})
        _shown(message_contract().check_request(Request("POST", f"{BASE}/{path}", headers, data)))
        _shown(message_contract().check_response(Response(200, headers, data), operation=path))

    return check


def _webhook(data: bytes) -> None:
    """Check an event, its signature before its body; the first line is the header of the signature."""
    signature, _, body = data.partition(b"\n")
    contract = bundled()
    headers = {"TL-Signature": signature.decode("latin-1"), "content-type": "application/json"}
    for secret in (None, "whsec"):
        try:
            _shown(contract.check_webhook((headers, body), secret=secret, now=1.0))
        except LookupError as error:
            _shown(error)


def _query(data: bytes) -> None:
    url = f"{BASE}/query/;x=1?{data.decode('latin-1')}"
    _shown(message_contract().check_request(Request("GET", url, Headers({"x-list": "1"}))))


def _path(data: bytes) -> None:
    url = f"{BASE}/query/{data.decode('latin-1')}"
    _shown(message_contract().check_request(Request("GET", url)))


def _headers(data: bytes) -> None:
    pairs = [line.partition(":")[::2] for line in data.decode("latin-1").split("\n")]
    headers = Headers([(name, value.strip()) for name, value in pairs])
    _shown(message_contract().check_request(Request("POST", f"{BASE}/json", headers, b'{"n": 1}')))
    _shown(message_contract().check_request(Request("GET", f"{BASE}/query/;x=1", headers)))
    _shown(message_contract().check_response(Response(200, headers, b'{"n": 1}'), operation="json"))


def _recording(data: bytes, contract: Callable[[], Contract] = message_contract) -> None:
    try:
        for checked in check_all(contract(), read(data)):
            _shown([finding.violation for finding in checked.findings], checked.label, checked.unknown)
    except RecordingInvalid as error:
        _shown(error)


MADE = ROOT / "traffic" / "recordings" / "made"
"""Recordings that tools made themselves, of a server on this machine."""


@cache
def made_contract() -> Contract:
    """Return the contract of the exchanges that were recorded by tools."""
    return Contract.load(base_url="http://127.0.0.1:8765/v1.3")


def _made(*names: str) -> Callable[[], list[bytes]]:
    return lambda: [(MADE / name).read_bytes() for name in names]


def _zip(random: Random, seed: bytes) -> bytes:
    """Change a member of a zip, or now and then the zip itself."""
    if random.random() < 0.3:
        return mutate.text(random, seed)
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(seed)) as old, zipfile.ZipFile(packed, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename.endswith(".har"):
                data = mutate.json_text(random, data)
            new.writestr(zipfile.ZipInfo(info.filename), data)
    return packed.getvalue()


_REQUEST = {"method": "POST", "headers": [{"name": "content-type", "value": "application/json"}]}
_HAR = {
    "log": {
        "version": "1.2",
        "entries": [
            {
                "request": {
                    **_REQUEST,
                    "url": f"{BASE}/json?a=1",
                    "postData": {"mimeType": "application/json", "text": "{}"},
                },
                "response": {
                    "status": 200,
                    "headers": [{"name": "content-encoding", "value": "gzip"}],
                    "content": {"size": 2, "mimeType": "application/json", "text": "e30=", "encoding": "base64"},
                },
            },
            {
                "request": {
                    "method": "POST",
                    "url": f"{BASE}/multipart",
                    "headers": [{"name": "content-type", "value": "multipart/form-data; boundary=b"}],
                    "queryString": [{"name": "a", "value": "b"}],
                    "postData": {
                        "mimeType": "multipart/form-data",
                        "params": [
                            {"name": "n", "value": "1"},
                            {"name": "file", "fileName": "f", "contentType": "a/b"},
                        ],
                    },
                },
                "response": {"status": 0},
            },
        ],
    }
}
_CASSETTE: Any = {
    "version": 1,
    "interactions": [
        {
            "request": {"method": "POST", "uri": f"{BASE}/json", "body": '{"n": 1}', "headers": {"a": ["b"], "c": "d"}},
            "response": {"status": {"code": 200, "message": "OK"}, "headers": {}, "body": {"string": "{}"}},
        },
        {
            "request": {"method": "GET", "uri": f"{BASE}/query/;x=1", "body": {"base64_string": "e30="}, "headers": {}},
            "response": {"status_code": 200, "content": "{}", "headers": {"content-encoding": ["gzip"]}},
        },
    ],
}
_RUBY: Any = {
    "http_interactions": [
        {
            "request": {
                "method": "post",
                "uri": f"{BASE}/json",
                "body": {"encoding": "UTF-8", "string": "{}"},
                "headers": {},
            },
            "response": {
                "status": {"code": 200, "message": "OK"},
                "headers": {"Content-Type": ["application/json"]},
                "body": {"encoding": "ASCII-8BIT", "base64_string": "e30="},
            },
        }
    ],
    "recorded_with": "VCR 6.0.0",
}
_OBJECTS = b"""\
interactions:
- request: &r
    body: !!python/object/new:_io.BytesIO
      state: !!python/tuple [!!binary "e30=", 0, null]
    headers: {x-api-key: [k]}
    method: POST
    uri: https://fuzz.example/v1/json
  response:
    body: {string: !!binary "e30="}
    headers: {content-type: [application/json]}
    status: {code: 200, message: OK}
- request: *r
  response: {status: {code: 200}, headers: {}, body: {string: !!python/unicode "{}"}}
version: 1
"""
_GO: Any = {
    "version": 2,
    "interactions": [
        {
            "id": 0,
            "request": {
                "method": "POST",
                "url": f"{BASE}/json",
                "headers": {"Content-Type": ["application/json"]},
                "body": "{}",
            },
            "response": {"status": "200 OK", "code": 200, "headers": {"A": ["b"]}, "body": "{}", "duration": "1ms"},
        }
    ],
}
_LINES = b"".join(
    json.dumps(line).encode() + b"\n"
    for line in (
        {
            "request": {
                "method": "POST",
                "url": f"{BASE}/json",
                "headers": [["content-type", "application/json"]],
                "body": "{}",
            },
            "response": {"status": 200, "headers": [["content-encoding", "gzip"]], "body": {"base64": "e30="}},
        },
        {"request": {"method": "GET", "url": f"{BASE}/query/;x=1", "headers": []}, "response": None, "complete": False},
    )
)
_PARTS = (
    b'--b\r\nContent-Disposition: form-data; name="n"\r\n\r\n1\r\n'
    b'--b\r\nContent-Disposition: form-data; name="tags"\r\nContent-Type: application/json\r\n\r\n[1]\r\n'
    b"--b\r\nContent-Disposition: form-data; name=\"file\"; filename*=UTF-8''a%20b\r\n\r\n\x00\r\n--b--\r\n"
)


_read_made = partial(_recording, contract=made_contract)


def _json(*values: Any) -> Callable[[], list[bytes]]:
    return lambda: [json.dumps(value).encode() for value in values]


def _yaml(*values: Any) -> Callable[[], list[bytes]]:
    return lambda: [yaml.safe_dump(value).encode() for value in values]


def _bytes(*values: bytes) -> Callable[[], Sequence[bytes]]:
    return lambda: values


_ALL = (
    Target("document-load", _documents, _load, mutate.json_text),
    Target("document-yaml", _yaml_documents, partial(_load, name="openapi.yaml")),
    Target("document-resolve", _bookshop, _resolve, mutate.json_text),
    Target("document-generate", _bookshop, _generate, mutate.json_text),
    Target("har", _json(_HAR), _recording, mutate.json_text),
    Target("cassette-vcrpy-json", _json(_CASSETTE), _recording, mutate.json_text),
    Target("cassette-vcrpy-yaml", _yaml(_CASSETTE), _recording),
    Target("cassette-vcrpy-objects", _bytes(_OBJECTS), _recording),
    Target("cassette-ruby", _json(_RUBY), _recording, mutate.json_text),
    Target("cassette-ruby-yaml", _yaml(_RUBY), _recording),
    Target("har-tools", _made("playwright.har", "mitmproxy.har", "polly.har", "axios-har-tracker.har"), _read_made),
    Target("har-tools-json", _made("playwright.har", "polly.har"), _read_made, mutate.json_text),
    Target("har-zip", _made("playwright.zip"), _read_made, _zip),
    Target("vcrpy-made", _made("vcrpy.yaml"), _read_made),
    Target("nock", _made("nock.json"), _read_made, mutate.json_text),
    Target("exchange-lines", _bytes(_LINES), _recording),
    Target("cassette-go", _yaml(_GO), _recording),
    Target(
        "json",
        _bytes(b'{"n": 1, "tags": [1, 2.5e3], "about": {"x": "\\ud83d\\ude00"}}'),
        _body("json", "application/json"),
    ),
    Target(
        "ndjson",
        _bytes(b'{"is": "a"}\n\r\n{"is": "b", "t": "\xe2\x80\xa8"}\n'),
        _body("ndjson", "application/x-ndjson"),
    ),
    Target("jsonl", _bytes(b'{"is": "a"}\n{"is": "b"}\n'), _body("jsonl", "application/jsonl")),
    Target(
        "sse",
        _bytes(b'\xef\xbb\xbf: hi\r\nevent: a\r\ndata: {"is":\r\ndata: "a"}\r\nid: 1\r\n\r\ndata: [DONE]\n\n'),
        _body("sse", "text/event-stream"),
    ),
    Target("webhook", _bytes(b't=1,v1=abc\n{"type": "index.ready", "id": "x"}'), _webhook),
    Target("multipart", _bytes(_PARTS), _body("multipart", "multipart/form-data; boundary=b")),
    Target(
        "urlencoded",
        _bytes(b"n=1&tags=1&tags=2&about[x]=1&about=%7B%22x%22%3A1%7D&file=%00"),
        _body("urlencoded", "application/x-www-form-urlencoded"),
    ),
    Target(
        "query",
        _bytes(
            b"list0=1,2&list1=1&list1=2&list2=1%202&list3=1|2&record0=x,1&x=1&record2=x%201&record4[x]=1&record4[y]=true"
        ),
        _query,
    ),
    Target("path", _bytes(b";x=1;y=true", b"%3Bx=1"), _path),
    Target(
        "headers",
        _bytes(
            b'x-list: 1, 2\nx-json: {"x": 1}\ncookie: crumb=1,2; a=b\ncontent-type: application/json; charset="utf-8"\n'
            b"content-encoding: identity, gzip\ncontent-length: 8"
        ),
        _headers,
    ),
)
TARGETS = {target.name: target for target in _ALL}
