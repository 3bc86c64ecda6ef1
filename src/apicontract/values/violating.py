"""Floor 4: the ways to break a schema in exactly one place: one keyword turned into its opposite, all others kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from apicontract.openapi.document import Json
from apicontract.values import strings
from apicontract.values.alternatives import Way, Ways
from apicontract.values.boundaries import Path
from apicontract.values.constraints import Schema
from apicontract.values.negation import opposite_of, unknown

_PLAIN = (
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
"""The keywords whose breach is told at the value itself, under their own name."""

NO_JSON = ("{'a': 1}", "{", "{}}", "NaN", "[1,]", "")
_KEY = "key"
_TEXT = {"type": "string"}

Rewrap = Callable[[Schema], Schema]


def _as_it_is(schema: Schema) -> Schema:
    return schema


@dataclass(frozen=True, slots=True)
class Break:
    """One keyword of a schema broken: where in the value, which rule is told, and the values that break it."""

    path: Path
    rule: str
    about: str
    leaf: Schema
    """The schema of the broken value itself."""
    wrap: Rewrap = _as_it_is
    """From the schema of the broken value to that of the whole."""

    @property
    def schema(self) -> Schema:
        """The schema of whole values that break this keyword and no other."""
        return self.wrap(self.leaf)

    def inside(self, rewrap: Rewrap, *steps: str | int) -> Break:
        """Return the same breach in a larger schema."""
        wrap = self.wrap
        return replace(self, path=(*steps, *self.path), wrap=lambda leaf: rewrap(wrap(leaf)))


class Breaks:
    """The ways to break the schemas of one document."""

    def __init__(self, ways: Ways) -> None:
        """Take the ways of the schemas."""
        self._ways = ways
        self._entered: set[int] = set()

    def of(self, schema: Schema, texts: int = -1) -> Iterator[Break]:
        """Yield the breaches of a schema; a keyword that cannot be broken alone is left out.

        `texts` says at which depth of properties the checker looks into texts that hold JSON; it looks no deeper.
        """
        yield from (found for found in self._all(schema, texts) if self._ways.possible(found.schema))

    def _all(self, schema: Schema, texts: int) -> Iterator[Break]:
        if isinstance(schema, bool) or id(schema) in self._entered:
            return
        self._entered.add(id(schema))
        try:
            yield from self._plain(schema)
            yield from self._object(schema, texts)
            yield from self._array(schema)
            yield from self._rules(schema, texts)
            if texts == 0 and "contentMediaType" in schema:
                yield from self._json_text(schema)
        finally:
            self._entered.remove(id(schema))

    def _inside(
        self, schema: Schema, rewrap: Rewrap, *steps: str | int, texts: int = -1, leave: tuple[str, ...] = ()
    ) -> Iterator[Break]:
        """Yield the breaches of a part of a schema, put back into the whole."""
        for found in self._all(schema, texts):
            if not (found.path and found.path[0] in leave):
                yield found.inside(rewrap, *steps)

    def _plain(self, schema: Mapping[str, Json]) -> Iterator[Break]:
        for keyword in _PLAIN:
            if keyword in schema:
                for other in opposite_of(keyword, schema):
                    yield Break((), keyword, _about(keyword, schema[keyword]), _instead(schema, keyword, other))

    # Objects

    def _object(self, schema: Mapping[str, Json], texts: int) -> Iterator[Break]:
        declared = schema.get("properties", {})
        required = schema.get("required", [])
        for name in required:
            others = [other for other in required if other != name]
            leaf = _instead({**schema, "required": others}, "", {"properties": {name: False}})
            yield Break((name,), "missing", f"{name} is missing", leaf)
        for name, inner in declared.items():

            def put(broken: Schema, name: str = name) -> Schema:
                return {**schema, "properties": {**declared, name: broken}, "required": [*required, name]}

            yield from self._inside(inner, put, name, texts=texts - 1)
        if "additionalProperties" in schema:
            yield from self._undeclared(schema, schema["additionalProperties"])
        if "propertyNames" in schema:
            yield from self._names(schema)
        for name, needed in schema.get("dependentRequired", {}).items():
            for other in needed:
                rules = {**schema["dependentRequired"], name: [item for item in needed if item != other]}
                broken = {"required": [name], "properties": {other: False}}
                leaf = _instead({**schema, "dependentRequired": rules}, "", broken)
                yield Break((other,), "dependentRequired", f"{name} without {other}", leaf)

    def _undeclared(self, schema: Mapping[str, Json], others: Schema) -> Iterator[Break]:
        declared = schema.get("properties", {})
        if others is False:
            misspelt = [f"{name}s" for name in declared if f"{name}s" not in declared]
            for name in (unknown(declared), *misspelt[-1:]):
                more = {"properties": {**declared, name: _TEXT}, "required": [*schema.get("required", []), name]}
                yield Break((name,), "undeclared", f"{name} is not declared", {**schema, **more})
        name = self._free_name(schema)

        def put(broken: Schema) -> Schema:
            return {
                **schema,
                "properties": {**declared, name: broken},
                "required": [*schema.get("required", []), name],
            }

        yield from self._inside(others, put, name)

    def _free_name(self, schema: Mapping[str, Json]) -> str:
        """Return a name that is not declared and not refused."""
        known = (n for way in self._ways.of(_TEXT, schema.get("propertyNames", True)) for n in strings.samples(way))
        declared = schema.get("properties", {})
        names = known if "propertyNames" in schema else (_KEY,)
        return next((name for name in names if name not in declared), unknown(declared))

    def _names(self, schema: Mapping[str, Json]) -> Iterator[Break]:
        """Yield a name that is refused, beside names that are not."""
        name = self._ways.misnamed(schema)
        if name is not None:
            names = {"anyOf": [schema["propertyNames"], {"const": name}]}
            leaf = {**schema, "propertyNames": names, "required": [*schema.get("required", ()), name]}
            yield Break((), "propertyNames", f"the name {name[:20]!r}", leaf)

    # Arrays

    def _array(self, schema: Mapping[str, Json]) -> Iterator[Break]:
        if "items" not in schema:
            return

        for index in (0, 1):

            def put(broken: Schema, index: int = index) -> Schema:
                return {
                    **schema,
                    "prefixItems": [*([schema["items"]] * index), broken],
                    "minItems": max(index + 1, schema.get("minItems", 0)),
                }

            yield from self._inside(schema["items"], put, index)

    # Rules and unions

    def _rules(self, schema: Mapping[str, Json], texts: int) -> Iterator[Break]:
        if "$ref" in schema:
            rest = {keyword: value for keyword, value in schema.items() if keyword != "$ref"}
            yield from self._inside(self._ways.follow(schema), lambda broken: {"allOf": [broken, rest]}, texts=texts)
        members = schema.get("allOf", [])
        for index, member in enumerate(members):
            before, after = members[:index], members[index + 1 :]

            def put(broken: Schema, around: tuple[list[Schema], list[Schema]] = (before, after)) -> Schema:
                return {**schema, "allOf": [*around[0], broken, *around[1]]}

            yield from self._inside(member, put, texts=texts)
        if "if" in schema:
            yield from self._conditional(schema, texts)
        for keyword in ("anyOf", "oneOf"):
            if keyword in schema:
                yield from self._union(schema, keyword)

    def _conditional(self, schema: Mapping[str, Json], texts: int) -> Iterator[Break]:
        rest = {keyword: value for keyword, value in schema.items() if keyword not in ("if", "then", "else")}
        for keyword, condition in (("then", schema["if"]), ("else", {"not": schema["if"]})):
            if keyword in schema:

                def put(broken: Schema, condition: Schema = condition) -> Schema:
                    return {"allOf": [rest, condition, broken]}

                yield from self._inside(schema[keyword], put, texts=texts)

    def _union(self, schema: Mapping[str, Json], keyword: str) -> Iterator[Break]:
        tag = schema.get("discriminator", {}).get("propertyName")
        rest = {name: value for name, value in schema.items() if name not in (keyword, "discriminator")}
        branches = schema[keyword]
        if tag is None:
            for other in opposite_of(keyword, schema):
                yield Break((), keyword, keyword, {"allOf": [rest, other]})
            return
        tags: list[Json] = []
        for branch in branches:
            own = [value for way in self._ways.of(branch) for value in self._tags(way, tag)]
            tags += own

            def put(broken: Schema, meant: Schema = _tagged(tag, {"enum": own})) -> Schema:  # noqa: B008 - bound now
                return {"allOf": [rest, meant, broken]}

            yield from self._inside(branch, put, leave=(tag,))
        kinds: tuple[tuple[Path, str, str, Schema], ...] = (
            ((tag,), "missing", f"{tag} is missing", {"type": "object", "properties": {tag: False}}),
            ((tag,), keyword, f"an unknown {tag}", _tagged(tag, {"type": "string", "not": {"enum": tags}})),
            ((), keyword, "no object", {"type": ["string", "number", "array", "null"]}),
        )
        for path, rule, about, other in kinds:
            yield Break(path, rule, about, {"allOf": [rest, other]})

    def _tags(self, way: Way, tag: str) -> Iterator[Json]:
        """Yield the values that a branch has for its tag."""
        for inner in self._ways.of(*way.members.schemas.get(tag, ())):
            yield from inner.only or ()

    def _json_text(self, schema: Mapping[str, Json]) -> Iterator[Break]:
        rest = {k: v for k, v in schema.items() if k not in ("contentMediaType", "contentSchema")}
        yield Break((), "encoding", "no JSON", {"allOf": [rest, {"enum": NO_JSON}]})
        if "contentSchema" in schema:
            yield from self._inside(schema["contentSchema"], lambda broken: {**schema, "contentSchema": broken})


def _tagged(tag: str, schema: Schema) -> Schema:
    return {"type": "object", "required": [tag], "properties": {tag: schema}}


def _instead(schema: Mapping[str, Json], keyword: str, other: Schema) -> Schema:
    """Return a schema with something else in place of a keyword."""
    return {"allOf": [{name: value for name, value in schema.items() if name != keyword}, other]}


def _about(keyword: str, limit: Json) -> str:
    return keyword if isinstance(limit, Mapping | list) else f"{keyword} {limit}"
