"""The default profile of Hypothesis: the examples depend only on the test."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

usual = pytest.mark.skipif(not settings().derandomize, reason="another profile tries other examples every time")


@usual
def test_what_is_loaded_changes_no_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor where it is: the constants of a module of this project would be drawn, and with them other examples."""

    def tried() -> list[tuple[int, str]]:
        found: list[tuple[int, str]] = []

        @settings(max_examples=200)
        @given(st.integers(), st.text())
        def keep(number: int, text: str) -> None:
            found.append((number, text))

        keep()
        return found

    before = tried()
    module = ModuleType("loaded_later")
    module.__file__ = str(tmp_path / "loaded_later.py")
    Path(module.__file__).write_text("\n".join(f"n{n} = {10**6 + n}, 'words {n}'" for n in range(50)))
    monkeypatch.setitem(sys.modules, module.__name__, module)
    assert tried() == before


def test_nothing_fails_for_the_time_that_it_takes() -> None:
    assert settings().deadline is None
    assert HealthCheck.too_slow in settings().suppress_health_check
