"""Media types, as `Content-Type` names them and a document declares them (RFC 9110, section 8.3)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from apicontract.openapi.document import MediaType

JSON = "application/json"
FORM = "multipart/form-data"
URLENCODED = "application/x-www-form-urlencoded"
NDJSON = "application/x-ndjson"
JSON_LINES = "application/jsonl"
SSE = "text/event-stream"
BYTES = "application/octet-stream"
"""Bytes of any kind."""

_PARAMETER = re.compile(r';\s*([^\s=;]+)=(?:"([^"]*)"|([^\s;]*))')


def parse(header: str) -> tuple[str, dict[str, str]]:
    """Split a `Content-Type` into the media type, in lower case, and its parameters."""
    name = header.partition(";")[0]
    found = {key.lower(): quoted or bare for key, quoted, bare in _PARAMETER.findall(header, len(name))}
    return name.strip().lower(), found


def is_json(name: str) -> bool:
    """Whether a media type is JSON or a `+json` type."""
    return name == JSON or name.endswith("+json")


def concrete(name: str) -> str:
    """Return a media type that falls under a declared one, which can be a range."""
    return BYTES if name == "*/*" else name.replace("*", "plain")


def find(content: Mapping[str, MediaType], name: str) -> MediaType | None:
    """Find the declared media type that a name falls under, the most exact first: itself, `type/*`, `*/*`."""
    return content.get(name) or content.get(f"{name.partition('/')[0]}/*") or content.get("*/*")


def matches(name: str, patterns: str) -> bool:
    """Whether a media type is one of a comma-separated list, as an `encoding` object has it (`image/*, text/plain`)."""
    own = name.partition("/")[0]
    return any(pattern.strip().lower() in (name, f"{own}/*", "*/*", BYTES) for pattern in patterns.split(","))
