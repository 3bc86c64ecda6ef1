"""Counts how often exchanges are routed, and bodies parsed."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.openapi import strict_json
from apicontract.openapi.routing import Routes

ONCE = ["load", "load_fast", "match"]
"""What one exchange with JSON in both directions takes."""


def counted_passes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that the names of the functions are added to as they are called."""
    done: list[str] = []

    def counted(owner: Any, name: str) -> None:
        original = getattr(owner, name)

        def counting(*given: Any, **options: Any) -> Any:
            done.append(name)
            return original(*given, **options)

        monkeypatch.setattr(owner, name, counting)

    counted(Routes, "match")
    counted(strict_json, "load")
    counted(strict_json, "load_fast")
    return done
