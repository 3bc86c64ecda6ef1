"""A document of several days, in which a thing of every kind is added and removed."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from apicontract.openapi import yaml12
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


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, raw: Any = None) -> None:
    """Let the bundled document be this one, or another with editions, as a generated package has it."""
    package = folder / "library_api"
    package.mkdir()
    (package / "__init__.py").touch()
    marked = package / "editions.json"
    marked.write_text(json.dumps(yaml12.load(HISTORY.read_bytes()) if raw is None else raw, default=str))
    (package / "openapi.json").write_text(json.dumps((on() if raw is None else Contract.load(marked)).document.raw))
    monkeypatch.syspath_prepend(folder)
    monkeypatch.setattr("twelvelabs_contract.contract.PACKAGE", package.name)


def reported(violations: list[Violation]) -> list[tuple[str, str, str]]:
    """Return place, rule and message of each violation."""
    return [(violation.where, violation.rule, violation.message) for violation in violations]
