"""How many keys the JSON had that values were read from, to tell whether an object gave one twice.

Models and mappings have each key once, so what the text has more was given again. Many values are counted at once,
level by level, in compiled code.
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
"""What holds no key, and is JSON whatever its value."""
_members: Callable[[Any], Iterable[Any]] = dict[Any, Any].values
_given: Callable[[Any], set[str]] = attrgetter("__pydantic_fields_set__")
_extras: Callable[[Any], Mapping[str, Any] | None] = attrgetter("__pydantic_extra__")


class Counted(NamedTuple):
    """What is known of the text that values were read from."""

    keys: int | None
    """How many keys its objects have, never too many; `None` in doubt, as for a value that is no number of JSON."""
    kinds: set[type]
    """The types of the values."""
    undeclared: bool
    """Whether one of the values has a key that its model does not declare, or `keys` is in doubt."""


class _Doubt(Exception):
    """A value of a class of which too little is known, or one that is not JSON."""


def colons(text: bytes) -> int:
    """Count the colons of a text: at least as many as the keys of its objects.

    `bytes.count` looks at one byte at a time, which takes longer than to parse a long text.
    """
    return len(text) - len(text.replace(b":", b""))


def count(values: Sequence[Any]) -> Counted:
    """Count the keys that all objects have that values were read from."""
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
    """Return whether what a model declares holds no key but its own, and nothing that is not JSON."""
    return _deep_fields(kind) == ()


def _level(values: Sequence[Any], kinds: set[type]) -> tuple[int, list[Any], bool]:
    """Count the keys of values themselves; return what they hold too, and whether a model does not declare it."""
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
    """Return what takes out of a model the values to look into; `None` for a class of which too little is known.

    A value that is there although nobody gave it has keys that are not in the text.
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
