"""Requests that a test makes invalid on purpose, to see them rejected.

    with on_purpose():
        with pytest.raises(BadRequestError):
            client.tasks.list(page_limit=51)

Requests that are sent in the block do not fail the test; responses to them are checked as usual.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from apicontract.openapi.violation import Violation
from apicontract.traffic.ignores import IgnoreEntry

_purposes: ContextVar[tuple[IgnoreEntry, ...]] = ContextVar("apicontract_purposes", default=())


@contextmanager
def on_purpose(*entries: str) -> Iterator[None]:
    """Ignore violations in requests that are sent in this block, by this thread or task and those started in it.

    An entry is `OPERATION WHERE RULE`, as in `contract_ignore`; without entries, all violations are ignored.
    """
    if not all(isinstance(entry, str) and entry.strip() for entry in entries):
        raise TypeError(f"on_purpose takes entries such as 'tasks.list query.page_limit maximum', not {entries!r}")
    found = tuple(IgnoreEntry("on_purpose", " ".join(entry.split())) for entry in entries or ("*",))
    token = _purposes.set((*_purposes.get(), *found))
    try:
        yield
    finally:
        _purposes.reset(token)


def purposes() -> tuple[IgnoreEntry, ...]:
    """Return the entries of the blocks around the caller."""
    return _purposes.get()


def is_meant(purposes: tuple[IgnoreEntry, ...], violation: Violation, name: str) -> bool:
    """Return whether a violation of a request is ignored by one of the entries."""
    return any(entry.matches(violation, name) for entry in purposes)
