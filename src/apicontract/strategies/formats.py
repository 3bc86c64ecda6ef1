"""A strategy for each format that values are generated for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from urllib.parse import quote

from hypothesis import strategies as st

from apicontract.values.formats import FORMATS

_LAST_SECOND = 253_402_300_799  # 9999-12-31T23:59:59Z


def _moment(form: str) -> st.SearchStrategy[str]:
    """Return a strategy for times since 1970, each drawn as one number, which shrinks to the beginning of that year."""
    return st.integers(0, _LAST_SECOND).map(lambda second: datetime.fromtimestamp(second, UTC).strftime(form))


def _below(prefix: str) -> st.SearchStrategy[str]:
    return st.text(max_size=20).map(lambda text: prefix + quote(text))


STRATEGIES: Mapping[str, Callable[[], st.SearchStrategy[str]]] = {
    "date-time": lambda: _moment("%Y-%m-%dT%H:%M:%SZ"),
    "date": lambda: _moment("%Y-%m-%d"),
    "time": lambda: _moment("%H:%M:%SZ"),
    "duration": lambda: st.integers(0, 10_000).map(lambda number: f"PT{number}S"),
    "uri": lambda: _below("https://example.com/"),
    "uri-reference": lambda: _below("/"),
    "uuid": lambda: st.uuids().map(str),
    "email": lambda: st.sampled_from(FORMATS["email"].valid),
    "hostname": lambda: st.sampled_from(FORMATS["hostname"].valid),
    "ipv4": lambda: st.ip_addresses(v=4).map(str),
    "ipv6": lambda: st.ip_addresses(v=6).map(str),
}
"""Functions that return the strategy of each format; called on first use, so that importing this module is cheap."""
