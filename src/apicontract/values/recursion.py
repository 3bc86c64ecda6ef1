"""Cycle detection for recursive schemas, and caches that take it into account.

Within itself, a schema is cut short, so a result there depends on where the computation began. It may be cached only if
the computation did not reach a schema that was entered before it, which `watched` reports.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")
Key = tuple[int, ...]


class Kept:
    """Caches of computed results, in one dictionary for each kind of result."""

    def __init__(self) -> None:
        """Start without dictionaries."""
        self._kept: list[dict[Any, Any]] = []

    def new(self) -> dict[Any, Any]:
        """Return a new dictionary."""
        self._kept.append({})
        return self._kept[-1]

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Discard the results that are cached within the block, which are for temporary schemas."""
        sizes = list(map(len, self._kept))
        try:
            yield
        finally:
            for found, size in zip(self._kept, sizes, strict=True):
                while len(found) > size:
                    found.popitem()


class Once(Generic[T]):
    """An iterable that reads an iterator lazily, once, and caches its items and its error."""

    def __init__(self, source: Iterator[T]) -> None:
        """Take the iterator."""
        self._source, self._read = source, list[T]()
        self._failed: Exception | None = None

    def __iter__(self) -> Iterator[T]:
        position = 0
        while True:
            if position == len(self._read):
                if self._failed is not None:
                    raise self._failed
                try:
                    self._read.append(next(self._source))
                except StopIteration:
                    return
                except Exception as error:
                    self._failed = error
                    raise
            yield self._read[position]
            position += 1


@dataclass(slots=True)
class Watched:
    """The result of watching a computation."""

    whole: bool = False
    """Whether the computation did not reach a key that had been entered before it."""


class Entered:
    """The keys that have been entered and not left, from the outermost to the innermost."""

    def __init__(self) -> None:
        """Start with no key entered."""
        self._depths: dict[Key, int] = {}
        self._reached: float = float("inf")
        """The least depth of a key that the watched computation reached again."""

    def cut(self, key: Key) -> bool:
        """Return whether a key has been entered before, so that the schema must be cut short here."""
        if key not in self._depths:
            return False
        self._reached = min(self._reached, self._depths[key])
        return True

    @contextmanager
    def entering(self, key: Key) -> Iterator[None]:
        """Enter a key for the duration of the block."""
        self._depths[key] = len(self._depths)
        try:
            yield
        finally:
            del self._depths[key]

    @contextmanager
    def watched(self) -> Iterator[Watched]:
        """Watch a computation; the result is set at the end of the block."""
        depth, before, self._reached = len(self._depths), self._reached, float("inf")
        result = Watched()
        try:
            yield result
        finally:
            result.whole = self._reached >= depth
            self._reached = min(before, self._reached) if not result.whole else before
