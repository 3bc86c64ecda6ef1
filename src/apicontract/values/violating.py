"""The kinds of invalid values: each changes a schema in one place, so that its values violate one rule and no other.

`KINDS` is the registry: a kind takes one schema and yields it changed, once for each place where it can be violated.
`Mutations` finds such schemas within a whole one, in properties, items, references and unions, and puts the changed
schema back in place. A new entry in `KINDS` is a new kind in `strategies.invalid_requests`.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial, reduce
from itertools import islice
from typing import Any, TypeAlias

from apicontract.checks.assertions import asserts
from apicontract.openapi.document import Json
from apicontract.values import strings
from apicontract.values.alternatives import Alternatives
from apicontract.values.boundaries import NOTHING, Boundaries, Path
from apicontract.values.constraints import Schema, names_of
from apicontract.values.fitting import Fitting
from apicontract.values.formats import holds_json
from apicontract.values.negation import negations_of_keyword, undeclared_name

Change: TypeAlias = tuple[Path, str, Schema]
"""The location in the value where the rule is violated, a description, and the schema of such values."""
Mutate: TypeAlias = Callable[[Mapping[str, Json], Alternatives], Iterable[Change]]

INVALID_JSON = ("{'a': 1}", "{", "{}}", "NaN", "[1,]", "")
_STRING = {"type": "string"}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of invalid value."""

    changes: str
    """A description of the change."""
    rule: str
    """The rule that the checker must report."""
    mutate: Mutate
    """Yields the changed schemas of one schema; they may be impossible to satisfy, which is checked elsewhere."""
    in_json_strings: bool = False
    """Whether it applies only to strings in which the checker reads JSON."""


_SCALARS = ("string", "integer", "fraction", "boolean", "null")
_OBJECT: Mapping[str, Json] = {"kinds": ("object",)}
"""The type to add to a schema without a type, if only an object can violate it."""


def _negated(keyword: str, schema: Mapping[str, Json], _: Alternatives) -> Iterator[Change]:
    if keyword in schema:
        limit = schema[keyword]
        about = keyword if isinstance(limit, Mapping | list) else f"{keyword} {limit}"
        for negation in negations_of_keyword(keyword, schema):
            yield (), about, _instead(schema, keyword, negation)


def _missing(schema: Mapping[str, Json], _: Alternatives) -> Iterator[Change]:
    required = schema.get("required", [])
    for name in required:
        others = [other for other in required if other != name]
        yield (name,), f"{name} is missing", _instead({**schema, "required": others}, "", _lacking(name))


def _undeclared(schema: Mapping[str, Json], _: Alternatives) -> Iterator[Change]:
    if False in (schema.get("additionalProperties"), schema.get("unevaluatedProperties")):
        declared = schema.get("properties", {})
        misspelt = [f"{name}s" for name in declared if f"{name}s" not in declared]
        for name in (undeclared_name(declared), *misspelt[-1:]):
            yield (name,), f"{name} is not declared", _with(schema, name, _STRING)


def _misnamed(schema: Mapping[str, Json], alternatives: Alternatives) -> Iterator[Change]:
    """Yield a rejected name, beside valid ones."""
    name = alternatives.misnamed(schema)
    if name is not None:
        names = {"anyOf": [schema["propertyNames"], {"const": name}]}
        required = [*schema.get("required", ()), name]
        yield (), f"the name {name[:20]!r}", {**schema, **_OBJECT, "propertyNames": names, "required": required}


def _independent(schema: Mapping[str, Json], _: Alternatives) -> Iterator[Change]:
    for name, needed in schema.get("dependentRequired", {}).items():
        for other in needed:
            rules = {**schema["dependentRequired"], name: [item for item in needed if item != other]}
            broken = {"required": [name], **_lacking(other)}
            yield (other,), f"{name} without {other}", _instead({**schema, "dependentRequired": rules}, "", broken)


def _in_no_branch(keyword: str, schema: Mapping[str, Json], _: Alternatives) -> Iterator[Change]:
    if keyword in schema and _tag(schema) is None:
        # If null is the only alternative to an object or a list, the checker reports what is wrong inside of it.
        kinds: Mapping[str, Json] = {"kinds": _SCALARS} if _but_null(keyword, schema) is not None else {}
        for negation in negations_of_keyword(keyword, schema):
            yield (), keyword, {"allOf": [_without_union(schema, keyword), negation, kinds]}


