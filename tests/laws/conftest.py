"""Cleanup after the laws."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.laws.subjects import SUBJECTS


@pytest.fixture(scope="session", autouse=True)
def _close() -> Iterator[None]:
    """Close the subjects, whose clients are used by every law."""
    yield
    for subject in SUBJECTS:
        subject.close()
