"""Check whether a value fits a schema, including the internal keywords; this is cheaper than generating a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from apicontract.openapi.bounds import same
from apicontract.openapi.document import Json
from apicontract.values.alternatives import Alternative, Alternatives, join
from apicontract.values.constraints import KINDS, Schema, kind_of, kinds_of_type

_DECIDED = frozenset(
    {
        *("$ref", "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentRequired", "x-exclusive"),
        *("type", "kinds", "enum", "const", "never", "format", "not_format", "pattern", "not_pattern", "accept"),
        *("minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
        *("multipleOf", "not_multiple", "items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains"),
        *("repeats", "properties", "additionalProperties", "propertyNames", "required"),
        *("minProperties", "maxProperties"),
    }
)
_SILENT = frozenset(
    {
        *("$comment", "title", "description", "default", "example", "examples", "deprecated", "discriminator"),
        *("readOnly", "writeOnly", "externalDocs", "xml", "$schema", "$defs", "definitions"),
    }
)
_KEPT = 5000
"""The number of schemas whose constraints on scalars are cached."""


class _Undecided(Exception):
    """A keyword that is not supported here."""


class Fitting:
    """Checks values against the schemas of one document."""

    def __init__(self, alternatives: Alternatives) -> None:
        """Take the alternatives of the schemas."""
        self._alternatives = alternatives
        self._scalars: dict[int, tuple[Schema, Alternative | None]] = {}

    def fits(self, value: Json, schema: Schema) -> bool:
        """Return whether a value certainly fits; `False` also if that cannot be decided."""
        try:
            return self._fits(value, schema)
        except _Undecided:
            return False

    def _fits(self, value: Json, schema: Schema) -> bool:
        if isinstance(schema, bool):
            return schema
        if not all(keyword in _DECIDED or keyword in _SILENT or keyword.startswith("x-") for keyword in schema):
            raise _Undecided
        if not self._is_of_kind(value, schema) or not self._is_chosen(value, schema):
            return False
        if isinstance(value, dict):
            return self._is_object(value, schema)
        return not isinstance(value, list) or self._is_array(value, schema)

    def _is_of_kind(self, value: Json, schema: Mapping[str, Json]) -> bool:
        """Return whether the kind of the value is right, and the value itself if it is a scalar."""
        if isinstance(value, dict | list):
            kind = kind_of(value)
            kinds = {*schema.get("kinds", KINDS)} & {*(kinds_of_type(schema["type"]) if "type" in schema else KINDS)}
            return kind in kinds and "enum" not in schema and "const" not in schema
        if id(schema) not in self._scalars:
            if len(self._scalars) > _KEPT:
                self._scalars.clear()
            self._scalars[id(schema)] = schema, join((schema,))
        found = self._scalars[id(schema)][1]
        return found is not None and found.fits(value)

    def _is_chosen(self, value: Json, schema: Mapping[str, Json]) -> bool:
        """Return whether the value satisfies the keywords that apply other schemas to the same value."""
        if "$ref" in schema and not self._fits(value, self._alternatives.follow(schema)):
            return False
        if not all(self._fits(value, member) for member in schema.get("allOf", ())):
            return False
        if "anyOf" in schema and not any(self._fits(value, branch) for branch in schema["anyOf"]):
            return False
        if "oneOf" in schema and sum(self._fits(value, branch) for branch in schema["oneOf"]) != 1:
            return False
        if "not" in schema and self._fits(value, schema["not"]):
            return False
        chosen = ("then" if self._fits(value, schema["if"]) else "else") if "if" in schema else ""
        return self._fits(value, schema.get(chosen, True))

    def _is_object(self, value: Mapping[str, Json], schema: Mapping[str, Json]) -> bool:
        declared, others = schema.get("properties", {}), schema.get("additionalProperties", True)
        return (
            all(name in value for name in schema.get("required", ()))
            and schema.get("minProperties", 0) <= len(value) <= schema.get("maxProperties", len(value))
            and all(self._fits(inner, declared.get(name, others)) for name, inner in value.items())
            and all(self._fits(name, schema.get("propertyNames", True)) for name in value)
            and all(
                other in value
                for name, needed in schema.get("dependentRequired", {}).items()
                if name in value
                for other in needed
            )
            and all(sum(name in value for name in group) <= 1 for group in schema.get("x-exclusive", ()))
        )

    def _is_array(self, value: Sequence[Json], schema: Mapping[str, Json]) -> bool:
        first, rest = schema.get("prefixItems", ()), schema.get("items", True)
        repeats = _repeats(value) if "repeats" in schema or schema.get("uniqueItems") else None
        return (
            schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value))
            and all(self._fits(item, first[at] if at < len(first) else rest) for at, item in enumerate(value))
            and ("contains" not in schema or any(self._fits(item, schema["contains"]) for item in value))
            and ("repeats" not in schema or repeats is True)
            and (not schema.get("uniqueItems") or repeats is False)
        )


def _repeats(value: Sequence[Json]) -> bool:
    """Return whether an item occurs twice."""
    return any(same(item, other) for at, item in enumerate(value) for other in value[:at])
