"""The limits and times that the manual names are those of the code."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
MIB = 1 << 20


@pytest.mark.parametrize(
    ("page", "module", "name", "unit", "said"),
    [
        ("explain/limits.md", "server.limits", "Limits.body", MIB, "take bodies up to {} MiB"),
        ("guide/server.md", "server.limits", "Limits.body", MIB, "A request body may have up to {} MiB."),
        ("explain/limits.md", "client.decoding", "LARGEST_BODY", MIB, "An answer over {} MiB"),
        ("explain/limits.md", "client.events", "LONGEST_EVENT", MIB, "an event over {} MiB are errors"),
        ("guide/guards.md", "traffic.taps.bodies", "LIMIT", MIB, "At most {} MiB of a compressed answer are decoded"),
        ("guide/files.md", "traffic.payloads", "LIMIT", MIB, "a single JSON payload may have up to {} MiB."),
        ("volume.md", "cli.validate", "LARGE", MIB, "all cores work from {} MB of input on"),
        ("volume.md", "cli.check", "LARGE", MIB, "(`check`: from {} MB in several files)"),
        ("volume.md", "cli.validate", "SLICE", MIB, "into slices of {} MB"),
        ("guide/client.md", "client.retry", "LONGEST_WAIT", 1, "longer waits than {} s"),
        ("guide/client.md", "client.retry", "BACKOFF_BOUND", 1, "twice as much with each attempt, {} s at most"),
    ],
)
def test_a_limit_is_as_the_manual_has_it(page: str, module: str, name: str, unit: int, said: str) -> None:
    value = import_module(f"apicontract.{module}")
    for step in name.split("."):
        value = getattr(value() if isinstance(value, type) else value, step)
    text = " ".join((DOCS / page).read_text(encoding="utf-8").split())
    assert said.format(f"{float(str(value)) / unit:g}") in text