def _without_tag(keyword: str, schema: Mapping[str, Json], _: Alternatives) -> Iterator[Change]:
    if keyword in schema and (tag := _tag(schema)) is not None:
        other = {"type": "object", "properties": {tag: False}}
        yield (tag,), f"{tag} is missing", {"allOf": [_without_union(schema, keyword), other]}


def _unknown_tag(keyword: str, schema: Mapping[str, Json], alternatives: Alternatives) -> Iterator[Change]:
    if keyword in schema and (tag := _tag(schema)) is not None and not _untagged(schema[keyword], tag, alternatives):
        known = [value for branch in schema[keyword] for value in _tag_values(branch, tag, alternatives)]
        other = _tagged(tag, {"type": "string", "not": {"enum": known}})
        yield (tag,), f"an unknown {tag}", {"allOf": [_without_union(schema, keyword), other]}


def _no_object(keyword: str, schema: Mapping[str, Json], alternatives: Alternatives) -> Iterator[Change]:
    if keyword in schema and (tag := _tag(schema)) is not None:
        others = [{"not": branch} for branch in _untagged(schema[keyword], tag, alternatives)]
        other = {"type": ["string", "number", "array", "null"]}
        yield (), "no object", {"allOf": [_without_union(schema, keyword), other, *others]}


def _invalid_json(schema: Mapping[str, Json], _: Alternatives) -> Iterator[Change]:
    if holds_json(schema):
        rest = {k: v for k, v in schema.items() if k not in ("contentMediaType", "contentSchema")}
        yield (), "no JSON", {"allOf": [rest, {"enum": INVALID_JSON}]}


_NEGATED = (
    "type",
    "enum",
    "const",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "minItems",
    "maxItems",
    "uniqueItems",
    "contains",
    "minProperties",
    "maxProperties",
    "not",
)
"""The keywords whose violations the checker reports at the value itself, under the name of the keyword."""

KINDS: dict[str, Kind] = {
    **{keyword: Kind(f"`{keyword}`, negated", keyword, partial(_negated, keyword)) for keyword in _NEGATED},
    "missing": Kind("a required property left out", "missing", _missing),
    "undeclared": Kind("a property that is not declared", "undeclared", _undeclared),
    "propertyNames": Kind("a name that is rejected", "propertyNames", _misnamed),
    "dependentRequired": Kind("a property without the one that it needs", "dependentRequired", _independent),
    "anyOf": Kind("no branch satisfied", "anyOf", partial(_in_no_branch, "anyOf")),
    "oneOf": Kind("no branch satisfied, or two", "oneOf", partial(_in_no_branch, "oneOf")),
    "anyOf: no tag": Kind("the discriminator left out", "missing", partial(_without_tag, "anyOf")),
    "oneOf: no tag": Kind("the discriminator left out", "missing", partial(_without_tag, "oneOf")),
    "anyOf: unknown tag": Kind("a discriminator of no branch", "anyOf", partial(_unknown_tag, "anyOf")),
    "oneOf: unknown tag": Kind("a discriminator of no branch", "oneOf", partial(_unknown_tag, "oneOf")),
    "anyOf: no object": Kind("no object where variants are", "anyOf", partial(_no_object, "anyOf")),
    "oneOf: no object": Kind("no object where variants are", "oneOf", partial(_no_object, "oneOf")),
    "invalid JSON": Kind("a string that holds invalid JSON", "encoding", _invalid_json, in_json_strings=True),
}
"""The kinds of invalid values, by name."""


Rewrap: TypeAlias = Callable[[Schema], Schema]


@dataclass(frozen=True, slots=True)
class Mutation:
    """One violated rule of a schema: its location in the value, its name, and the values that violate it."""

    path: Path
    rule: str
    about: str
    part: Schema
    """The schema of the invalid value itself."""
    unbroken: Schema
    """The schema that is violated."""
    place: Path = ()
    """The location of the invalid value: the start of the path."""
    wraps: tuple[Rewrap, ...] = ()
    """Functions that turn the schema of the invalid value into that of the whole, from the inside to the outside."""
    example: Any = NOTHING
    """A whole value, if a simple one was found."""

    @property
    def schema(self) -> Schema:
        """The schema of whole values that violate this rule and no other."""
        return self.wrap(self.part)

    def wrap(self, part: Schema) -> Schema:
        """Return the schema of the whole with another schema in place of the violated one."""
        return reduce(lambda schema, wrap: wrap(schema), self.wraps, part)

    @property
    def origin(self) -> tuple[int, str]:
        """What is violated and how; equal for all places that have the same schema."""
        return id(self.unbroken), self.about

    def inside(self, rewrap: Rewrap, *steps: str | int) -> Mutation:
        """Return the same mutation in a larger schema."""
        return replace(self, path=(*steps, *self.path), place=(*steps, *self.place), wraps=(*self.wraps, rewrap))


