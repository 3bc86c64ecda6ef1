"""What is being computed at the moment, so that a schema that refers to itself has an end, and what is kept of it.

Inside of itself, a schema is cut short, so what is computed there depends on where the computation began. It may be
kept only if nothing that was entered before it was reached: `watched` says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")
Key = tuple[int, ...]


class Kept:
    """What is computed of schemas, in as many dictionaries as there are kinds of results."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kept: list[dict[Any, Any]] = []

    def new(self) -> dict[Any, Any]:
        """Return a dictionary more."""
        self._kept.append({})
        return self._kept[-1]

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Forget at the end what was computed meanwhile, of schemas that are made for one use."""
        sizes = list(map(len, self._kept))
        try:
            yield
        finally:
            for found, size in zip(self._kept, sizes, strict=True):
                while len(found) > size:
                    found.popitem()


class Once(Generic[T]):
    """What an iterator yields, read from it once, no further than is asked for, and kept; an error too."""

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
    """What one computation reached."""

    whole: bool = False
    """Whether nothing was cut short that had been entered before."""


class Entered:
    """The keys that were entered and not left yet, from the outermost to the innermost."""

    def __init__(self) -> None:
        """Begin outside of everything."""
        self._depths: dict[Key, int] = {}
        self._reached: float = float("inf")
        """The least depth of a key that was reached again in the computation that is watched."""

    def cut(self, key: Key) -> bool:
        """Whether a key has been entered, and so has to be cut short here."""
        if key not in self._depths:
            return False
        self._reached = min(self._reached, self._depths[key])
        return True

    @contextmanager
    def entering(self, key: Key) -> Iterator[None]:
        """Enter a key, and leave it at the end."""
        self._depths[key] = len(self._depths)
        try:
            yield
        finally:
            del self._depths[key]

    @contextmanager
    def watched(self) -> Iterator[Watched]:
        """Watch a computation; what it reached is known at the end."""
        depth, before, self._reached = len(self._depths), self._reached, float("inf")
        result = Watched()
        try:
            yield result
        finally:
            result.whole = self._reached >= depth
            self._reached = min(before, self._reached) if not result.whole else before
