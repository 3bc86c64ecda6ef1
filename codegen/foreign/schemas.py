"""Convert the schemas of a document so that each is just a reference, a list of values, a union, or a type.

Constraints that a class or an annotation cannot express are left out (the checks read the document itself): conditions,
patterns, formats, rules between properties. Nested objects with properties become named schemas, named by their place;
`allOf` becomes one object that has all the properties.
"""

from __future__ import annotations

import math
from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple

from apicontract.openapi.bounds import is_number
from apicontract.openapi.facts import Shape
from apicontract.openapi.keywords import UNIONS
from apicontract.openapi.pointer import split
from apicontract.openapi.problems import DocumentInvalid
from codegen import names
from codegen.foreign import naming
from codegen.schemas import REFERENCE
from codegen.types import WIDEST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from apicontract.openapi.document import Document, Json

_WORDS = ("description", "deprecated", "default", "readOnly", "writeOnly", "title", "example", "examples", "nullable")
"""Keywords that do not affect the form of a value."""
_FORM = (
    *("type", "properties", "items", "prefixItems", "enum", "const", "$ref", "allOf", "anyOf", "oneOf"),
    *("additionalProperties", "patternProperties"),
)
"""Keywords that affect it."""
_NUMERIC = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_BOUNDS: Mapping[str, Sequence[str]] = {
    "integer": _NUMERIC,
    "number": _NUMERIC,
    "string": ("minLength", "maxLength"),
    "array": ("minItems", "maxItems"),
    "object": ("minProperties", "maxProperties"),
}
_TYPES = ("string", "integer", "number", "boolean", "array", "object", "null")
_ANY: dict[str, Any] = {}


class _Tagged(NamedTuple):
    """A union with a discriminating property."""

    written: dict[str, Json]
    tag: str
    values: Mapping[str, Sequence[str]]
    """The values of the property by the name of each variant."""


