"""Twenty-nine exchanges, thirteen of them right."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from benchmarks.inputs import ID, SAID
from benchmarks.peers.requests import REQUESTS, Sent
from twelvelabs_contract import Contract

JSON = "application/json"
_RIGHT = {sent.name: sent for sent in REQUESTS}
_LIST, _CREATE = _RIGHT["a page of a listing"], _RIGHT["JSON"]
_QUESTION = {"knowledge_store_id": "k", "input": SAID, "stream": True}
_STREAMED = Sent(
    "a question, streamed",
    "POST",
    "/responses",
    send={"json": _QUESTION},
)
_TASK = _RIGHT["JSON with a union"]
_RESULTS = Sent("results", "GET", f"/analyze/batches/{ID}/results")


@dataclass(frozen=True, slots=True)
class Exchanged:
    """A request, its answer, and what is wrong with either of them by the document."""

    name: str
    sent: Sent
    status: int
    body: bytes = b""
    wrong: str = ""
    """Nothing, if both are right."""
    kind: str = JSON
    """The media type of the answer; none for an answer without a body."""

    @property
    def headers(self) -> Mapping[str, str]:
        """The fields of the answer."""
        return {"content-type": self.kind} if self.kind else {}


@cache
def _example(operation: str, status: str, kind: str = JSON) -> Any:
    """Return the first example of an answer in the document."""
    content = Contract.load().operation(operation).responses[status].content[kind]
    return next(iter(content.examples.values()))


def _body(operation: str, status: str = "200") -> bytes:
    return json.dumps(_example(operation, status)).encode()


def _with(operation: str, status: str = "200", **changed: Any) -> bytes:
    return json.dumps({**_example(operation, status), **changed}).encode()


def exchanges() -> Sequence[Exchanged]:
    """Return the exchanges."""
    page, made, error = _body("indexes.list"), _body("indexes.create", "201"), _body("indexes.list", "401")
    lines: str = _example("analyze", "200", "application/x-ndjson")
    events: str = _example("responses.create", "200", "text/event-stream")
    results: str = _example("analyze_async.batches.results", "200", "application/jsonl")
    stream, upload = _RIGHT["JSON, answered by a stream"], _RIGHT["a form with a file"]
    deleted, listed = _RIGHT["no body, and none comes back"], _RIGHT["a list, repeated"]
    asset = _RIGHT["a path and a list"]
    item = _example("indexes.list", "200")["data"][0]
    broken = {**item, "video_count": "many"}
    return (
        Exchanged("a page", _LIST, 200, page),
        Exchanged("a page without items", _LIST, 200, _with("indexes.list", data=[])),
        Exchanged("a page whose items have a key more", _LIST, 200, _with("indexes.list", data=[{**item, "new": 1}])),
        Exchanged("a creation", _CREATE, 201, made),
        Exchanged("a deletion", deleted, 204, kind=""),
        Exchanged("a refusal", _RIGHT["a list, repeated"], 401, error),
        Exchanged("too many requests", _LIST, 429, error),
        Exchanged("a failure", _LIST, 503, error),
        Exchanged("a search", _RIGHT["a form with JSON text"], 200, _body("search.create")),
        Exchanged("an upload", upload, 201, _body("assets.create", "201")),
        Exchanged("NDJSON", stream, 200, lines.encode(), kind="application/x-ndjson"),
        Exchanged("server-sent events", _STREAMED, 200, events.encode(), kind="text/event-stream"),
        Exchanged("JSON Lines", _RESULTS, 200, results.encode(), kind="application/jsonl"),
        Exchanged("a number above its bound", _RIGHT["a number above its bound"], 200, page, "maximum"),
        Exchanged("a list joined by commas", _RIGHT["a list joined by commas"], 200, _body("tasks.list"), "explode"),
        Exchanged("a key that is missing", _RIGHT["a key that is missing"], 200, page, "security"),
        Exchanged("a field of a form too much", _form_too_much(), 200, _body("search.create"), "additionalProperties"),
        Exchanged("invalid JSON", _RIGHT["a form with no JSON text"], 200, _body("search.create"), "type"),
        Exchanged(
            "an upload without a file",
            _RIGHT["a form without the file that its method needs"],
            201,
            _body("assets.create", "201"),
            "if",
        ),
        Exchanged("an index without models", _no_models(), 201, made, "required"),
        Exchanged("an answer without what it needs", _TASK, 202, b'{"status": "queued"}', "required"),
        Exchanged("an item of another type", _LIST, 200, _with("indexes.list", data=[broken]), "type"),
        Exchanged("an answer that is cut", _LIST, 200, page[:-40], "JSON"),
        Exchanged("an answer in another form", _LIST, 200, page, "content", "text/plain"),
        Exchanged("a status that is not declared", listed, 302, b"", "responses", ""),
        Exchanged("a body where there is none", deleted, 204, b"{}", "content"),
        Exchanged(
            "a line that is invalid JSON",
            stream,
            200,
            lines.encode() + b"{event\n",
            "JSON",
            kind="application/x-ndjson",
        ),
        Exchanged(
            "a result of an unknown status",
            _RESULTS,
            200,
            results.replace('"status"', '"state"', 1).encode(),
            "required",
            kind="application/jsonl",
        ),
        Exchanged("an answer that is a list", asset, 200, b"[]", "type"),
    )


def _form_too_much() -> Sent:
    fields = [("index_id", ID), ("search_options", "visual"), ("query_text", "a"), ("colour", "red")]
    return Sent("a form", "POST", "/search", send={"files": [(name, (None, value)) for name, value in fields]})


def _no_models() -> Sent:
    return Sent("an index", "POST", "/indexes", send={"json": {"index_name": "a", "addons": ["thumbnail"]}})
