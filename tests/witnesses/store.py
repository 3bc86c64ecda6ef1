"""The recordings on disk: one compressed file of JSON lines for each release; a new recording gives the same bytes."""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent

BOUNDARY = "0123456789abcdef"
_KEPT = re.compile(r"accept$|authorization$|content-|idempotency-key$|user-agent$|x-")
_DROPPED = re.compile(r"user-agent=(python-httpx|node)|x-fern-(runtime|platform)")
"""Headers that say what the recorder runs on, and not what an SDK does."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A request as an SDK sent it, and the calls that gave it; or a call that failed and sent none (`url` is empty)."""

    method: str
    """The method of the SDK: `indexes.videos.list`; `BaseClient.…` where the client below the wrappers has its own."""
    given: tuple[str, ...]
    """What the calls were about, such as `page_limit=50`; an empty string is the call with required arguments alone."""
    verb: str = ""
    url: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    error: str | None = None
    """Why nothing was sent."""

    @property
    def sent(self) -> bool:
        """Whether there is a request."""
        return bool(self.url)


def path_of(release: str) -> Path:
    """Return the file of a release: `python-1.3.6`, `js-1.3.4`."""
    return HERE / f"{release}.jsonl.gz"


def load(release: str) -> Iterator[Recorded]:
    """Yield what is recorded of a release, in the order of its calls."""
    with gzip.open(path_of(release), "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield _read(json.loads(line))


def write(path: Path, recorded: Iterable[Recorded]) -> None:
    """Write a recording; no time and no file name are in it."""
    lines = b"".join(_line(one) for one in merged(recorded))
    with path.open("wb") as file, gzip.GzipFile("", "wb", compresslevel=9, fileobj=file, mtime=0) as packed:
        packed.write(lines)


def merged(recorded: Iterable[Recorded]) -> list[Recorded]:
    """Bring equal requests of one method together."""
    found: dict[tuple[Any, ...], Recorded] = {}
    for one in recorded:
        key = (one.method, one.verb, one.url, one.headers, one.body, one.error)
        known = found.get(key)
        given = (*known.given, *one.given) if known else one.given
        found[key] = Recorded(
            one.method, tuple(dict.fromkeys(given)), one.verb, one.url, one.headers, one.body, one.error
        )
    return list(found.values())


def neutral_headers(headers: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Leave out the headers that another machine would send otherwise."""
    pairs = sorted((name.lower(), value) for name, value in headers)
    return tuple(pair for pair in pairs if _KEPT.match(pair[0]) and not _DROPPED.match("=".join(pair)))


def with_fixed_boundary(one: Recorded) -> Recorded:
    """Replace the boundary of a form, which is random, by one of the same length that is always the same."""
    found = re.search(r"boundary=([^\s;]+)$", dict(one.headers).get("content-type", ""))
    if not found:
        return one
    fixed = (BOUNDARY * 8)[: len(found[1])]
    headers = tuple((name, value.replace(found[1], fixed)) for name, value in one.headers)
    return replace(one, headers=headers, body=one.body.replace(found[1].encode(), fixed.encode()))


def _line(one: Recorded) -> bytes:
    fields: dict[str, Any] = {"method": one.method, "given": list(one.given)}
    if one.error is not None:
        fields["error"] = one.error
    if one.sent:
        fields |= {"verb": one.verb, "url": one.url, "headers": dict(one.headers), **_packed(one.body)}
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _packed(body: bytes) -> dict[str, str]:
    """Write a body as text, or in base 64 where it is none."""
    if not body:
        return {}
    try:
        return {"text": body.decode()}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(body).decode()}


def _read(fields: dict[str, Any]) -> Recorded:
    body = fields["text"].encode() if "text" in fields else base64.b64decode(fields.get("base64", ""))
    return Recorded(
        fields["method"],
        tuple(fields["given"]),
        fields.get("verb", ""),
        fields.get("url", ""),
        tuple(fields.get("headers", {}).items()),
        body,
        fields.get("error"),
    )