@dataclass(frozen=True, slots=True)
class _Part:
    """A schema inside another one, and how to put a changed version back."""

    schema: Schema
    rewrap: Rewrap
    steps: tuple[str | int, ...] = ()
    json_depth: int = -1
    tag: str | None = None
    """The property that selects a branch, which must not be violated here."""
    indices: tuple[int, ...] = ()
    """The indices of the items to violate in inner arrays, if this is an item itself."""


_FRAMES = 8
"""The number of whole values to try around an invalid one before another is generated."""


class Mutations:
    """The mutations of the schemas of one document."""

    def __init__(self, alternatives: Alternatives, boundaries: Boundaries) -> None:
        """Take the alternatives and the simplest values of the schemas."""
        self._alternatives, self._boundaries, self._fitting = alternatives, boundaries, Fitting(alternatives)
        self._entered: set[int] = set()

    def of(self, schema: Schema, json_depth: int = -1) -> Iterator[Mutation]:
        """Yield the mutations of a schema; a rule that cannot be violated alone is left out.

        `json_depth` is the depth of properties at which the checker reads JSON in strings; it does not read it deeper.
        """
        frames: deque[Json] = deque(maxlen=_FRAMES)
        for found in self._all(schema, json_depth):
            with self._alternatives.kept.passing():
                shown = self._shown(found, frames)
            if shown is not None:
                yield shown

    def values(self, mutation: Mutation, limit: int) -> list[Json]:
        """Return the simplest whole values of a mutation, a few for each kind of invalid value, up to a limit."""
        with self._alternatives.kept.passing():
            parts, schema = list(islice(self._boundaries.variants(mutation.part), limit)), mutation.schema
            found = [self._whole(mutation, part, schema) for part in parts]
            # A value that violates one schema can be valid for a sibling.
            right = [value for value in found if value is not NOTHING] or [mutation.example]
            return [value for value in right if value is not NOTHING]

    def _whole(self, mutation: Mutation, part: Schema, schema: Schema) -> Any:
        """Return the simplest whole value for a narrower schema of the invalid one."""
        value = self._put(mutation, mutation.example, part, schema)
        if value is NOTHING and (whole := self._whole_of(mutation, part)) is not None:
            value = self._boundaries.simplest(whole)
        return value

    def _whole_of(self, mutation: Mutation, part: Schema) -> Schema | None:
        """Return the whole schema for a schema of the invalid value; `None` if it cannot be satisfied."""
        whole = part
        for wrap in (None, *mutation.wraps):
            whole = whole if wrap is None else wrap(whole)
            if not self._alternatives.possible(whole):
                return None
        return whole

    def _shown(self, mutation: Mutation, frames: deque[Json]) -> Mutation | None:
        """Return a mutation with its example, if possible in a whole value that was generated for another mutation.

        `None` if no whole value violates the rule alone.
        """
        schema = mutation.schema
        for frame in frames:
            found = self._put(mutation, frame, mutation.part, schema)
            if found is not NOTHING:
                return replace(mutation, example=found)
        whole = self._whole_of(mutation, mutation.part)
        if whole is None:
            return None
        frame = self._boundaries.simplest(mutation.wrap(mutation.unbroken))
        found = self._put(mutation, frame, mutation.part, schema)
        if found is NOTHING:
            return replace(mutation, example=self._boundaries.simplest(whole))
        frames.appendleft(frame)
        return replace(mutation, example=found)

    def _put(self, mutation: Mutation, frame: Json, part: Schema, schema: Schema) -> Any:
        """Insert the simplest invalid value into a whole one; `NOTHING` if the result may not fit the whole schema."""
        value = self._boundaries.simplest(part)
        found = NOTHING if value is NOTHING or frame is NOTHING else _put(frame, mutation.place, value)
        return found if found is not NOTHING and self._fitting.fits(found, schema) else NOTHING

    def _all(self, schema: Schema, json_depth: int, indices: tuple[int, ...] = (0, 1)) -> Iterator[Mutation]:
        if isinstance(schema, bool) or id(schema) in self._entered:
            return
        self._entered.add(id(schema))
        try:
            for kind in KINDS.values():
                if json_depth == 0 or not kind.in_json_strings:
                    for path, about, changed in kind.mutate(schema, self._alternatives):
                        yield Mutation(path, kind.rule, about, changed, schema)
            for part in self._parts(schema, json_depth, indices):
                for found in self._all(part.schema, part.json_depth, part.indices or indices):
                    if part.tag is None or found.path[:1] != (part.tag,):
                        yield found.inside(part.rewrap, *part.steps)
        finally:
            self._entered.remove(id(schema))

    def _parts(self, schema: Mapping[str, Json], json_depth: int, indices: tuple[int, ...]) -> Iterator[_Part]:
        """Yield the schemas inside a schema that its values, or parts of them, must satisfy."""
        yield from self._inner(schema, json_depth, indices)
        yield from self._beside(schema, json_depth)

    def _inner(self, schema: Mapping[str, Json], json_depth: int, indices: tuple[int, ...]) -> Iterator[_Part]:
        """Yield the schemas of properties and items.

        In an array, the first and the second item are violated; the same applies to arrays within them.
        """
        for name, inner in schema.get("properties", {}).items():
            yield _Part(inner, partial(_with, schema, name), (name,), json_depth - 1)
        if "additionalProperties" in schema:
            name = self._free_name(schema)
            yield _Part(schema["additionalProperties"], partial(_with, schema, name), (name,))
        for pattern, inner in schema.get("patternProperties", {}).items():
            for name in [name for name in names_of(pattern) if name not in schema.get("properties", {})][:1]:
                yield _Part(inner, partial(_with_matching, schema, pattern, name), (name,))
        for index, inner, inside in _items(schema, indices):
            yield _Part(inner, partial(_with_item, schema, index), (index,), indices=inside)

    def _beside(self, schema: Mapping[str, Json], json_depth: int) -> Iterator[_Part]:
        """Yield the schemas that apply to the same value, and the schema of the JSON in a string."""
        if "$ref" in schema:
            rest = _without(schema, "$ref")
            yield _Part(
                self._alternatives.follow(schema), lambda changed: {"allOf": [changed, rest]}, json_depth=json_depth
            )
        for index, member in enumerate(schema.get("allOf", ())):
            yield _Part(member, partial(_with_member, schema, index), json_depth=json_depth)
        if "if" in schema:
            rest = _without(schema, "if", "then", "else")
            for keyword, condition in (("then", schema["if"]), ("else", {"not": schema["if"]})):
                if keyword in schema:
                    yield _Part(schema[keyword], partial(_beside, rest, condition), json_depth=json_depth)
        tag = _tag(schema)
        for keyword in ("anyOf", "oneOf"):
            if (other := _but_null(keyword, schema)) is not None:
                yield _Part(other, partial(_beside, _without_union(schema, keyword), {"kinds": ("array", "object")}))
            for branch in schema.get(keyword, ()) if tag is not None else ():
                meant = _tagged(tag or "", {"enum": [*_tag_values(branch, tag or "", self._alternatives)]})
                yield _Part(branch, partial(_beside, _without_union(schema, keyword), meant), tag=tag)
        if json_depth == 0 and holds_json(schema) and "contentSchema" in schema:
            yield _Part(schema["contentSchema"], lambda changed: {**schema, "contentSchema": changed})

    def _free_name(self, schema: Mapping[str, Json]) -> str:
        """Return a name that is not declared, matches no pattern, and is not rejected."""
        declared, names = schema.get("properties", {}), iter(("key", "another key"))
        if "propertyNames" in schema:
            possible = self._alternatives.of(_STRING, schema["propertyNames"])
            names = (name for alternative in possible for name in strings.samples(alternative))
        patterns = schema.get("patternProperties", ())
        free = (name for name in names if name not in declared and not _matches(name, patterns))
        return next(free, undeclared_name(declared))