class Schemas:
    """Collects the named schemas while the places that use them are converted."""

    def __init__(self, document: Document) -> None:
        """Register the named schemas of the document first, so that no derived name takes their names."""
        self._document = document
        self._names: dict[str, str] = {}
        self._taken: set[str] = set()
        self._waiting: deque[tuple[str, str, Json]] = deque()
        self.components: dict[str, Json] = {}
        self._tagged: list[_Tagged] = []
        self._bases: set[str] = set()
        """The pointers of the schemas that others inherit from."""
        self.origins: dict[str, str] = {}
        """The pointer of each named schema that has a name in the document."""
        for name in document.schemas:
            _, pointer = document.resolve({"$ref": f"#{_below('/components/schemas', name)}"}, "")
            own = _below("/components/schemas", name)
            if pointer == own:  # otherwise another name for a named schema
                self._names[own] = self._new(name)

    def value(self, schema: Json, hint: str, *, files: bool = False) -> dict[str, Json]:
        """Convert a schema for use in place; `hint` is the base of the names of its objects.

        `files` says that a binary string is a file here.
        """
        found = self._written(schema, hint, (), files=files)
        while self._waiting:
            pointer, name, node = self._waiting.popleft()
            self.components[name] = self._written(node, name, (pointer,), top=True)
        return found

    def argument(self, schema: Json, hint: str, *, files: bool = False) -> dict[str, Json]:
        """Convert the schema of an argument: `None` is not the omitted value if the client sends it as null."""
        found = self.value(schema, hint, files=files)
        if "$ref" in found or _admits_null(found) or not Shape(self._document, schema, "").nullable:
            return found
        return _words(found) | {"anyOf": [found, {"type": "null"}]}

    def body(self, schema: Json, hint: str, *, files: bool) -> dict[str, Json]:
        """Convert the schema of a request body: an object keeps its properties in place, as they become arguments."""
        merged = self._followed(schema)
        if _types(merged) != ["object"] or not merged.get("properties") or self._branches(merged):
            return self.value(schema, hint, files=files)
        kept = {name: held for name, held in merged["properties"].items() if not self._flag(held, "readOnly")}
        properties = {
            name: self.argument(held, hint + naming.class_name(name), files=files) for name, held in kept.items()
        }
        required = [name for name in merged.get("required", ()) if name in properties]
        found: dict[str, Json] = {"type": "object", "properties": properties, "required": required}
        if merged.get("additionalProperties") is False:
            found["additionalProperties"] = False
        return _words(merged) | found

    def finish(self) -> dict[str, Json]:
        """Return the named schemas; one that only refers to itself becomes any value."""
        for name in self.components:
            at, seen = name, [name]
            while "$ref" in self.components[at]:
                at = self.components[at]["$ref"].removeprefix(REFERENCE)
                if at in seen:
                    self.components[name] = _ANY
                    break
                seen.append(at)
        for union in self._tagged:
            self._discriminate(union)
        return dict(sorted(self.components.items()))

    def _discriminate(self, union: _Tagged) -> None:
        """Discriminate a union by a property, if each variant requires it with values of its own."""
        held = {name: self.components[name].get("properties", {}) for name in union.values}
        for name, values in union.values.items():
            tag = held[name].get(union.tag, {})
            fields = names.numbered(held[name], names.FIELD_NAMES)
            plain = tag.get("type") == "string" and self.origins[name] not in self._bases
            if (
                union.tag not in self.components[name].get("required", ())
                or fields[union.tag] != names.identifier(union.tag, names.FIELD_NAMES)
                or not (plain or set(tag.get("enum", ())) == set(values))
            ):
                return
        for name, values in union.values.items():
            held[name][union.tag] = _words(held[name][union.tag]) | {"enum": list(values)}
        mapping = {value: REFERENCE + name for name, values in union.values.items() for value in values}
        union.written["oneOf"] = union.written.pop("anyOf")
        union.written["discriminator"] = {"propertyName": union.tag, "mapping": mapping}

    # Converting one schema

    def _written(
        self, schema: Json, hint: str, inside: tuple[str, ...], *, top: bool = False, files: bool = False
    ) -> dict[str, Json]:
        """Convert a schema; `inside` are the pointers of the named schemas that contain it without a step down."""
        if not isinstance(schema, dict):
            return _ANY
        merged = self._merged(schema, inside)
        if "$ref" in merged:
            return self._reference(merged, files=files)
        if listed := _listed(merged):
            return _words(merged) | {"enum": listed}
        branches = self._branches(merged)
        if branches:
            return self._union(merged, branches, hint, inside, files=files)
        types = _types(merged)
        parts = [self._typed(name, merged, hint, files=files) for name in types if name != "null"]
        null = "null" in types
        if not parts:
            return _words(merged) | ({"type": "null"} if null else _ANY)
        if len(parts) == 1 and not null:
            return self._named(parts[0], hint, top=top)
        if len(parts) == 1 and not _is_class(parts[0]):
            return parts[0] | {"type": [parts[0]["type"], "null"]}
        several = [self._named(part, f"{hint}Object" if top else hint) for part in parts]
        return _words(merged) | {"anyOf": several + [{"type": "null"}] * null}

    def _reference(self, node: Mapping[str, Json], *, files: bool = False) -> dict[str, Json]:
        target, pointer = self._document.resolve({"$ref": node["$ref"]}, "")
        if not isinstance(target, dict):
            return _ANY
        if files and set(_types(self._merged(target, (pointer,)))) <= {"string", "array", "null"}:
            return self._written(target, "", (pointer,), files=True) | _words(node)  # it can be a file, or several
        name = self._names.get(pointer)
        if name is None:
            tokens = [token for token in pointer.split("/") if token not in ("", "components", "schemas", "properties")]
            name = self._names[pointer] = self._new(naming.class_name(" ".join(tokens[-3:])))
        if name not in self.components:
            self.components[name] = _ANY  # in progress
            self.origins[name] = pointer
            self._waiting.append((pointer, name, target))
        return {"$ref": REFERENCE + name} | {
            k: v for k, v in _words(node).items() if k in ("description", "deprecated")
        }

    def _named(self, written: dict[str, Json], hint: str, *, top: bool = False) -> dict[str, Json]:
        """Register a class under a unique name."""
        if top or not _is_class(written):
            return written
        name = self._new(hint)
        self.components[name] = written
        return {"$ref": REFERENCE + name}

    def _typed(self, name: str, schema: Mapping[str, Json], hint: str, *, files: bool) -> dict[str, Json]:
        """Convert the part of a schema about one JSON type."""
        found: dict[str, Json] = {**_words(schema), "type": name}
        for key in _BOUNDS.get(name, ()):
            value: Any = schema.get(key)
            if is_number(value) and math.isfinite(value):
                found[key] = value if key in _NUMERIC else int(value)
        if name == "array":
            found["items"] = self._items(schema, hint, files=files)
        elif name == "object":
            found |= self._object(schema, hint)
        elif name == "string" and files and _is_file(schema):
            found["format"] = "binary"
        elif name == "string" and files and schema.get("contentMediaType") == "application/json":
            found["contentMediaType"] = "application/json"
            found["contentSchema"] = self._written(schema.get("contentSchema"), f"{hint}Content", ())
        return found

    def _items(self, schema: Mapping[str, Json], hint: str, *, files: bool) -> dict[str, Json]:
        first = schema.get("prefixItems")
        if isinstance(first, list) and first:
            rest = [schema["items"]] if isinstance(schema.get("items"), dict) else []
            if not rest and schema.get("items") is not False:
                return _ANY
            return self._written({"anyOf": [*first, *rest]}, f"{hint}Item", (), files=files)
        return self._written(schema.get("items"), f"{hint}Item", (), files=files)

    def _object(self, schema: Mapping[str, Json], hint: str) -> dict[str, Json]:
        properties, others = schema.get("properties") or {}, schema.get("additionalProperties")
        patterns = schema.get("patternProperties") or {}
        if properties or (others is False and not patterns):
            held = {
                name: self._written(value, hint + naming.class_name(name), ()) for name, value in properties.items()
            }
            travels = (name for name in properties if not self._flag(properties[name], "readOnly", "writeOnly"))
            required = set(schema.get("required", ()))
            found: dict[str, Json] = {"properties": held, "required": [name for name in travels if name in required]}
            return found | ({"additionalProperties": False} if others is False and not patterns else {})
        values = [*patterns.values(), *([others] if isinstance(others, dict) else [])]
        if not patterns or others is False:
            values = values if len(values) == 1 else [{"anyOf": values}] * bool(values)
            return {"additionalProperties": self._written(values[0], f"{hint}Value", ())} if values else {}
        return {}

    def _union(
        self,
        schema: Mapping[str, Json],
        branches: Sequence[Json],
        hint: str,
        inside: tuple[str, ...],
        *,
        files: bool,
    ) -> dict[str, Json]:
        if len(branches) > WIDEST:
            return _words(schema)
        own = {key: value for key, value in schema.items() if key not in (*UNIONS, *_WORDS, "discriminator")}
        written: list[dict[str, Json]] = []
        for number, branch in enumerate(branches, 1):
            whole = branch
            if any(key in own for key in _FORM) and not self._leads_back(branch, inside):
                whole = {"allOf": [own, branch]}
            title = branch.get("title") if isinstance(branch, dict) else None
            name = hint + (naming.class_name(title) if isinstance(title, str) and title else str(number))
            written.append(self._written(whole, name, inside, files=files))
        if any(_says_nothing(part) for part in written):
            return _words(schema)
        found = [{k: v for k, v in part.items() if k != "default"} for part in written]
        found = [part for number, part in enumerate(found) if part not in found[:number]]
        if len(found) == 1:
            return found[0] | _words(schema)
        union = _words(schema) | {"anyOf": found}
        if (tagged := self._tags(schema, branches, union)) is not None:
            self._tagged.append(tagged)
        return union

    def _tags(self, schema: Mapping[str, Json], branches: Sequence[Json], union: dict[str, Json]) -> _Tagged | None:
        """Return how the variants of a union are discriminated: each variant is named by its values."""
        discriminator = schema.get("discriminator")
        if not isinstance(discriminator, dict) or not all(isinstance(b, dict) and "$ref" in b for b in branches):
            return None
        pointers = [self._document.resolve(branch, "")[1] for branch in branches]
        variants = {self._names.get(pointer, ""): pointer for pointer in pointers}
        if [part.get("$ref") for part in union["anyOf"]] != [REFERENCE + name for name in variants]:
            return None
        values: dict[str, list[str]] = {name: [] for name in variants}
        for value, target in (discriminator.get("mapping") or {}).items():
            reference = str(target) if "#" in str(target) else f"#/components/schemas/{target}"
            try:
                pointer = self._document.resolve({"$ref": reference}, "")[1]
            except DocumentInvalid:
                return None
            values.get(self._names.get(pointer, ""), []).append(value)
        for name, own in values.items():
            if not own:
                own.append(split(variants[name])[-1])
        return _Tagged(union, discriminator["propertyName"], values)

    # `allOf`, and keywords beside a reference

    def _followed(self, schema: Json) -> dict[str, Json]:
        """Return a schema with its references followed and merged."""
        merged = self._merged(schema, ()) if isinstance(schema, dict) else _ANY
        if "$ref" in merged:
            target, pointer = self._document.resolve({"$ref": merged["$ref"]}, "")
            merged = self._merged(target, (pointer,)) if isinstance(target, dict) else _ANY
            return self._followed(merged) if "$ref" in merged else merged
        return merged

    def _merged(self, schema: dict[str, Json], inside: tuple[str, ...]) -> dict[str, Json]:
        """Return a schema without `allOf`: a reference, or the merged keywords of all parts."""
        if "$ref" not in schema and "allOf" not in schema:
            return schema
        own = {key: value for key, value in schema.items() if key not in ("$ref", "allOf")}
        parts = [{"$ref": schema["$ref"]}] if "$ref" in schema else []
        parts += [part for part in schema.get("allOf", ()) if isinstance(part, dict)]
        parts = [part for part in parts if _shapes(part)]
        says = {key for key in own if key in _FORM or key == "required"}
        if len(parts) == 1 and says <= {"type"}:
            if "$ref" in parts[0] and "allOf" not in parts[0]:
                return {"$ref": parts[0]["$ref"]} | {k: v for k, v in {**parts[0], **own}.items() if k in _WORDS}
            return {**self._merged(parts[0], inside), **{key: own[key] for key in own if key in _WORDS}}
        found = own
        for part in parts:
            found = _both(found, self._opened(part, inside))
        return found

    def _opened(self, part: dict[str, Json], inside: tuple[str, ...]) -> dict[str, Json]:
        """Return a part of `allOf` as keywords; none if it refers back to the schema that it is a part of."""
        while "$ref" in part and "allOf" not in part:
            siblings = {key: value for key, value in part.items() if key != "$ref" and key in _FORM}
            target, pointer = self._document.resolve({"$ref": part["$ref"]}, "")
            if pointer in inside or not isinstance(target, dict):
                return siblings
            self._bases.add(pointer)
            inside = (*inside, pointer)
            part = {**target, "allOf": [*target.get("allOf", ()), siblings]} if siblings else target
        merged = self._merged(part, inside)
        if "$ref" in merged:
            return self._opened({"$ref": merged["$ref"]}, inside)
        if any(self._leads_back(branch, inside[:-1]) for key in UNIONS for branch in merged.get(key, ())):
            return {key: value for key, value in merged.items() if key not in UNIONS}  # a base of others
        return {key: value for key, value in merged.items() if key not in ("description", "title", "discriminator")}

    def _leads_back(self, branch: Json, inside: tuple[str, ...], depth: int = 8) -> bool:
        """Return whether a branch refers to the schema that it is a part of, or to one that includes that (`allOf`)."""
        if not isinstance(branch, dict) or not depth:
            return False
        if "$ref" in branch:
            target, pointer = self._document.resolve({"$ref": branch["$ref"]}, "")
            if pointer in inside:
                return True
            branch = target if isinstance(target, dict) else {}
            return any(self._leads_back(part, inside, depth - 1) for part in branch.get("allOf", ()))
        return False

    def _branches(self, schema: Mapping[str, Json]) -> Sequence[Json]:
        """Return the branches of a union that describe the form of a value, and not only conditions."""
        for key in ("oneOf", "anyOf"):
            found = schema.get(key)
            if not isinstance(found, list) or not found:
                continue
            known = schema.get("properties") or {}
            if any(name in schema for name in _FORM if name not in UNIONS):
                if not set(_types(schema)) <= {"object", "null"}:
                    continue
                if not all(self._adds(branch, known) for branch in found):
                    continue
            return found
        return ()

    def _adds(self, branch: Json, known: Mapping[str, Json]) -> bool:
        """Return whether a branch has properties that the surrounding schema does not have."""
        merged = self._followed(branch)
        if self._branches(merged):
            return True
        return bool(set(merged.get("properties") or {}) - known.keys())

    def _flag(self, schema: Json, *keys: str) -> bool:
        """Return whether a property, or the schema that it refers to, is sent in one direction only."""
        if not isinstance(schema, dict):
            return False
        return any(schema.get(key) is True or self._followed(schema).get(key) is True for key in keys)

    def _new(self, hint: str) -> str:
        name = naming.unique(naming.class_name(hint), self._taken)
        self._taken.add(name)
        return name


