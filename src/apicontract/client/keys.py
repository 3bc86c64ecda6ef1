"""Count the keys in the JSON that values were parsed from, to find duplicate keys.

Models and mappings have each key once, so if the text has more keys than they have, one was duplicated. Many values are
counted at once, level by level, in compiled code.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import chain
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin

from apicontract.client.answer import model_class

_PLAIN: frozenset[Any] = frozenset({str, int, bool, NoneType, dt.datetime, dt.date})
"""Types whose values hold no keys and are always valid JSON."""
_members: Callable[[Any], Iterable[Any]] = dict[Any, Any].values
_given: Callable[[Any], set[str]] = attrgetter("__pydantic_fields_set__")
_extras: Callable[[Any], Mapping[str, Any] | None] = attrgetter("__pydantic_extra__")


class Counted(NamedTuple):
    """Facts about the JSON text that values were parsed from."""

    keys: int | None
    """The number of keys in its objects, without duplicates; `None` if they cannot be counted, or a value is NaN."""
    kinds: set[type]
    """The types of the values."""
    undeclared: bool
    """Whether one of the values has a key that its model does not declare, or `keys` is `None`."""


class _Doubt(Exception):
    """A value is not JSON, or its class is not one whose keys can be counted."""


def colons(text: bytes) -> int:
    """Count the colons in a JSON text, which are at least as many as the keys of its objects.

    `bytes.count` looks at one byte at a time, which would take longer than parsing a long text.
    """
    return len(text) - len(text.replace(b":", b""))


def count(values: Sequence[Any]) -> Counted:
    """Count the keys of all objects in the JSON that values were parsed from."""
    kinds = {*map(type, values)}
    try:
        total, inner, undeclared = _level(values, kinds)
        while inner:
            more, inner, _ = _level(inner, {*map(type, inner)})
            total += more
    except _Doubt:
        return Counted(None, kinds, True)
    return Counted(total, kinds, undeclared)


def is_flat(kind: type) -> bool:
    """Return whether the declared fields of a model have only types that hold no keys and are always JSON."""
    return _deep_fields(kind) == ()


def _level(values: Sequence[Any], kinds: set[type]) -> tuple[int, list[Any], bool]:
    """Count the keys of some values; also return the values inside them, and whether any key is undeclared."""
    total, undeclared = 0, False
    inner: list[Any] = []
    for kind in kinds - _PLAIN:
        own: Any = values if len(kinds) == 1 else [value for value in values if type(value) is kind]
        if kind is dict:
            total += sum(map(len, own))
            inner += chain.from_iterable(map(_members, own))
        elif kind is list:
            inner += chain.from_iterable(own)
        elif kind is float:
            if not all(map(math.isfinite, own)):
                raise _Doubt
        elif (fields := _deep_fields(kind)) is None:
            raise _Doubt
        else:
            total += sum(map(len, map(_given, own)))
            for field in fields:
                inner += filter(None, map(field, own))
            for more in filter(None, map(_extras, own)):
                undeclared = True
                inner += more.values()
    return total, inner, undeclared


@cache
def _deep_fields(kind: type) -> tuple[Callable[[Any], Any], ...] | None:
    """Return functions that get the fields of a model that may hold keys; `None` if they cannot be counted.

    A default that holds keys would be counted, although the text does not have them.
    """
    if not issubclass(kind, model_class()) or getattr(kind, "__pydantic_root_model__", False):
        return None
    plain = _PLAIN | {float} if kind.model_config.get("allow_inf_nan") is False else _PLAIN
    deep = {name: info for name, info in kind.model_fields.items() if _is_deep(info.annotation, plain)}
    if any(
        not info.is_required() and info.get_default(call_default_factory=False) is not None for info in deep.values()
    ):
        return None
    return tuple(map(attrgetter, deep))


def _is_deep(annotation: Any, plain: frozenset[Any]) -> bool:
    origin = get_origin(annotation)
    if origin in (Union, UnionType, list):
        return any(_is_deep(inner, plain) for inner in get_args(annotation))
    return origin is not Literal and annotation not in plain
