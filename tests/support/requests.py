"""Requests to the API, written by hand, byte for byte (the boundary is ours)."""

from __future__ import annotations

import json
from typing import Any

from twelvelabs_contract import Headers, Request

BASE = "https://api.twelvelabs.io/v1.3"


BOUNDARY = "0123456789abcdef0123456789abcdef"


KEY = ("x-api-key", "k")


Field = tuple[str, str] | tuple[str, str, str, str]


ID = "6298d673f1090f1100476d4c"


SEARCH = (("index_id", ID), ("search_options", "visual"), ("query_text", "a dog"))


def form(path: str, *fields: Field) -> Request:
    """Write a multipart request by hand: fields are (name, text), files (name, text, file name, type)."""
    body = ""
    for name, value, *file in fields:
        extra = f'; filename="{file[0]}"\r\nContent-Type: {file[1]}' if file else ""
        body += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{extra}\r\n\r\n{value}\r\n'
    body += f"--{BOUNDARY}--\r\n"
    headers = Headers([KEY, ("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")])
    return Request("POST", BASE + path, headers, body.encode())


def get(path: str) -> Request:
    """Write a GET request by hand."""
    return Request("GET", BASE + path, Headers([KEY]))


def post(path: str, body: Any, method: str = "POST") -> Request:
    """Write a JSON request by hand; bytes go as they are."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Request(method, BASE + path, Headers([KEY, ("content-type", "application/json")]), content)


def model(**changes: Any) -> dict[str, Any]:
    """Make a model of a new index."""
    return {"model_name": "marengo2.7", "model_options": ["visual"]} | changes
