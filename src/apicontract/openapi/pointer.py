"""JSON pointers (RFC 6901): writing, splitting and following them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any


def escape(token: str) -> str:
    """Escape one reference token (RFC 6901, section 3)."""
    return token.replace("~", "~0").replace("/", "~1")


def unescape(token: str) -> str:
    """Undo `escape`."""
    return token.replace("~1", "/").replace("~0", "~")


@lru_cache(maxsize=1024)
def split(pointer: str) -> tuple[str, ...]:
    """Split a pointer, or a fragment that is one, into its unescaped reference tokens."""
    return tuple(map(unescape, pointer.split("/")[1:]))


def fragment(tokens: Iterable[str]) -> str:
    """Return reference tokens as a URI fragment: `#` is the whole document, `#/paths/~1tasks` a part of it."""
    return "".join(("#", *(f"/{escape(token)}" for token in tokens)))


def step(value: Any, token: str) -> Any:
    """Return the member or item of a JSON value under one token; raise `LookupError` if there is none."""
    if type(value) is dict or isinstance(value, Mapping):  # the first is the usual case, and faster
        return value[token]
    if isinstance(value, list) and token.isascii() and token.isdigit():
        return value[int(token)]
    raise LookupError(token)


def at(value: Any, pointer: str) -> Any:
    """Return the value at a pointer; raise `LookupError` if there is none."""
    for token in split(pointer):
        value = step(value, token)
    return value


def find(value: Any, pointer: str) -> Any:
    """Return the value at a pointer; `None` if there is none."""
    try:
        return at(value, pointer)
    except LookupError:
        return None
