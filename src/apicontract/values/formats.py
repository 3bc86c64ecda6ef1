"""The formats that are asserted, each with valid strings and strings that are almost valid."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass

from apicontract.openapi import media_types
from apicontract.openapi.document import Json
from apicontract.openapi.facts import BASE64


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its simplest strings, and strings that are almost valid."""

    valid: tuple[str, ...]
    invalid: tuple[str, ...]


_WORD = ("word", "")

FORMATS: Mapping[str, Format] = {
    "date-time": Format(
        ("2025-08-01T12:30:00Z", "2024-02-29T23:59:59.999999+14:00"),
        ("yesterday", "2025-08-01", "2025-02-30T00:00:00Z", "2025-08-01T12:30:00", ""),
    ),
    "date": Format(("2025-08-01", "2024-02-29"), ("today", "2025-02-30", "2025-8-1", "")),
    "time": Format(("12:30:00Z", "23:59:59.5+02:00"), ("noon", "25:00:00Z", "")),
    "duration": Format(("PT1S", "P1DT2H"), ("1s", "")),
    "uri": Format(
        ("https://example.com/a.mp4", "https://example.com:8443/a%20b?c=d&e=%C3%A9#f"),
        ("/home/me/a.mp4", "a.mp4", "https://example.com/a b", ""),
    ),
    "uri-reference": Format(("/a", "https://example.com/a"), ("a b", "\\a")),
    "uuid": Format(("00000000-0000-4000-8000-000000000001",), _WORD),
    "email": Format(("a@example.com", "first.last+tag@mail.example.org"), _WORD),
    "hostname": Format(("example.com", "a", "xn--nxasmq6b.example"), ("-a", "a b")),
    "ipv4": Format(("192.0.2.1",), ("192.0.2.256", *_WORD)),
    "ipv6": Format(("2001:db8::1",), ("2001:db8::g", *_WORD)),
}
"""The formats that the engine asserts and that values are generated for, by name."""


def holds_json(schema: Mapping[str, Json]) -> bool:
    """Return whether a string holds JSON, plain or in base64; another encoding makes it an ordinary string."""
    encoding = schema.get("contentEncoding", "base64")
    return media_types.is_json(str(schema.get("contentMediaType", ""))) and encoding in BASE64


def written(text: str, *, in_base64: bool) -> str:
    """Return a JSON text as the content of a string."""
    return base64.b64encode(text.encode()).decode() if in_base64 else text
