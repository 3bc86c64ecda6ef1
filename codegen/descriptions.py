"""Summarise the constraints of a schema for the docstrings of arguments and fields."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from apicontract.openapi.bounds import is_number
from codegen.text import first_sentence, one_line, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codegen.view import Place, View

_SIZES = (("Length", "characters"), ("Items", "items"), ("Properties", "keys"))


def brief(view: View, node: Place, described: Place) -> str:
    """Return the first sentence of the description, and the constraints."""
    return _joined(first_sentence(_description(view, node, described)), view.resolve(node))


def whole(view: View, node: Place) -> str:
    """Return the description of a place, followed by its constraints in words."""
    return _joined(sentence(_description(view, node, node)), view.resolve(node))


def deprecation(*places: Place) -> str | None:
    """Return a message that something is deprecated, its removal, and what to use instead; `None` if it is not."""
    found = next((place for place in places if place.below("deprecated").value is True), None)
    if found is None:
        return None
    sunset, instead = found.text("x-sunset"), found.text("x-instead")
    until = f" and removed on {sunset}" if sunset else ""
    return one_line(f"Deprecated{until}: use `{instead}`." if instead else f"Deprecated{until}.")


def _description(view: View, node: Place, described: Place) -> str:
    return described.text("description") or node.text("description") or view.resolve(node).text("description")


def _joined(note: str, schema: Place) -> str:
    facts = one_line(", ".join(_facts(schema)))
    return f"{note} {facts[0].upper()}{facts[1:]}.".strip() if facts else note


def _facts(schema: Place) -> Iterator[str]:
    value = schema.value if isinstance(schema.value, dict) else {}
    yield from _range(value.get("minimum"), value.get("maximum"), "")
    if is_number(value.get("exclusiveMinimum")):
        yield f"more than {value['exclusiveMinimum']}"
    if is_number(value.get("exclusiveMaximum")):
        yield f"less than {value['exclusiveMaximum']}"
    if is_number(value.get("multipleOf")):
        yield f"a multiple of {value['multipleOf']}"
    for suffix, unit in _SIZES:
        least, most = value.get(f"min{suffix}"), value.get(f"max{suffix}")
        if least == 1 and most is None:
            yield "not empty"
        else:
            yield from _range(least, most, f" {unit}")
    if value.get("uniqueItems") is True:
        yield "no duplicates"
    default = value.get("default")
    if isinstance(default, str):
        yield f"default `{default}`" if default else "default empty"
    elif isinstance(default, bool):
        yield f"default `{json.dumps(default)}`"
    elif isinstance(default, int | float):
        yield f"default {default}"


def _range(least: Any, most: Any, unit: str) -> Iterator[str]:
    if is_number(least) and is_number(most):
        yield f"{least}{unit}" if least == most else f"{least} to {most}{unit}"
    elif is_number(least):
        yield f"at least {least}{unit}"
    elif is_number(most):
        yield f"at most {most}{unit}"
