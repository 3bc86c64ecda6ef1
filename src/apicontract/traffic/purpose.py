"""Requests that a test sends wrong on purpose, to see them refused.

    with on_purpose():
        with pytest.raises(BadRequestError):
            client.tasks.list(page_limit=51)

What is sent in the block is not held against the test; what answers it is checked as ever.
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
    """Let violations of the requests pass that are sent in this block, in this thread or task and those it begins.

    An entry is `OPERATION WHERE RULE`, as in `contract_ignore`; without any, all violations are meant.
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
    """Return what is wrong on purpose where this is called."""
    return _purposes.get()


def is_meant(purposes: tuple[IgnoreEntry, ...], violation: Violation, name: str) -> bool:
    """Whether a violation of a request is one of those on purpose."""
    return any(entry.matches(violation, name) for entry in purposes)
