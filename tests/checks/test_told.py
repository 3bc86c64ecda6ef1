"""The violations of invalid requests, word for word: location, message, likely fix, value, rule and pointer.

`python -m tests.checks.test_told` rewrites `told.txt`; read the difference before it is committed.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.checks.wrong_requests import REQUESTS
from tests.support.editions import contract_2025_08
from tests.support.small import HOST, body, document, load, operation
from twelvelabs_contract import Contract, Headers, Request

TOLD = Path(__file__).parent / "told.txt"
INTEGER, NUMBERS = {"type": "integer"}, {"type": "array", "items": {"type": "integer"}}
POINT = {"type": "object", "properties": {"x": INTEGER, "y": INTEGER}, "required": ["x"], "additionalProperties": False}
FORM = {
    "type": "object",
    "required": ["file"],
    "additionalProperties": False,
    "properties": {
        "file": {"type": "string", "contentMediaType": "application/octet-stream"},
        "n": INTEGER,
        "list": NUMBERS,
        "point": POINT,
        "any": {},
    },
}
STYLES: tuple[tuple[str, str, bool, Any], ...] = (
    ("form", "plain", True, INTEGER),
    ("form", "many", True, NUMBERS),
    ("form", "csv", False, NUMBERS),
    ("pipeDelimited", "pipes", False, NUMBERS),
    ("spaceDelimited", "spaces", False, NUMBERS),
    ("deepObject", "deep", True, POINT),
)
QUERIES = (
    *("plain=x", "plain=1&plain=2", "plain", "plain=%ff", "plain[]=1", "Plain=1", "plain=1.5", "plain=%31%"),
    *("many=1,2", "many=%5B1,2%5D", "many[]=1&many[]=2", "many=1&many=x", "csv=1,x", "csv=1&csv=2", "pipes=1,2"),
    *("pipes=1%7Cx", "spaces=1%20x", "spaces=1+2", "deep=1", "deep[x]=a", "deep[x]=1&deep[x]=2", "deep[y]=1"),
    *("deep[x]=1&deep[z]=1", "deep[x][y]=1", "deep=1&deep[x]=1", "deep[x=1", "nearly=1"),
)
PATHS = (
    "/m/;ids=1,x/.1",
    "/m/;id=1/.1",
    "/m/ids=1/.1",
    "/m/;ids=1/1",
    "/m/;ids=1/.x",
    "/m/;ids=%ff/.1",
    "/m//.1",
    "/m/../.1",
)
PARTS: dict[str, bytes] = {
    "a number that is none": b'name="n"\r\n\r\nx',
    "a field with a file name": b'name="n"; filename="a"\r\n\r\n1',
    "a number twice": b'name="n"\r\n\r\n1\r\n--b\r\nContent-Disposition: form-data; name="n"\r\n\r\n2',
    "a list as JSON": b'name="list"\r\n\r\n[1,2]',
    "a list with commas": b'name="list"\r\n\r\n1,2',
    "a name with brackets": b'name="list[]"\r\n\r\n1',
    "a list with a word": b'name="list"\r\n\r\nx',
    "an object that is no JSON": b'name="point"\r\n\r\n{',
    "an object with another key": b'name="point"\r\n\r\n{"x": 1, "z": 2}',
    "a file without its name": b'name="file"\r\n\r\nx',
    "bytes that are no text": b'name="n"\r\n\r\n\xff',
    "another field": b'name="m"\r\n\r\n1',
    "a part without a name": b"\r\n\r\n1",
    "a coding of mail": b'name="n"\r\nContent-Transfer-Encoding: base64\r\n\r\nMQ==',
    "anything, as a file": b'name="any"; filename="a"\r\n\r\nx',
    "anything, as a picture": b'name="any"\r\nContent-Type: image/png\r\n\r\nx',
    "anything, as text": b'name="any"\r\nContent-Type: text/plain\r\n\r\nx',
}
BODIES: dict[str, tuple[str, bytes]] = {
    "another type": ("text/plain", b"x"),
    "no boundary": ("multipart/form-data", b"--b--\r\n"),
    "a boundary that is none": ('multipart/form-data; boundary="\xe9"', b"--b--\r\n"),
    "another boundary": ("multipart/form-data; boundary=c", b"--b--\r\n"),
    "no end": ("multipart/form-data; boundary=b", b'--b\r\nContent-Disposition: form-data; name="n"\r\n\r\n1'),
    "no parts": ("multipart/form-data; boundary=b", b"--b--\r\n"),
}


def _contract(folder: Path) -> Contract:
    query = [
        {"name": name, "in": "query", "style": style, "explode": explode, "schema": schema}
        for style, name, explode, schema in STYLES
    ]
    path = [
        {"name": "ids", "in": "path", "required": True, "style": "matrix", "schema": NUMBERS},
        {"name": "id", "in": "path", "required": True, "style": "label", "schema": INTEGER},
    ]
    paths = {
        "/q": {"get": {**operation(parameters=query), "operationId": "query"}},
        "/m/{ids}/{id}": {"get": {**operation(parameters=path), "operationId": "path"}},
        "/f": {"post": {**operation(requestBody=body(FORM, "multipart/form-data")), "operationId": "form"}},
    }
    return load(document(paths), folder)


def told(folder: Path) -> Iterator[str]:
    """Yield what is told of each request."""
    for name, (request, _) in REQUESTS.items():
        yield from _told(name, contract_2025_08(), request)
    contract = _contract(folder)
    for query in QUERIES:
        yield from _told(query, contract, Request("GET", f"{HOST}/q?{query}"))
    for path in PATHS:
        yield from _told(path, contract, Request("GET", HOST + path))
    file = b'--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\nx\r\n'
    for name, part in PARTS.items():
        start = b"" if b'name="file"' in part else file
        content = start + b"--b\r\nContent-Disposition: form-data; " + part + b"\r\n--b--\r\n"
        headers = Headers({"content-type": "multipart/form-data; boundary=b"})
        yield from _told(name, contract, Request("POST", f"{HOST}/f", headers, content))
    for name, (kind, content) in BODIES.items():
        yield from _told(name, contract, Request("POST", f"{HOST}/f", Headers({"content-type": kind}), content))


def _told(name: str, contract: Contract, request: Request) -> Iterator[str]:
    found = contract.check_request(request)
    yield f"{name}:" if found else f"{name}: nothing"
    yield from (f"  {violation}" for violation in found)


def test_what_is_told_is_the_expected_word_for_word(tmp_path: Path) -> None:
    assert list(told(tmp_path)) == TOLD.read_text(encoding="utf-8").splitlines()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        TOLD.write_text("\n".join(told(Path(place))) + "\n", encoding="utf-8")
