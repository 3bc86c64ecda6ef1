"""Reduce the named schemas to what a model expresses: fields, types, bounds; everything else is left to the validator.

A model is read and built by people and type checkers; it does not enforce the document. So rules across fields
(`anyOf`, `if`, ... beside `properties`), `pattern`, `format` (except of files), `default`, `contentSchema` and all
texts are removed, and with them everything that a model generator could misread. Fields already have their Python
names, so the generator has nothing left to name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codegen import descriptions, names
from codegen.api import Field, Model
from codegen.types import is_model, listed_types, types_of

if TYPE_CHECKING:
    from collections.abc import Collection

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
        """The aliases that each alias refers to."""
        self._cycle: Collection[str] = ()
        """The recursive aliases, and the one that is being reduced."""

    def models(self) -> tuple[Model, ...]:
        """Return the models, sorted by name."""
        schemas = dict(sorted(self._view.root.entries("components", "schemas")))
        for name in [name for name in schemas if not names.is_class_name(name)]:
            fix = "use letters and digits, a capital first, and no name that generated code uses itself"
            self._view.report(schemas[name].tokens, f"the schema {name!r} cannot be the name of a class", fix)
            del schemas[name]
        self._aliases = {name: set() for name, node in schemas.items() if not is_model(node)}
        for name in self._aliases:
            self._aliases[name] = _references(self._reduced(schemas[name], top=True)) & self._aliases.keys()
        return tuple(self._model(name, node) for name, node in schemas.items())

    def _model(self, name: str, node: Place) -> Model:
        note = node.text("description")
        if not is_model(node):
            self._cycle = [other for other in self._reach(name) if name in self._reach(other)]
            reduced = self._reduced(node, (name,), top=True)
            self._cycle = ()
            return Model(name, note, None, (), reduced)
        base = "ClosedModel" if node.below("additionalProperties").value is False else "OpenModel"
        fields = self._fields(name, node)
        properties = {field.name: self._reduced(node.below("properties", field.wire)) for field in fields if field.wire}
        needed = [field.name for field in fields if field.wire in node.texts("required")]
        return Model(name, note, base, fields, {"type": "object", "properties": properties, "required": sorted(needed)})

    def _reach(self, name: str) -> set[str]:
        """Return the aliases that an alias refers to, directly or indirectly."""
        reached: set[str] = set()
        queue = [name]
        while queue:
            following = self._aliases.get(queue.pop(), set()) - reached
            reached |= following
            queue.extend(following)
        return reached

    def _fields(self, name: str, node: Place) -> tuple[Field, ...]:
        fields: dict[str, Field] = {}
        derived = names.numbered(node.below("properties").value, names.FIELD_NAMES) if self._view.adopted else {}
        for wire, held in node.entries("properties"):
            field = derived.get(wire) or names.identifier(wire, names.FIELD_NAMES)
            if field is None:
                found = f"no field name can be derived from the property {wire!r} of {name}"
                self._view.report(held.tokens, found, "give it a name with ASCII letters, of at most 100 characters")
            elif field in fields:
                found = (
                    f"the properties {fields[field].wire!r} and {wire!r} of {name} are both called {field!r} in Python"
                )
                self._view.report(held.tokens, found, "rename or remove one of them")
            else:
                fields[field] = Field(field, wire, descriptions.whole(self._view, held))
        return tuple(fields.values())

    def _reduced(self, node: Place, inside: tuple[str, ...] = (), *, top: bool = False) -> Any:
        """Reduce one schema within some aliases.

        Python has no recursive alias, so a recursive one is expanded once, and becomes any value further down.
        """
        if node.has("$ref"):
            target = self._view.resolve(node)
            name = target.tokens[-1] if target.tokens else ""
            if name not in self._cycle:
                return {"$ref": REFERENCE + name}
            return {} if name in inside else self._reduced(target, (*inside, name))
        if node.has("const") or node.has("enum"):
            values = self._types.listed(node)
            listed = {"enum": [value for value in values if value is not None]}
            return {"anyOf": [listed, {"type": "null"}]} if None in values else listed
        named = types_of(node)
        if not named:
            return self._union(node, inside)
        if "object" in named and (node.has("properties") or node.below("additionalProperties").value is False):
            found = "an object with properties is inside another schema or beside another type"
            fix = "make it a named schema of type object, and refer to it"
            self._view.report(node.tokens, found, fix)
        parts = [self._typed(name, node, inside, top=top) for name in listed_types(node) if name != "null"]
        if len(parts) == 1 and "null" in named:
            return parts[0] | {"type": [parts[0]["type"], "null"]}
        parts += [{"type": "null"}] * ("null" in named)
        return parts[0] if len(parts) == 1 else {"anyOf": parts}

    def _typed(self, name: str, node: Place, inside: tuple[str, ...], *, top: bool) -> dict[str, Any]:
        """Reduce the part of a schema about one JSON type."""
        reduced: dict[str, Any] = {"type": name}
        if name == "string" and node.text("format") == "binary":
            reduced["format"] = "binary"
        if top or name != "object":
            reduced |= {key: node.value[key] for key in _BOUNDS.get(name, ()) if key in node.value}
        if name == "array":
            reduced["items"] = self._reduced(node.below("items"), inside)
        if name == "object":
            reduced["additionalProperties"] = self._reduced(node.below("additionalProperties"), inside)
        return reduced

    def _union(self, node: Place, inside: tuple[str, ...]) -> Any:
        branches = self._types.branches(node)
        reduced = [self._reduced(branch, inside) for branch in branches]
        if not branches or {} in reduced:
            return {}
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


def _references(reduced: Any) -> set[str]:
    """Return the names that a reduced schema refers to."""
    if isinstance(reduced, list):
        return set().union(*map(_references, reduced))
    if not isinstance(reduced, dict) or "enum" in reduced:
        return set()
    own = {reduced["$ref"].removeprefix(REFERENCE)} if "$ref" in reduced else set()
    return own.union(*map(_references, reduced.values()))
