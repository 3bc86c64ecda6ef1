"""The keywords of JSON Schema 2020-12, grouped by the kind of their value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from apicontract.openapi.operation import Json
from apicontract.openapi.pointer import escape

UNIONS = ("anyOf", "oneOf")
BRANCHES = ("allOf", *UNIONS)
"""Keywords that hold a list of schemas which apply to the same value."""
LISTS = (*BRANCHES, "prefixItems")
"""Keywords that hold a list of schemas."""
NAMED = ("properties", "patternProperties", "dependentSchemas", "$defs", "definitions")
"""Keywords that hold schemas by a name that the author chose, so that the names are not keywords."""
SINGLE = (
    "additionalProperties",
    "contains",
    "contentSchema",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
)
"""Keywords that hold one schema."""
DATA = frozenset({"const", "enum", "default", "examples"})
"""Keywords that hold data, which is not searched for references and keywords."""
OPENAPI_ONLY = frozenset({"discriminator", "xml", "externalDocs", "example"})
"""Keywords that OpenAPI adds for its tools; they do not validate anything."""


def subschemas(schema: Mapping[str, Json], pointer: str) -> Iterator[tuple[Json, str]]:
    """Yield the direct subschemas of a schema, each with its pointer."""
    for keyword in LISTS:
        for index, inner in enumerate(schema.get(keyword) or ()):
            yield inner, f"{pointer}/{keyword}/{index}"
    for keyword in NAMED:
        for name, inner in (schema.get(keyword) or {}).items():
            yield inner, f"{pointer}/{keyword}/{escape(str(name))}"
    for keyword in SINGLE:
        if keyword in schema:
            yield schema[keyword], f"{pointer}/{keyword}"