def _below(pointer: str, name: str) -> str:
    return f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"


def _types(schema: Mapping[str, Json]) -> list[str]:
    """Return the types that a schema names, or the one that its keywords imply."""
    named = schema.get("type")
    if isinstance(named, str | list):
        listed = [named] if isinstance(named, str) else named
        return [name for name in dict.fromkeys(listed) if name in _TYPES]
    if "properties" in schema or "additionalProperties" in schema or "patternProperties" in schema:
        return ["object"]
    return ["array"] if "items" in schema or "prefixItems" in schema else []


def _listed(schema: Mapping[str, Json]) -> list[str | int | None]:
    """Return the values that a schema lists, if `Literal` can hold all of them."""
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    if not isinstance(values, list) or not all(value is None or isinstance(value, str | int) for value in values):
        return []
    found: dict[tuple[type, Json], Json] = {(type(value), value): value for value in values}
    return list(found.values())


def _shapes(schema: Mapping[str, Json]) -> bool:
    """Return whether a part of `allOf` has a constraint that a class or an annotation can express."""
    return any(key in schema for key in (*_FORM, "required", *_NUMERIC, "minLength", "maxLength"))


def _both(first: Mapping[str, Json], second: Mapping[str, Json]) -> dict[str, Json]:
    """Merge the keywords of two schemas that both apply to a value; in case of conflict, the first is kept."""
    found = {**second, **first}
    if "properties" in first and "properties" in second:
        one, other = first["properties"], second["properties"]
        found["properties"] = {
            name: held if name not in one or one[name] == held else _narrowed(one[name], held)
            for name, held in {**one, **other}.items()
        }
    if "required" in first and "required" in second:
        found["required"] = [
            *first["required"],
            *(name for name in second["required"] if name not in first["required"]),
        ]
    if second.get("additionalProperties") is False and "additionalProperties" not in first:
        del found["additionalProperties"]  # it closes a part, which literally closes the whole
    if "type" in first and "type" in second:
        shared = [name for name in _types(first) if name in _types(second)]
        found["type"] = shared or ["integer"]
        found["type"] = found["type"] if shared else _types(first)
    if "enum" in first and "enum" in second:
        found["enum"] = [value for value in first["enum"] if value in second["enum"]] or first["enum"]
    return found


