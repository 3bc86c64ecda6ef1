"""Make a schema of the document self-contained, as JSON Schema 2020-12.

A schema of an OpenAPI 3.1 document is JSON Schema already, but its references lead through the document. Here each
component that it needs, directly or indirectly, becomes a definition under `$defs`, and every `$ref` is rewritten.
Keywords that OpenAPI adds for its tools (`discriminator`, `xml`, `externalDocs`, `example`, `x-…`) are removed: they do
not validate, and strict validators reject unknown keywords.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from apicontract.openapi.document import Document, Json
from apicontract.openapi.keywords import DATA, NAMED, OPENAPI_ONLY
from apicontract.openapi.pointer import escape

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_COMPONENTS = "/components/schemas/"
_NAMED = frozenset({*NAMED, "dependentRequired"})


class Standalone:
    """Makes one self-contained schema."""

    def __init__(self, document: Document) -> None:
        """Take the document that the references lead into."""
        self._document = document
        self._names: dict[str, str] = {}
        self._waiting: list[str] = []

    def schema(self, schema: Json, identifier: str) -> dict[str, Json]:
        """Return a schema that stands alone: `$defs` has everything that it refers to, and `$id` is the identifier."""
        root = self._rewritten(schema)
        found = root if isinstance(root, dict) else {"allOf": [root]}
        definitions: dict[str, Json] = {}
        while self._waiting:
            pointer = self._waiting.pop()
            definitions[self._names[pointer]] = self._rewritten(self._document.at(pointer))
        result = {"$schema": DIALECT, "$id": identifier, **found}
        if definitions:
            result["$defs"] = dict(sorted(definitions.items()))
        return result

    def _rewritten(self, node: Json) -> Json:
        """Return a schema with its references rewritten.

        It has no `$id`, `$schema` and `$anchor`, which no reference uses.
        """
        if not isinstance(node, Mapping):
            return node
        found: dict[str, Json] = {}
        for key, value in node.items():
            if key in OPENAPI_ONLY or key in ("$id", "$schema", "$anchor") or key.startswith("x-"):
                continue
            if key == "$ref" and isinstance(value, str):
                found[key] = self._reference(value)
            elif key in DATA:
                found[key] = value
            elif key in _NAMED and isinstance(value, Mapping):
                found[key] = {name: self._rewritten(inner) for name, inner in value.items()}
            elif isinstance(value, list):
                found[key] = [self._rewritten(item) for item in value]
            else:
                found[key] = self._rewritten(value)
        return found

    def _reference(self, reference: str) -> str:
        """Return the reference into `$defs` for one into the document, and add the definition."""
        pointer = reference.removeprefix("#")
        self._document.resolve({"$ref": reference}, pointer)  # raises for one that leads out of the file
        if pointer not in self._names:
            self._names[pointer] = self._name(pointer)
            self._waiting.append(pointer)
        return f"#/$defs/{escape(self._names[pointer])}"

    def _name(self, pointer: str) -> str:
        """Return a unique name for a definition: that of the component, or the whole pointer."""
        rest = pointer.removeprefix(_COMPONENTS)
        plain = rest if rest != pointer and "/" not in rest else pointer.strip("/")
        name = wanted = re.sub(r"[^A-Za-z0-9._-]+", "_", plain) or "root"
        count = 1
        while name in self._names.values():
            count += 1
            name = f"{wanted}_{count}"
        return name
