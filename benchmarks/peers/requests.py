"""Twenty requests, half of them right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from benchmarks.inputs import ID, KEY

HOST = "http://127.0.0.1"


@dataclass(frozen=True, slots=True)
class Sent:
    """A request, and what is wrong with it by the document."""

    name: str
    method: str
    target: str
    wrong: str = ""
    """Nothing, if it is right."""
    send: Mapping[str, Any] = field(default_factory=dict)
    """What httpx is reported: `json`, `files`, `headers` and so on."""

    def request(self, origin: str = HOST) -> httpx.Request:
        """Return the request as httpx writes it, with a key unless `headers` say otherwise."""
        headers = self.send.get("headers", {"x-api-key": KEY})
        made = httpx.Request(self.method, f"{origin}{self.target}", **{**self.send, "headers": headers})
        made.read()
        return made


def _form(*fields: tuple[str, str]) -> Mapping[str, Any]:
    """Send fields as a form in several parts."""
    return {"files": [(name, (None, value)) for name, value in fields]}


def _upload(**fields: str) -> Mapping[str, Any]:
    return {"data": fields, "files": {"file": ("clip.mp4", b"\x00\x00\x00\x18ftypmp42\xff\xfe", "video/mp4")}}


MODELS = [{"model_name": "marengo3.0", "model_options": ["visual", "audio"]}]
VIDEO = {"type": "asset_id", "asset_id": ID}
_QUERY = ("index_id", ID), ("search_options", "visual"), ("search_options", "audio"), ("query_text", "a dog")
REQUESTS: Sequence[Sent] = (
    Sent("a page of a listing", "GET", "/indexes?page=2&page_limit=50"),
    Sent("a list, repeated", "GET", "/tasks?status=ready&status=failed"),
    Sent("a path and a list", "GET", f"/indexes/{ID}/indexed-assets/{ID}?embedding_option=visual&transcription=true"),
    Sent("JSON", "POST", "/indexes", send={"json": {"index_name": "a", "models": MODELS}}),
    Sent("JSON with a union", "POST", "/analyze/tasks", send={"json": {"video": VIDEO, "prompt": "What is lifted?"}}),
    Sent(
        "JSON, answered by a stream", "POST", "/analyze", send={"json": {"video": VIDEO, "prompt": "p", "stream": True}}
    ),
    Sent("a form with a list", "POST", "/search", send=_form(*_QUERY)),
    Sent("a form with JSON text", "POST", "/search", send=_form(*_QUERY, ("filter", '{"duration": {"gte": 12}}'))),
    Sent("a form with a file", "POST", "/assets", send=_upload(method="direct")),
    Sent("no body, and none comes back", "DELETE", f"/indexes/{ID}"),
    Sent("a number above its bound", "GET", "/indexes?page_limit=51", "maximum"),
    Sent("a list joined by commas", "GET", "/tasks?status=ready,failed", "explode"),
    Sent("a key that is missing", "GET", "/indexes", "security", send={"headers": {}}),
    Sent("a field that is missing", "POST", "/indexes", "required", send={"json": {"index_name": "a"}}),
    Sent("an empty list", "POST", "/indexes", "minItems", send={"json": {"index_name": "a", "models": []}}),
    Sent(
        "a field that there is not",
        "POST",
        "/indexes",
        "additionalProperties",
        send={"json": {"index_name": "a", "models": MODELS, "colour": "red"}},
    ),
    Sent(
        "a form with brackets in a name",
        "POST",
        "/search",
        "required",
        send=_form(("index_id", ID), ("search_options[]", "visual"), ("query_text", "a dog")),
    ),
    Sent("a form with no JSON text", "POST", "/search", "type", send=_form(*_QUERY, ("filter", "{duration}"))),
    Sent("a form without the file that its method needs", "POST", "/assets", "if", send=_form(("method", "direct"))),
    Sent(
        "a form with an option of what is not searched",
        "POST",
        "/search",
        "contains",
        send=_form(*_QUERY, ("transcription_options", "lexical")),
    ),
)
"""What is wrong is named by the keyword of the document that says so."""
