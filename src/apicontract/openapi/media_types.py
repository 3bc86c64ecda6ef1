"""Media types, as `Content-Type` and documents name them (RFC 9110, section 8.3)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from apicontract.openapi.operation import MediaType

JSON = "application/json"
FORM = "multipart/form-data"
URLENCODED = "application/x-www-form-urlencoded"
NDJSON = "application/x-ndjson"
JSON_LINES = "application/jsonl"
SSE = "text/event-stream"
STREAMS = (
    NDJSON,
    "application/ndjson",
    JSON_LINES,
    "application/jsonlines",
    "application/x-jsonlines",
    "application/x-jsonl",
    SSE,
)
"""Streams of JSON events, under all names that are in use."""
BYTES = "application/octet-stream"
"""Bytes of any kind."""

_PARAMETER = re.compile(r';\s*([^\s=;]+)=(?:"([^"]*)"|([^\s;]*))')


def parse(header: str) -> tuple[str, dict[str, str]]:
    """Split a `Content-Type` into the media type, in lower case, and its parameters."""
    name, more, _ = header.partition(";")
    if not more:  # the usual case
        return name.strip().lower(), {}
    found = {key.lower(): quoted or bare for key, quoted, bare in _PARAMETER.findall(header, len(name))}
    return name.strip().lower(), found


def plain(name: str) -> str:
    """Return a media type without its parameters, in lower case."""
    return name.partition(";")[0].strip().lower()


def canonical(name: str) -> str:
    """Return a media type with its parameters in a canonical spelling."""
    kind, options = parse(name)
    return "; ".join([kind, *(f"{key}={value}" for key, value in options.items())])


def is_json(name: str) -> bool:
    """Return whether a media type is JSON or a `+json` type."""
    return name in (JSON, "text/json") or name.endswith("+json")


def concrete(name: str) -> str:
    """Return a concrete media type that matches a declared one, which can be a range."""
    return BYTES if name == "*/*" else _CONCRETE.get(name) or name.replace("*", "plain")


_CONCRETE = {"image/*": "image/png", "audio/*": "audio/mpeg", "video/*": "video/mp4", "application/*": BYTES}


def find(content: Mapping[str, MediaType], name: str, options: Mapping[str, str] | None = None) -> MediaType | None:
    """Find the declared media type that matches a name, the most specific first.

    That is the name itself, `type/*+suffix`, `type/*` and `*/*`. If several differ only in their parameters, return
    the one that shares the most with `options`. Returns `None` if none matches, or if each of these contradicts them.
    """
    found = content.get(name)
    if found is None and (several := [media for key, media in content.items() if key.partition(";")[0] == name]):
        given = options or {}
        right = [media for media in several if not _differs(media.name, given)]
        return max(right, key=lambda media: len(parse(media.name)[1].keys() & given), default=None)
    kind, _, subtype = name.partition("/")
    suffix = f"{kind}/*+{subtype.rpartition('+')[2]}"
    return found or content.get(suffix) or content.get(f"{kind}/*") or content.get("*/*")


def _differs(name: str, options: Mapping[str, str]) -> bool:
    """Return whether a declared media type has a parameter with a value other than the given one."""
    return any(options.get(key, value).lower() != value.lower() for key, value in parse(name)[1].items())


def in_order(content: Mapping[str, MediaType]) -> Mapping[str, MediaType]:
    """Sort declared media types by what a client prefers to send: JSON, then forms, then the rest."""
    return dict(sorted(content.items(), key=lambda entry: _rank(entry[0])))


def _rank(name: str) -> int:
    return 0 if is_json(plain(name)) else 1 if plain(name) in (FORM, URLENCODED) else 2


def matches(given: str, patterns: str) -> bool:
    """Return whether a `Content-Type` matches a comma-separated list, as in an Encoding Object (`image/*, text/plain`).

    A parameter that both have must be equal.
    """
    name, options = parse(given)
    own = name.partition("/")[0]
    for pattern in patterns.split(","):
        kind, wanted = parse(pattern.strip())
        if kind in (name, f"{own}/*", "*/*", BYTES) and all(
            options.get(key, value).lower() == value.lower() for key, value in wanted.items()
        ):
            return True
    return False