def _put(whole: Json, place: Path, value: Json) -> Any:
    """Return a copy of a whole value with one place replaced, or appended to an array.

    `NOTHING` if there is no such place.
    """
    if not place:
        return value
    step, rest = place[0], place[1:]
    if isinstance(whole, dict):
        inner = _put(whole.get(str(step), NOTHING), rest, value)
        return NOTHING if inner is NOTHING else {**whole, step: inner}
    if isinstance(whole, list) and isinstance(step, int) and step <= len(whole):
        inner = _put(whole[step] if step < len(whole) else NOTHING, rest, value)
        return NOTHING if inner is NOTHING else [*whole[:step], inner, *whole[step + 1 :]]
    return NOTHING


def _with(schema: Mapping[str, Json], name: str, inner: Schema) -> Schema:
    """Return a schema that requires a property with another schema."""
    properties = {**schema.get("properties", {}), name: inner}
    return {**schema, **_OBJECT, "properties": properties, "required": [*schema.get("required", []), name]}


def _with_matching(schema: Mapping[str, Json], pattern: str, name: str, inner: Schema) -> Schema:
    """Return a schema that requires a property with another schema than others that match the pattern have."""
    others = f"^(?!{re.escape(name)}$)(?=[\\s\\S]*?(?:{pattern}))"
    patterns = {others if other == pattern else other: held for other, held in schema["patternProperties"].items()}
    return _with({**schema, "patternProperties": patterns}, name, inner)


