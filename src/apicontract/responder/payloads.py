"""Payloads made from documented examples, updated with given fields and new ids."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from copy import deepcopy
from itertools import cycle
from typing import Any

from apicontract.checks.contract import Contract
from apicontract.openapi.document import Json
from apicontract.openapi.facts import shape_at
from apicontract.openapi.pointer import find, split

_HEX = re.compile(r"[0-9a-f]")
_LONG = re.compile(r"[0-9a-f-]{8,}")


def laid(
    contract: Contract,
    base: Json,
    fields: Mapping[str, Json],
    schema: Json,
    pointer: str,
    stated: Mapping[str, Json] | None = None,
    settable: Mapping[str, Json] | None = None,
) -> Json:
    """Merge fields into a payload, if its schema declares and admits them; `stated`, by pointer, takes precedence.

    `settable` has the fields that a caller can set, with their defaults, or `None`: one that `fields` does not have is
    removed from the payload, or set to its default, if the result still fits the schema.
    """
    if not isinstance(base, dict):
        return base
    declared = shape_at(contract.document, schema, pointer).properties
    known = {name: value for name, value in fields.items() if name in declared}
    valid = contract.validators.at(pointer).is_valid

    def with_all(payload: Mapping[str, Json], fields: Mapping[str, Json], said: Mapping[str, Json]) -> dict[str, Json]:
        made = deepcopy({**payload, **fields})
        for place, value in said.items():
            put(made, place, value)
        return made

    said = stated or {}
    payload = with_all(base, known, said)
    if not valid(payload):
        payload = with_all(base, {}, said)
        if not valid(payload):
            payload, said = deepcopy(base), {}
        for name, value in known.items():
            tried = with_all(payload, {name: value}, said)
            payload = tried if valid(tried) else payload
    for name, default in (settable or {}).items():
        if name in payload and name not in fields:
            tried = {key: value for key, value in payload.items() if key != name}
            tried = tried if default is None else {**tried, name: default}
            payload = tried if valid(tried) else payload
    return payload


def renewed(example: str, of: str) -> str:
    """Return another id of the same form, with its last long run of hexadecimal digits replaced."""
    digits = cycle(hashlib.sha256(of.encode()).hexdigest())
    runs = list(_LONG.finditer(example))
    if not runs:
        return f"{example}-{of.replace(' ', '-')}"
    begin, end = runs[-1].span()
    return f"{example[:begin]}{_HEX.sub(lambda _: next(digits), example[begin:end])}{example[end:]}"


def put(value: Any, pointer: str, new: Json) -> None:
    """Set the value at a pointer, if its parent exists."""
    *steps, last = split(pointer)
    for step in steps:
        value = find(value, f"/{step}")
    if isinstance(value, dict):
        value[last] = new
    elif isinstance(value, list) and last.isdecimal() and int(last) < len(value):
        value[int(last)] = new
