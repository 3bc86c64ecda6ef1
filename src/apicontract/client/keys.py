"""How many keys the JSON had that values were read from, to tell whether an object gave one twice.

Models and mappings have each key once, so what the text has more was given again. Many values are counted at once,
level by level, in compiled code.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import chain
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from apicontract.client.answer import model_class

_PLAIN = frozenset({str, int, float, bool, NoneType, dt.datetime, dt.date})
"""What holds no key."""
_members: Callable[[Any], Iterable[Any]] = dict[Any, Any].values
_given: Callable[[Any], set[str]] = attrgetter("__pydantic_fields_set__")
extras: Callable[[Any], Mapping[str, Any] | None] = attrgetter("__pydantic_extra__")
"""Returns the values of a model that it does not declare."""


def count(values: Sequence[Any]) -> int | None:
    """Return how many keys all objects have that values were read from; `None` in doubt, never too many."""
    total = 0
    while values:
        inner: list[Any] = []
        kinds = {*map(type, values)}
        for kind in kinds - _PLAIN:
            own: Any = values if len(kinds) == 1 else [value for value in values if type(value) is kind]
            if kind is dict:
                total += sum(map(len, own))
                inner += chain.from_iterable(map(_members, own))
            elif kind is list:
                inner += chain.from_iterable(own)
            elif (fields := _deep_fields(kind)) is not None:
                total += sum(map(len, map(_given, own)))
                for field in fields:
                    inner += filter(None, map(field, own))
                for undeclared in filter(None, map(extras, own)):
                    inner += undeclared.values()
            else:
                return None
        values = inner
    return total


@cache
def _deep_fields(kind: type) -> tuple[Callable[[Any], Any], ...] | None:
    """Return what takes out of a model the values that can hold keys; `None` for a class of which too little is known.

    A value that is there although nobody gave it has keys that are not in the text.
    """
    if not issubclass(kind, model_class()) or getattr(kind, "__pydantic_root_model__", False):
        return None
    deep = {name: info for name, info in kind.model_fields.items() if _holds_keys(info.annotation)}
    if any(
        not info.is_required() and info.get_default(call_default_factory=False) is not None for info in deep.values()
    ):
        return None
    return tuple(map(attrgetter, deep))


def _holds_keys(annotation: Any) -> bool:
    origin = get_origin(annotation)
    if origin in (Union, UnionType, list):
        return any(map(_holds_keys, get_args(annotation)))
    return origin is not Literal and annotation not in _PLAIN
