"""Convert schemas of any OpenAPI version to JSON Schema 2020-12; invalid keywords are removed, with a notice.

OpenAPI 3.0 has its own dialect (`nullable`, `exclusiveMinimum: true`), and many documents of version 3.1 still use it.
A keyword with an invalid value is removed, so that the rest can be checked.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from apicontract.openapi import identifiers, rebuild
from apicontract.openapi.bounds import is_number
from apicontract.openapi.keywords import LISTS, NAMED, SINGLE
from apicontract.openapi.notices import Notices
from apicontract.openapi.operation import Json

TYPES = frozenset({"null", "boolean", "object", "array", "number", "integer", "string"})
_UNREADABLE = "correct it; until then it is not checked"
_COUNTED = re.compile(r"\{[0-9]*,?[0-9]{4,}")
_PLAIN_PATTERN = re.compile(
    r"(?:[\w\s^$.*+?|(),:;/=@%&!~<>'\"#-]|\{[0-9]+(?:,[0-9]*)?\}|\\[dDsSwW.\-/+*?()\[\]{}|^$\\]"
    r"|\[\^?(?:[\w.,:;/=@%&+*? -]|\\[dDsSwW.\-/\]])+\])*"
)
"""Patterns that every engine reads alike, provided that Python accepts them."""


def _number(value: Json) -> bool:
    return is_number(value) and -math.inf < value < math.inf


def _count(value: Json) -> bool:
    return _number(value) and value >= 0 and value == int(value)


def _schema(value: Json) -> bool:
    return isinstance(value, dict | bool)


def _texts(value: Json) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_type(value: Json) -> bool:
    if isinstance(value, str):
        return value in TYPES
    return isinstance(value, list) and bool(value) and all(isinstance(v, str) and v in TYPES for v in value)


_RULES: Mapping[str, tuple[Callable[[Json], bool], str]] = {
    "type": (_is_type, "not a JSON Schema type"),
    "enum": (lambda value: isinstance(value, list) and bool(value), "not a list of values"),
    "required": (_texts, "not a list of names"),
    "pattern": (lambda value: isinstance(value, str), "not a string"),
    "multipleOf": (lambda value: _number(value) and value > 0, "not a number above 0"),
    "discriminator": (lambda v: isinstance(v, dict) and isinstance(v.get("propertyName"), str), "not a discriminator"),
    "uniqueItems": (lambda value: isinstance(value, bool), "neither true nor false"),
    "dependentRequired": (lambda v: isinstance(v, dict) and all(map(_texts, v.values())), "not lists of names"),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), (_number, "not a number")),
    **dict.fromkeys(
        (
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "minProperties",
            "maxProperties",
            "minContains",
            "maxContains",
        ),
        (_count, "not a whole number of 0 or more"),
    ),
    **dict.fromkeys(LISTS, (lambda value: isinstance(value, list) and bool(value), "not a list of schemas")),
    **dict.fromkeys(NAMED, (lambda value: isinstance(value, dict), "not a mapping of schemas")),
    **dict.fromkeys(SINGLE, (_schema, "not a schema")),
}
"""The condition on the value of each keyword, and what the notice says if it fails."""
_WORDS: Mapping[str, type] = {
    **dict.fromkeys(("title", "description", "format", "contentMediaType", "contentEncoding", "$comment"), str),
    **dict.fromkeys(("deprecated", "readOnly", "writeOnly"), bool),
    "examples": list,
}
"""Keywords that do not validate anything; a value of the wrong type is removed without a notice."""
_LOOKED_INTO = ("pattern", "patternProperties", "required")
_DIALECTS = ("https://json-schema.org/draft/2020-12/schema", "https://spec.openapis.org/oas/3.")
_CHANGES = frozenset({"nullable", "$schema", *identifiers.NAMES, *_RULES, *_WORDS})


class SchemaForm:
    """Converts the schemas of one document."""

    def __init__(self, notices: Notices, *, old: bool) -> None:
        """Take the collector of notices, and whether this is OpenAPI 3.0."""
        self._notices = notices
        self._old = old
        self.patterns: dict[str, list[str]] = {}
        """The patterns that engines may read differently, with the pointers of each."""
        self.named = False
        """Whether a schema has an identifier of its own."""
        self.traits: set[str] = set()
        """Which of `readOnly`, `writeOnly` and `discriminator` are used."""

    def change(self, schema: Json, path: list[str]) -> Json:
        """Return the converted schema; the same object, if nothing changes."""
        if not isinstance(schema, dict):
            if not isinstance(schema, bool):
                self._add(path, "", "this is not a schema")
                return True
            return schema
        if self._old and len(schema) > 1 and "$ref" in schema and isinstance(schema["$ref"], str):
            kept = ("$ref", "description", "summary", "nullable", "readOnly", "writeOnly", "deprecated")
            schema = {key: value for key, value in schema.items() if key in kept or key[:2] == "x-"}
        if _CHANGES.isdisjoint(schema):
            return schema
        self.named = self.named or not identifiers.NAMES.isdisjoint(schema)
        found = schema
        for key, value in schema.items():
            if key in _CHANGES and (new := self._value(key, value, path)) is not value:
                found = dict(found) if found is schema else found
                found.pop(key, None)
                if new is not _NONE:
                    found[key] = new
        if type(schema.get("exclusiveMinimum")) is bool or type(schema.get("exclusiveMaximum")) is bool:
            found = _bounds(schema, found)
        return self._nullable(found, path) if "nullable" in schema else found

    def _value(self, key: str, value: Any, path: list[str]) -> Json:
        """Return the converted value of a keyword; `_NONE` if it is to be removed."""
        if key in _WORDS:
            if value is True:
                self.traits.add(key)
            return value if isinstance(value, _WORDS[key]) else _NONE
        if key == "$schema":
            if not str(value).startswith(_DIALECTS):
                message = f"the dialect {value!r} is read as JSON Schema 2020-12"
                self._notices.add(rebuild.pointer_of(path), message, "use that one")
            return _NONE
        if key not in _RULES:
            return value
        right, wrong = _RULES[key]
        if right(value):
            if key == "discriminator":
                self.traits.add(key)
            return self._right(key, value, path) if key in _LOOKED_INTO else value
        if type(value) is bool and key in ("exclusiveMinimum", "exclusiveMaximum"):
            if not self._old:
                message = f"`{key}: {str(value).lower()}` is OpenAPI 3.0, and read as that"
                fix = f"write the bound itself under `{key}`"
                self._notices.add(rebuild.pointer_of([*path, key]), message, fix)
            return value  # `_bounds` writes it, with its number
        self._add(path, key, wrong)
        return _NONE

    def _add(self, path: list[str], key: str, wrong: str) -> None:
        pointer = rebuild.pointer_of([*path, key] if key else path)
        self._notices.add(pointer, f"`{key}` is {wrong}" if key else wrong, _UNREADABLE)

    def _right(self, key: str, value: Any, path: list[str]) -> Json:
        """Return a value of the right form; duplicates in `required` are removed."""
        if key == "required":
            return value if len(set(value)) == len(value) else list(dict.fromkeys(value))
        for pattern in [value] if key == "pattern" else value:
            if not _is_plain(pattern):
                self.patterns.setdefault(pattern, []).append(rebuild.pointer_of([*path, key]))
        return value

    def _nullable(self, schema: dict[str, Json], path: list[str]) -> Json:
        """Replace `nullable` by a schema that admits null."""
        found = {key: value for key, value in schema.items() if key != "nullable"}
        if schema["nullable"] is not True:
            return found
        if not self._old:
            message = "`nullable` is OpenAPI 3.0, and read as that: null is admitted"
            self._notices.add(rebuild.pointer_of([*path, "nullable"]), message, "add `null` to `type`")
        if "type" in found:
            types = found["type"] if isinstance(found["type"], list) else [found["type"]]
            found["type"] = types if "null" in types else [*types, "null"]
        if None not in found.get("enum", (None,)):
            found["enum"] = [*found["enum"], None]
        if found.get("const") is not None:
            found["enum"] = [found.pop("const"), None]
        for keyword in ("anyOf", "oneOf"):
            if keyword in found and not any(_admits_null(branch) for branch in found[keyword]):
                found[keyword] = [*found[keyword], {"type": "null"}]
        if "$ref" in found or "allOf" in found:
            words = {key: value for key, value in found.items() if key in _WORDS}
            return {**words, "anyOf": [{k: v for k, v in found.items() if k not in words}, {"type": "null"}]}
        return found


_NONE: Any = object()


def _bounds(schema: Mapping[str, Json], found: Mapping[str, Json]) -> dict[str, Json]:
    """Replace boolean exclusive bounds by numbers."""
    changed = dict(found)
    for exclusive, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if type(schema.get(exclusive)) is bool:
            changed.pop(exclusive, None)
            if schema[exclusive] and bound in changed:
                changed[exclusive] = changed.pop(bound)
    return changed


def _admits_null(branch: Json) -> bool:
    """Return whether a branch is written so that it admits null; of a `oneOf`, only one may."""
    if not isinstance(branch, dict) or not branch:
        return branch is not False
    if branch.get("nullable") is True:
        return True
    if "type" in branch:
        return "null" in branch["type"] if isinstance(branch["type"], list) else bool(branch["type"] == "null")
    listed = branch.get("enum")
    return (isinstance(listed, list) and None in listed) or ("const" in branch and branch["const"] is None)


def counts_many(pattern: str) -> bool:
    """Return whether a pattern counts thousands of repetitions, for which an engine may fail or take minutes."""
    return _COUNTED.search(pattern) is not None


def _is_plain(pattern: str) -> bool:
    """Return whether a pattern is so plain that every engine accepts it."""
    if counts_many(pattern):
        return False
    try:
        return _PLAIN_PATTERN.fullmatch(pattern) is not None and re.compile(pattern) is not None
    except re.error:
        return False
