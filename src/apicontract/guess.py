"""Guess which name was meant, for messages."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(name: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """Return the known name that is most similar to another.

    Returns `None` if the similarity is below `cutoff`, from 0 to 1.
    """
    import difflib  # noqa: PLC0415 - slow to load, and only wanted where something is wrong

    return next(iter(difflib.get_close_matches(name, list(known), 1, cutoff)), None)
