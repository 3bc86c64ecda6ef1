"""Floor 4: the formats that are asserted: texts that have them, texts that do not, and more of the first kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from hypothesis import strategies as st

ANNOTATIONS = ("binary", "byte", "double", "float", "int32", "int64", "password")
"""Formats that assert nothing: the validation engine takes any value."""

_LAST_SECOND = 253_402_300_799  # 9999-12-31T23:59:59Z


@dataclass(frozen=True, slots=True)
class Format:
    """One format: the simplest texts that have it, texts that miss it by little, and a strategy for it."""

    right: tuple[str, ...]
    wrong: tuple[str, ...]
    more: Callable[[], st.SearchStrategy[str]]


def _moment(form: str) -> Callable[[], st.SearchStrategy[str]]:
    """Make texts of moments since 1970: one number each, which shrinks to the beginning of that year."""
    return lambda: st.integers(0, _LAST_SECOND).map(lambda second: datetime.fromtimestamp(second, UTC).strftime(form))


def _below(prefix: str) -> Callable[[], st.SearchStrategy[str]]:
    return lambda: st.text(max_size=20).map(lambda text: prefix + quote(text))


def _any_of(*texts: str) -> Callable[[], st.SearchStrategy[str]]:
    return lambda: st.sampled_from(texts)


_WORD = ("word", "")
_MAIL = ("a@example.com", "first.last+tag@mail.example.org")
_HOST = ("example.com", "a", "xn--nxasmq6b.example")

FORMATS: Mapping[str, Format] = {
    "date-time": Format(
        ("2025-08-01T12:30:00Z", "2024-02-29T23:59:59.999999+14:00"),
        ("yesterday", "2025-08-01", "2025-02-30T00:00:00Z", "2025-08-01T12:30:00", ""),
        _moment("%Y-%m-%dT%H:%M:%SZ"),
    ),
    "date": Format(("2025-08-01", "2024-02-29"), ("today", "2025-02-30", "2025-8-1", ""), _moment("%Y-%m-%d")),
    "time": Format(("12:30:00Z", "23:59:59.5+02:00"), ("noon", "25:00:00Z", ""), _moment("%H:%M:%SZ")),
    "duration": Format(("PT1S", "P1DT2H"), ("1s", ""), lambda: st.integers(0, 10_000).map(lambda n: f"PT{n}S")),
    "uri": Format(
        ("https://example.com/a.mp4", "https://example.com:8443/a%20b?c=d&e=%C3%A9#f"),
        ("/home/me/a.mp4", "a.mp4", "https://example.com/a b", ""),
        _below("https://example.com/"),
    ),
    "uri-reference": Format(("/a", "https://example.com/a"), ("a b", "\\a"), _below("/")),
    "uuid": Format(("00000000-0000-4000-8000-000000000001",), _WORD, lambda: st.uuids().map(str)),
    "email": Format(_MAIL, _WORD, _any_of(*_MAIL)),
    "hostname": Format(_HOST, ("-a", "a b"), _any_of(*_HOST)),
    "ipv4": Format(("192.0.2.1",), ("192.0.2.256", *_WORD), lambda: st.ip_addresses(v=4).map(str)),
    "ipv6": Format(("2001:db8::1",), ("2001:db8::g", *_WORD), lambda: st.ip_addresses(v=6).map(str)),
}
"""The formats that the engine asserts and that can be generated, by name."""
