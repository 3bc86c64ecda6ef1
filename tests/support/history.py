"""A document of several days, in which something of every kind comes and goes."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from twelvelabs_contract import Contract, Headers, Request, Violation

HISTORY = Path(__file__).parent / "history.yaml"
BASE = "https://library.example/v2"
FIRST, MARCH, MAY, LAST = "2026-01-01", "2026-03-01", "2026-05-01", "2026-07-01"
"""The first edition, two days of changes, the newest edition. In May, it is only known to have happened by then."""
KEY = ("x-key", "key_of_a_library")


@cache
def on(edition: str | None = None) -> Contract:
    """Return the contract of an edition."""
    return Contract.load(HISTORY, edition=edition)


def call(target: str, body: Any = None, *, media_type: str = "application/json") -> Request:
    """Write a request; `target` is method and path, `body` JSON."""
    method, _, path = target.partition(" ")
    content = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    return Request(method, BASE + path, Headers([KEY, *([("content-type", media_type)] if content else [])]), content)


def reported(violations: list[Violation]) -> list[tuple[str, str, str]]:
    """Return place, rule and message of each violation."""
    return [(violation.where, violation.rule, violation.message) for violation in violations]
