"""Facts in the form for comparison: a keyword at a place below an operation, and its value as canonical JSON.

A place is written like a location: `query.page_limit`, `body.models[].model_name`, `200 application/json.data[]._id`.
`form.filter:json` is the JSON whose text a field holds, `duration<object>` the object among several types,
`<stream_end>` one kind of a union, and `.*` any key without a row.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

Fact: TypeAlias = tuple[str, str, Any]
"""Place, keyword, value."""

Facts: TypeAlias = dict[tuple[str, str], str]

# The rules between fields. What they say is compared by bodies that keep them and bodies that break them.
RULE_KEYWORDS = frozenset(
    ("allOf", "anyOf", "contains", "dependentRequired", "dependentSchemas", "else", "if", "not", "oneOf", "then")
)

_SETS = ("type", "enum", "known", "examples", "anyOf", "oneOf", "required")
_NOTHING = "nothing"


def gather(facts: Iterable[Fact]) -> Facts:
    """Put facts into canonical form; one that is said twice is kept under a keyword of its own."""
    gathered: Facts = {}
    for place, keyword, value in facts:
        name = keyword
        while (place, name) in gathered:
            name += " (again)"
        gathered[place, name] = _canonical(keyword, value)
    return gathered


def differences(operation: str, stated: Facts, found: Facts) -> Iterator[str]:
    """Yield what the table states and the document lacks, what it says otherwise, and what it invents."""
    for place, keyword in sorted(stated.keys() | found.keys()):
        if keyword == "examples" and (place, keyword) not in stated:
            continue  # an illustration
        expected, seen = stated.get((place, keyword), _NOTHING), found.get((place, keyword), _NOTHING)
        if expected != seen:
            yield f"{operation}: {place}: {keyword}: expected {expected}, found {seen}"


def _canonical(keyword: str, value: Any) -> str:
    if keyword in _SETS and isinstance(value, list | tuple):
        texts = sorted(_canonical("", item) for item in value)
        return texts[0] if keyword == "type" and len(texts) == 1 else f"[{', '.join(texts)}]"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