def _matches(name: str, patterns: Iterable[str]) -> bool:
    return any(asserts("pattern", pattern, name) for pattern in patterns)


def _lacking(name: str) -> Schema:
    """Return the schema of an object without a property."""
    return {**_OBJECT, "properties": {name: False}}


def _items(schema: Mapping[str, Json], indices: tuple[int, ...]) -> Iterator[tuple[int, Schema, tuple[int, ...]]]:
    """Yield the schemas of the first items, and of some after them, with the indices to violate inside of each."""
    first = schema.get("prefixItems", ())
    yield from ((index, inner, indices) for index, inner in enumerate(first))
    if "items" in schema:
        yield from ((len(first) + index, schema["items"], (index,)) for index in indices)


def _with_item(schema: Mapping[str, Json], index: int, item: Schema) -> Schema:
    """Return a schema that requires an item at an index, with a schema of its own."""
    given = schema.get("prefixItems", ())
    first = [*given[:index], *([schema.get("items", True)] * (index - len(given))), item, *given[index + 1 :]]
    return {**schema, "kinds": ("array",), "prefixItems": first, "minItems": max(index + 1, schema.get("minItems", 0))}


def _with_member(schema: Mapping[str, Json], index: int, member: Schema) -> Schema:
    """Return a schema with one member of `allOf` replaced."""
    return {**schema, "allOf": [*schema["allOf"][:index], member, *schema["allOf"][index + 1 :]]}


def _beside(rest: Schema, condition: Schema, changed: Schema) -> Schema:
    return {"allOf": [rest, condition, changed]}


def _without(schema: Mapping[str, Json], *keywords: str) -> Schema:
    return {name: value for name, value in schema.items() if name not in keywords}


def _without_union(schema: Mapping[str, Json], keyword: str) -> Schema:
    return _without(schema, keyword, "discriminator")


def _instead(schema: Mapping[str, Json], keyword: str, other: Schema) -> Schema:
    """Return a schema with one keyword replaced by another schema."""
    return {"allOf": [_without(schema, keyword), other]}


def _but_null(keyword: str, schema: Mapping[str, Json]) -> Schema | None:
    """Return the one branch of a union beside null, if there is one and no discriminator."""
    branches = schema.get(keyword, ())
    others = [branch for branch in branches if not (isinstance(branch, Mapping) and branch.get("type") == "null")]
    return others[0] if len(others) == 1 < len(branches) and _tag(schema) is None else None


def _tag(schema: Mapping[str, Json]) -> str | None:
    """Return the property that discriminates between the branches of a union; `None` without a discriminator."""
    found: str | None = schema.get("discriminator", {}).get("propertyName")
    return found


def _tagged(tag: str, schema: Schema) -> Schema:
    return {"type": "object", "required": [tag], "properties": {tag: schema}}


def _untagged(branches: Iterable[Schema], tag: str, alternatives: Alternatives) -> list[Schema]:
    """Return the branches that have no values for the tag, such as null."""
    return [branch for branch in branches if not any(True for _ in _tag_values(branch, tag, alternatives))]


def _tag_values(branch: Schema, tag: str, alternatives: Alternatives) -> Iterator[Json]:
    """Yield the values that a branch has for its tag."""
    for alternative in alternatives.of(branch):
        for inner in alternatives.of(*alternative.object.schemas.get(tag, ())):
            yield from inner.only or ()
