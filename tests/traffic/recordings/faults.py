"""Twenty faults of exchanges: twelve of the client and eight of the server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.traffic.recordings.exchanges import Exchange, good


@dataclass(frozen=True)
class Fault:
    """A fault, and the one violation that it is."""

    operation: str
    side: str
    where: str
    rule: str
    plant: Callable[[Exchange], Exchange]


def _url(old: str, new: str) -> Callable[[Exchange], Exchange]:
    return lambda e: replace(e, url=_once(e.url, old, new))


def _body(old: str, new: str) -> Callable[[Exchange], Exchange]:
    return lambda e: replace(e, body=_once(e.body.decode("latin-1"), old, new).encode("latin-1"))


def _answer(old: str, new: str) -> Callable[[Exchange], Exchange]:
    return lambda e: replace(e, response_body=_once(e.response_body.decode(), old, new).encode())


def _once(text: str, old: str, new: str) -> str:
    assert old in text, f"{old!r} is not in {text[:300]!r}"
    return text.replace(old, new, 1)


def _without_key(exchange: Exchange) -> Exchange:
    return replace(exchange, headers=tuple(field for field in exchange.headers if field[0] != "x-api-key"))


def _plain_text(exchange: Exchange) -> Exchange:
    return replace(
        exchange, headers=tuple((k, "text/plain" if k == "content-type" else v) for k, v in exchange.headers)
    )


def _html(exchange: Exchange) -> Exchange:
    return replace(exchange, response_headers=(("Content-Type", "text/html"),))


def _without_last_line(exchange: Exchange) -> Exchange:
    lines = exchange.response_body.splitlines(keepends=True)
    return replace(exchange, response_body=b"".join(lines[:-1]))


FAULTS = (
    Fault("tasks.list", "request", "query.page_limit", "maximum", _url("page_limit=50", "page_limit=51")),
    Fault("indexes.list", "request", "query.sort_option", "enum", _url("sort_option=asc", "sort_option=up")),
    Fault("search.retrieve", "request", "query.include", "undeclared", _url("false", "false&include=all")),
    Fault("indexes.videos.retrieve", "request", "query.transcription", "type", _url("tion=true", "tion=True")),
    Fault("tasks.transfers.get_logs", "request", "path", "undeclared", _url("/logs", "/logz")),
    Fault("indexes.retrieve", "request", "header.x-api-key", "missing", _without_key),
    Fault("indexes.update", "request", "header.content-type", "media_type", _plain_text),
    Fault("summarize", "request", "body.type", "enum", _body('"chapter"', '"poem"')),
    Fault("indexes.create", "request", "body.models[0].model_options[1]", "enum", _body('"audio"', '"smell"')),
    Fault("search.create", "request", "form.search_options", "encoding", _body("search_options", "search_options[]")),
    Fault("embed.create", "request", "form.image_file", "encoding", _body('; filename="i.png"', "")),
    Fault("tasks.create", "request", "form.enable_video_stream", "type", _body("\r\ntrue\r\n", "\r\nTrue\r\n")),
    Fault("analyze", "response", "event[4]", "truncated", _without_last_line),
    Fault("gist", "response", "body.usage.output_tokens", "type", _answer('tokens": 27', 'tokens": "27"')),
    Fault("tasks.retrieve", "response", "body.created_at", "format", _answer("2025-09-02T14:39:41Z", "yesterday")),
    Fault("embed.tasks.status", "response", "body", "encoding", _answer("}}}", "}}")),
    Fault("tasks.delete", "response", "status", "status", lambda e: replace(e, status=302)),
    Fault("indexes.delete", "response", "body", "undeclared", lambda e: replace(e, response_body=b"{}")),
    Fault("indexes.videos.list", "response", "header.content-type", "media_type", _html),
    Fault("search.create", "response", "body.data[0].start", "type", _answer('"start": 12.5', '"start": "12.5"')),
)


def planted() -> list[Exchange]:
    """Return the 28 good exchanges with all twenty faults."""
    found = list(good())
    for fault in FAULTS:
        index = next(i for i, exchange in enumerate(found) if exchange.operation == fault.operation)
        found[index] = fault.plant(found[index])
    return found