def _narrowed(first: Json, second: Json) -> Json:
    return {"allOf": [first, second]} if isinstance(first, dict) and isinstance(second, dict) else first


def _words(schema: Mapping[str, Json]) -> dict[str, Json]:
    """Return the documentation of a field or an argument."""
    found: dict[str, Json] = {}
    description = schema.get("description")
    if isinstance(description, str) and description.strip():
        found["description"] = description
    if schema.get("deprecated") is True:
        found["deprecated"] = True
    if isinstance(schema.get("default"), str | int | float):
        found["default"] = schema["default"]
    return found


def _is_class(written: Mapping[str, Json]) -> bool:
    return written.get("type") == "object" and ("properties" in written or written.get("additionalProperties") is False)


def _admits_null(written: Mapping[str, Json]) -> bool:
    return "null" in _types(written) or None in written.get("enum", ()) or {"type": "null"} in written.get("anyOf", ())


def _says_nothing(written: Mapping[str, Json]) -> bool:
    return not any(key in written for key in ("type", "enum", "anyOf", "$ref"))


def _is_file(schema: Mapping[str, Json]) -> bool:
    """Return whether a string in a form is the content of a file, as in `apicontract.openapi.facts`."""
    media = str(schema.get("contentMediaType", "text/plain"))
    raw = not media.startswith("text/") and "json" not in media and "contentEncoding" not in schema
    return schema.get("format") == "binary" or raw
