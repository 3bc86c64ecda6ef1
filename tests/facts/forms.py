"""What the document says besides bounds and texts, in the form of `forms.tsv`.

`today.tsv` has the bounds, defaults, names and types of the newest document; this table has all the rest, of all days
at once: formats, references, media types, headers, styles, discriminators, links, security, and every extension. So
each fact of the document stands in two places, and one that changes in `spec/` alone is a difference.

A row has a place as in `today.tsv`, what it tells, and that as JSON. `form` is what the object itself says, with a
reference by the name that it leads to; `numbers` are the numbers and units of its texts, in their order. Left out is
what the other tables have: bounds, marks, and the type of a property that says no more.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.facts import today

TABLE = Path(__file__).parent / "forms.tsv"
_TEXTS = ("description", "summary", "title")
_ELSEWHERE = frozenset(("$comment", "example", "examples", "value", "x-since", "x-until", "x-was", *_TEXTS))
_NAMES = frozenset(
    (
        *("content", "dependentRequired", "headers", "links", "mapping", "paths", "properties", "responses"),
        *("schemas", "securitySchemes", "webhooks"),
    )
)
"""Keys of objects whose keys are names."""
_UNIT = r"(?:[KMG]B|bytes|characters|days|hours?|milliseconds|minutes?|pixels|seconds|tokens)\b"
_NUMBERS = re.compile(rf"[0-9][0-9.,:]*(?<![.,:])(?: ?(?:%|{_UNIT}))?|\b{_UNIT}")


def found(document: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield the rows of a document with its marks: place, what is told, and that as JSON."""
    for place, value in _forms(document, "", named=False):
        yield place, "form", json.dumps(value, ensure_ascii=False)
    for place, text in _texts(document, ""):
        if numbers := _NUMBERS.findall(text):
            yield place, "numbers", json.dumps(numbers, ensure_ascii=False)


def _forms(node: Any, place: str, *, named: bool) -> Iterator[tuple[str, Any]]:
    if isinstance(node, list):
        if references := [_short(one) for one in node if _refers(one)]:
            yield place, references
        for number, one in enumerate(node):
            if not _refers(one):
                yield from _forms(one, _numbered(place, number, one), named=False)
        return
    own = {key: _short(value) if _refers(value) else value for key, value in node.items() if _is_own(key, value, named)}
    inside = {key: value for key, value in node.items() if (named or key not in _ELSEWHERE) and key not in own}
    if not named and (not place.startswith("/") or re.search("/parameters/.*/schema", place)):
        own = {key: value for key, value in own.items() if key not in today.BOUNDS}
    if (own or not inside) and ("/" in place or own.keys() != {"type"}):
        yield place, own
    for key, value in inside.items():
        yield from _forms(value, today.below(place, key), named=not named and key in _NAMES)


def _is_own(key: str, value: Any, named: bool) -> bool:
    """Whether a value is told with the object that has it, and not at a place of its own."""
    if not named and key in _ELSEWHERE:
        return False
    if isinstance(value, list):
        return not any(isinstance(one, dict) for one in value)
    return not isinstance(value, dict) or _refers(value)


def _refers(value: Any) -> bool:
    return isinstance(value, dict) and "$ref" in value


def _short(reference: Mapping[str, Any]) -> Any:
    """Return the name that a reference leads to, with what stands beside it."""
    name = reference["$ref"].rpartition("/")[2]
    beside = {key: value for key, value in reference.items() if key not in {*_ELSEWHERE, "$ref"}}
    return {"$ref": name, **beside} if beside else name


def _numbered(place: str, number: int, one: Any) -> str:
    return f"{place}/{one['in']}.{one['name']}" if isinstance(one, dict) and "in" in one else f"{place}/{number}"


def _texts(node: Any, place: str) -> Iterator[tuple[str, str]]:
    """Yield every text that is no example, with its place; one of an earlier day too."""
    if isinstance(node, list):
        for number, one in enumerate(node):
            yield from _texts(one, _numbered(place, number, one))
    if isinstance(node, dict):
        for key, value in node.items():
            if key in _TEXTS and isinstance(value, str):
                yield f"{place}/{key}", value
            elif key not in ("example", "examples", "value"):
                yield from _texts(value, today.below(place, key))
