"""Reduce the named schemas to what a model says: fields, types, bounds; the rest is for the validator.

A model is read and built by people and type checkers; it does not enforce the document. So rules across fields
(`anyOf`, `if`, ... beside `properties`), `pattern`, `format` (but for files), `default`, `contentSchema` and every text
stay behind, and with them everything that a model generator could misread. Fields have their Python names already, so
the generator has nothing left to name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codegen import descriptions, names
from codegen.api import Field, Model
from codegen.types import is_model, listed_types, types_of

if TYPE_CHECKING:
    from codegen.types import Types
    from codegen.view import Place, View

REFERENCE = "#/components/schemas/"
_BOUNDS = {
    "integer": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "string": ("minLength", "maxLength"),
    "array": ("minItems", "maxItems"),
    "object": ("minProperties", "maxProperties"),
}


class Schemas:
    """Makes models of `components/schemas`."""

    def __init__(self, view: View, types: Types) -> None:
        self._view = view
        self._types = types
        self._aliases: dict[str, set[str]] = {}

    def models(self) -> tuple[Model, ...]:
        """Return the models in the order of their names."""
        found = []
        for name, node in sorted(self._view.root.entries("components", "schemas")):
            if names.is_class_name(name):
                found.append(self._model(name, node))
            else:
                fix = "use letters and digits, a capital first, and no name that generated code uses itself"
                self._view.report(node.tokens, f"the schema {name!r} cannot be the name of a class", fix)
        self._report_endless()
        return tuple(found)

    def _model(self, name: str, node: Place) -> Model:
        note = node.text("description")
        if not is_model(node):
            seen: set[str] = set()
            reduced = self._reduced(node, seen, top=True)
            self._aliases[name] = seen
            return Model(name, note, None, (), reduced)
        base = "ClosedModel" if node.below("additionalProperties").value is False else "OpenModel"
        fields = self._fields(name, node)
        properties = {
            field.name: self._reduced(node.below("properties", field.wire), set()) for field in fields if field.wire
        }
        needed = [field.name for field in fields if field.wire in node.texts("required")]
        return Model(name, note, base, fields, {"type": "object", "properties": properties, "required": sorted(needed)})

    def _fields(self, name: str, node: Place) -> tuple[Field, ...]:
        fields: dict[str, Field] = {}
        for wire, held in node.entries("properties"):
            field = names.identifier(wire, names.FIELD_NAMES)
            if field is None:
                found = f"no name of a field can be made of the property {wire!r} of {name}"
                self._view.report(held.tokens, found, "give it a name with ASCII letters, of at most 100 characters")
            elif field in fields:
                found = (
                    f"the properties {fields[field].wire!r} and {wire!r} of {name} are both called {field!r} in Python"
                )
                self._view.report(held.tokens, found, "rename or remove one of them")
            else:
                fields[field] = Field(field, wire, descriptions.whole(self._view, held))
        return tuple(fields.values())

    def _reduced(self, node: Place, seen: set[str], *, top: bool = False) -> Any:
        """Reduce one schema; `seen` collects the named schemas that it consists of."""
        if node.has("$ref"):
            target = self._view.resolve(node)
            name = target.tokens[-1] if target.tokens else ""
            if not is_model(target):
                seen.add(name)
            return {"$ref": REFERENCE + name}
        if node.has("const") or node.has("enum"):
            values = self._types.listed(node)
            listed = {"enum": [value for value in values if value is not None]}
            return {"anyOf": [listed, {"type": "null"}]} if None in values else listed
        named = types_of(node)
        if not named:
            return self._union(node, seen)
        if "object" in named and (node.has("properties") or node.below("additionalProperties").value is False):
            found = "an object with properties stands inside another schema or beside another type"
            fix = "make it a named schema of type object, and refer to it"
            self._view.report(node.tokens, found, fix)
        parts = [self._typed(name, node, seen, top=top) for name in listed_types(node) if name != "null"]
        if len(parts) == 1 and "null" in named:
            return parts[0] | {"type": [parts[0]["type"], "null"]}
        parts += [{"type": "null"}] * ("null" in named)
        return parts[0] if len(parts) == 1 else {"anyOf": parts}

    def _typed(self, name: str, node: Place, seen: set[str], *, top: bool) -> dict[str, Any]:
        """Reduce what a schema says about one JSON type."""
        reduced: dict[str, Any] = {"type": name}
        if name == "string" and node.text("format") == "binary":
            reduced["format"] = "binary"
        if top or name != "object":
            reduced |= {key: node.value[key] for key in _BOUNDS.get(name, ()) if key in node.value}
        if name == "array":
            reduced["items"] = self._reduced(node.below("items"), seen)
        if name == "object":
            reduced["additionalProperties"] = self._reduced(node.below("additionalProperties"), seen)
        return reduced

    def _union(self, node: Place, seen: set[str]) -> Any:
        branches = self._types.branches(node)
        if not branches:
            return {}
        reduced = [self._reduced(branch, seen) for branch in branches]
        if node.has("discriminator"):
            return {"oneOf": reduced, "discriminator": self._discriminator(node)}
        return {"anyOf": reduced}

    def _discriminator(self, node: Place) -> Any:
        wire = node.below("discriminator").text("propertyName")
        mapping = {
            value: REFERENCE + target.value.rpartition("/")[2]
            for value, target in node.entries("discriminator", "mapping")
            if isinstance(target.value, str)
        }
        return {"propertyName": names.identifier(wire, names.FIELD_NAMES) or wire, "mapping": mapping}

    def _report_endless(self) -> None:
        """Report aliases that contain themselves with no class in between: Python has no name for such a type."""
        for name in self._aliases:
            reached: set[str] = set()
            queue = [name]
            while queue:
                following = self._aliases.get(queue.pop(), set()) - reached
                reached |= following
                queue.extend(following)
            if name in reached:
                node = self._view.root.below("components", "schemas", name)
                fix = "put an object with properties in between"
                self._view.report(node.tokens, f"the schema {name} contains itself", fix)
