"""A schema as a list of alternatives, each of which leaves no choice open.

Theory of operation
-------------------
A schema of the document is a conjunction: its keywords, its `allOf`, and the target of `$ref`. Some keywords leave a
choice: `anyOf` and `oneOf` state it, `if`/`then` leaves "not if" or "if and then", `dependentRequired` leaves "without
the property" or "with both". Taking every choice yields the alternatives (the disjunctive normal form): lists of plain
schemas that must all be satisfied, and that are joined keyword by keyword, bounds by the tighter one, properties name
by name.

So rules between fields need no filtering: a generator takes an alternative and fills it in. Rules are broken in the
same way: a schema with one keyword replaced by its negation has alternatives of its own, whose values all violate that
keyword and no other. If there are none, the keyword cannot be violated alone.

Contradictory alternatives are dropped early, first by comparing bounds, then by checking that whatever is required has
alternatives itself. `x-exclusive` does not validate anything, but the client enforces it, so it is treated as a choice
as well.

A schema can have more alternatives than fit in memory: if the branches of a `oneOf` hardly differ, there is a choice
for each way to violate each of the others. Then only the first ones are kept, and a branch is distinguished from the
others by a property with listed values, if there is one. The alternatives that are kept still satisfy every rule; only
some choices are missing.

Results are cached by the identity of a schema, so each is computed once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import count, islice
from typing import NamedTuple, Protocol

from apicontract.openapi.bounds import same
from apicontract.openapi.document import Json
from apicontract.values.constraints import (
    KINDS,
    TYPES,
    ArrayConstraints,
    NumberConstraints,
    ObjectConstraints,
    Parts,
    Schema,
    Schemas,
    StringConstraints,
    kind_of,
    kinds_of_type,
)
from apicontract.values.known import ANYTHING, Facts, Known
from apicontract.values.negation import negations
from apicontract.values.recursion import Entered, Kept, Once
from apicontract.values.vocabulary import NotUnderstood

LIMIT = 1_000
"""The maximum number of alternatives of one schema: far more than readable rules have, but few enough for memory."""
STEPS = 20 * LIMIT
"""The maximum number of combinations to try for them; most contradict themselves."""
_KEPT = 50
"""The number that is kept if there are more, and the number of ways to fit only one branch of a `oneOf`."""
_FEW = 8
"""The maximum number of other branches of a `oneOf` that are excluded without a discriminating property."""

_NAMES = ("unknown", "a", "", " ", "A", "0", "a b", "x" * 300)

_CHOICES = (
    "$ref",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
    "dependentRequired",
    "dependentSchemas",
    "x-exclusive",
    "wire",
)


class _TooMany(Exception):
    """There are more alternatives than can be tried; those yielded before are valid, but incomplete."""


class _Listed(NamedTuple):
    """The values that a schema lists for a property, and whether it requires the property."""

    values: frozenset[str]
    required: bool


class _Partial(NamedTuple):
    """Plain schemas to be joined, with facts that reveal most contradictions at once."""

    parts: tuple[Mapping[str, Json], ...]
    known: Known

    def joined(self, other: _Partial) -> _Partial | None:
        """Join with others; `None` if no type of value is left."""
        if not other.parts:
            return self
        known = self.known.joined(other.known)
        return _Partial(self.parts + other.parts, known) if known.possible else None


_ANYTHING = _Partial((), ANYTHING)


@dataclass(frozen=True, slots=True, eq=False)
class Alternative:
    """One way to satisfy a schema: all constraints on a value, by the kind of value."""

    kinds: tuple[str, ...]
    """The kinds of value that are left, at least one."""
    only: tuple[Json, ...] | None
    """The values that are left, if they are listed."""
    never: tuple[Json, ...]
    examples: tuple[Json, ...]
    """Values from `examples` and `default` in the document; they may or may not fit."""
    number: NumberConstraints
    string: StringConstraints
    array: ArrayConstraints
    object: ObjectConstraints

    def fits(self, value: Json) -> bool:
        """Return whether a scalar satisfies all constraints."""
        kind = kind_of(value)
        if kind not in self.kinds or any(same(value, other) for other in self.never):
            return False
        if self.only is not None and not any(same(value, other) for other in self.only):
            return False
        if kind in ("integer", "fraction"):
            return self.number.fits(value)
        return kind != "string" or not isinstance(value, str) or self.string.fits(value)


class Pointed(Protocol):
    """An object in which references are followed: a document, or several combined."""

    def at(self, pointer: str) -> Json:
        """Return the value at a JSON pointer."""


class Alternatives:
    """The alternatives of the schemas of one document."""

    def __init__(self, document: Pointed) -> None:
        """Take the document; nothing is computed yet."""
        self._document = document
        self.kept = Kept()
        """The results computed so far."""
        self._expanded: dict[int, tuple[Schema, Once[_Partial]]] = self.kept.new()
        self._negations: dict[int, tuple[Schema, tuple[Schema, ...]]] = self.kept.new()
        self._found: dict[tuple[int, ...], tuple[Schemas, tuple[Alternative, ...]]] = self.kept.new()
        self._facts = Facts(self.follow, self.kept)
        self._possible: dict[tuple[int, ...], tuple[Schemas, bool]] = self.kept.new()
        self._lists: dict[int, tuple[Schema, Mapping[str, _Listed]]] = self.kept.new()
        self._entered = Entered()
        self._left_out = 0
        """How often alternatives were left out because there were too many."""
        self.patience: int | None = None
        """The number of further combinations to try before `NotUnderstood` is raised; `None` for no limit."""

    @property
    def whole(self) -> bool:
        """Whether all alternatives were kept so far, so that an empty result means that there are none."""
        return self._left_out == 0

    def of(self, *schemas: Schema) -> tuple[Alternative, ...]:
        """Return the alternatives that satisfy all of the schemas; none if they are contradictory."""
        key = tuple(map(id, schemas))
        if key in self._found:
            return self._found[key][1]
        with self._entered.watched() as watched:
            found = tuple(islice(self.each(*schemas), LIMIT + 1))
        if len(found) > LIMIT:
            self._left_out += 1
            found = found[:_KEPT]
        if watched.whole:
            self._found[key] = schemas, found
        return found

    def each(self, *schemas: Schema) -> Iterator[Alternative]:
        """Yield the alternatives one by one, which is cheaper if the first one is enough.

        Raises `NotUnderstood` if there are too many combinations to try.
        """
        key = tuple(map(id, schemas))
        if key in self._found:
            yield from self._found[key][1]
        elif not self._entered.cut(key):  # a value that must contain itself would be infinite
            for partial in self._tried(self._joined(schemas)):
                if self.patience is not None:
                    self.patience -= 1
                    if self.patience < 0:
                        raise NotUnderstood("the rules of this schema combine in too many ways to enumerate")
                alternative = join(partial.parts)
                if alternative:
                    with self._entered.entering(key):
                        alternative = self._deepened(alternative)
                if alternative:
                    yield alternative

    def _tried(self, partials: Iterator[_Partial]) -> Iterator[_Partial]:
        """Yield alternatives until there are too many."""
        try:
            yield from partials
        except _TooMany:
            self._left_out += 1

    def possible(self, *schemas: Schema) -> bool:
        """Return whether a value can satisfy all of the schemas."""
        key = tuple(map(id, schemas))
        if key in self._possible:
            return self._possible[key][1]
        with self._entered.watched() as watched:
            found = next(self.each(*schemas), None) is not None
        if watched.whole:
            self._possible[key] = schemas, found
        return found

    def follow(self, schema: Mapping[str, Json]) -> Schema:
        """Follow `$ref` by one step."""
        return self._document.at(schema["$ref"].removeprefix("#"))

    def negations(self, schema: Schema) -> tuple[Schema, ...]:
        """Return the alternatives of the negation of a schema."""
        if id(schema) not in self._negations:
            self._negations[id(schema)] = schema, tuple(self._negated(schema))
        return self._negations[id(schema)][1]

    def _negated(self, schema: Schema) -> Iterator[Schema]:
        yield from negations(schema)
        if isinstance(schema, Mapping) and "$ref" in schema:
            yield from self.negations(self.follow(schema))
        if isinstance(schema, Mapping) and (name := self.misnamed(schema)) is not None:
            yield {"kinds": ("object",), "required": [name]}

    def misnamed(self, schema: Mapping[str, Json]) -> str | None:
        """Return a name that the `propertyNames` of a schema rejects, if it rejects one of the likely ones."""
        if "propertyNames" not in schema:
            return None
        return next((name for name in _NAMES if not self.possible({"const": name}, schema["propertyNames"])), None)

    def _expand(self, schema: Schema) -> Iterable[_Partial]:
        """Return the alternatives as lists of plain schemas."""
        if isinstance(schema, bool):
            return (_ANYTHING,) if schema else ()
        if id(schema) not in self._expanded:
            self._expanded[id(schema)] = schema, Once(self._expansion(schema))
        return self._expanded[id(schema)][1]

    def _expansion(self, schema: Mapping[str, Json]) -> Iterator[_Partial]:
        plain = {keyword: value for keyword, value in schema.items() if keyword not in _CHOICES}
        start = _Partial((plain,) if plain else (), self._facts.of(schema))
        yield from _product(start, [Once(self._options(options)) for options in self._choices(schema)])

    def _options(self, options: list[Schemas]) -> Iterator[_Partial]:
        for chosen in options:
            yield from self._joined(chosen)

    def _joined(self, schemas: Schemas) -> Iterator[_Partial]:
        known = reduce(Known.joined, map(self._facts.of, schemas), ANYTHING)
        yield from _product(_Partial((), known), [self._expand(schema) for schema in schemas])

    def _choices(self, schema: Mapping[str, Json]) -> Iterator[list[Schemas]]:
        """Yield the choices that a schema leaves open; each option is a list of schemas to satisfy."""
        if "$ref" in schema:
            yield [(self.follow(schema),)]
        if "wire" in schema:
            yield [(schema["wire"],)]
        yield from ([(member,)] for member in schema.get("allOf", ()))
        if "anyOf" in schema:
            yield [(branch,) for branch in schema["anyOf"]]
        if "oneOf" in schema:
            yield [chosen for branch in schema["oneOf"] for chosen in self._alone(branch, schema["oneOf"])]
        if "not" in schema:
            yield [(other,) for other in self.negations(schema["not"])]
        if "if" in schema:
            refused = [(other, schema.get("else", True)) for other in self.negations(schema["if"])]
            yield [*refused, (schema["if"], schema.get("then", True))]
        for name, needed in schema.get("dependentRequired", {}).items():
            yield [({"properties": {name: False}},), ({"required": [name, *needed]},)]
        for name, inner in schema.get("dependentSchemas", {}).items():
            yield [({"properties": {name: False}},), ({"required": [name]}, inner)]
        for group in schema.get("x-exclusive", ()):
            yield [({"properties": {other: False for other in group if other != name}},) for name in group]

    def _alone(self, branch: Schema, branches: list[Schema]) -> Iterator[Schemas]:
        """Yield options that satisfy one branch and no other.

        Branches that exclude each other need no further schemas.
        """
        rivals = [other for other in branches if other is not branch and not self._apart(branch, other)]
        options: list[Schemas] = [(branch,)]
        if len(rivals) > _FEW:
            left = {name: [o for o in rivals if not self._apart(branch, o, name)] for name in self._listed(branch)}
            name = min(left, key=lambda one: len(left[one]), default=None)
            if name is not None and len(left[name]) < len(rivals):
                options, rivals = [(branch, {"kinds": ("object",), "required": [name]})], left[name]
        for other in rivals:
            before = self._left_out
            if not self.possible(*options[0][:2], other) and self._left_out == before:
                continue
            longer = ((*option, refused) for option in options for refused in self.negations(other))
            options = list(islice(filter(self._joins, longer), _KEPT))
            if not options:
                return  # every value of this branch fits the other one too
        yield from options

    def _joins(self, option: Schemas) -> bool:
        """Return whether schemas have no obvious contradiction."""
        return next(self._tried(self._joined(option)), None) is not None

    def _listed(self, schema: Schema) -> Mapping[str, _Listed]:
        """Return the properties whose values a schema lists, itself or in the schemas that it includes."""
        if isinstance(schema, bool):
            return {}
        if id(schema) not in self._lists:
            self._lists[id(schema)] = schema, {}  # a schema that includes itself
            found: dict[str, _Listed] = {}
            for name, own in (schema.get("properties") or {}).items():
                if isinstance(own, Mapping) and ("enum" in own or "const" in own):
                    found[name] = _Listed(frozenset(map(repr, own.get("enum", [own.get("const")]))), required=False)
            for joined in (*([self.follow(schema)] if "$ref" in schema else []), *schema.get("allOf", ())):
                for name, listed in self._listed(joined).items():
                    found.setdefault(name, listed)
            required = set(schema.get("required", ()))
            found = {name: _Listed(values, needed or name in required) for name, (values, needed) in found.items()}
            self._lists[id(schema)] = schema, found
        return self._lists[id(schema)][1]

    def _apart(self, one: Schema, other: Schema, given: str | None = None) -> bool:
        """Return whether two schemas list different values of a property that one requires, or that is `given`."""
        own, others = self._listed(one), self._listed(other)
        if given is None and not (self._is_object(one) or self._is_object(other)):
            return False  # a value that is not an object fits both
        return any(
            own[name].values.isdisjoint(others[name].values)
            for name in own.keys() & others.keys()
            if name == given or own[name].required or others[name].required
        )

    def _is_object(self, schema: Schema) -> bool:
        """Return whether a schema, or the schema that it refers to, admits only objects."""
        if isinstance(schema, bool) or "type" in schema:
            return not isinstance(schema, bool) and schema["type"] == "object"
        return "$ref" in schema and self._is_object(self.follow(schema))

    def _deepened(self, alternative: Alternative) -> Alternative | None:
        """Drop the kinds of value that require something impossible; return `None` if no kind is left."""
        kinds, members = list(alternative.kinds), alternative.object
        if members.names:
            named = {n: found for n, found in members.schemas.items() if self.possible({"const": n}, *members.names)}
            members = replace(members, schemas=named)
        if "string" in kinds and alternative.string.content and not self.possible(*alternative.string.content):
            kinds.remove("string")
        if "object" in kinds and not (
            members.possible and all(self.possible(*members.schemas[n]) for n in members.required)
        ):
            kinds.remove("object")
        items = alternative.array
        if "array" in kinds:
            most = self._most(items)
            items = self._placed(replace(items, most=most))
            needed = [
                *items.first[: items.fewest],
                *((*items.rest, wanted) for wanted in items.contains),
                *([items.rest] if items.repeats else []),
            ]
            crowded = len(items.contains) + (len(items.first) if items.contains or items.repeats else 0) + items.repeats
            too_many = most is not None and max(items.fewest, crowded) > most
            if too_many or not all(self.possible(*schemas) for schemas in needed):
                kinds.remove("array")
        return replace(alternative, kinds=tuple(kinds), array=items, object=members) if kinds else None

    def _placed(self, items: ArrayConstraints) -> ArrayConstraints:
        """Let the first items satisfy `contains`, if there is no room for further items."""
        first, others, least = list(items.first), list[Schema](), items.fewest
        free = list(range(len(first)))
        for wanted in items.contains:
            full = items.most is not None and len(first) + len(others) + items.repeats >= items.most
            at = next((at for at in free if full and self.possible(*first[at], wanted)), None)
            if at is None:
                others.append(wanted)
            else:
                first[at] = (*first[at], wanted)
                free.remove(at)
                least = max(least, at + 1)
        placed = frozenset(range(len(first))).difference(free)
        return replace(items, first=tuple(first), contains=tuple(others), fewest=least, placed=placed)

    def _most(self, items: ArrayConstraints) -> int | None:
        """Return the maximum number of items, given the values that they can have; `None` if unlimited."""
        if not self.possible(*items.rest):
            return len(items.first) if items.most is None else min(len(items.first), items.most)
        alternatives = self.of(*items.rest) if items.unique and not items.first else ()
        if not alternatives or any(alternative.only is None for alternative in alternatives):
            return items.most
        values = len({repr(value) for alternative in alternatives for value in alternative.only or ()})
        return values if items.most is None else min(values, items.most)


def _product(start: _Partial, choices: Sequence[Iterable[_Partial]]) -> Iterator[_Partial]:
    """Yield the combinations of the choices that do not contradict themselves, lazily.

    A combination that contradicts itself early is not extended. `_TooMany` is raised after the last one if some were
    left out.
    """
    if not start.known.possible:
        return iter(())
    made, short = count(1), False

    def options(position: int) -> Iterator[_Partial]:
        nonlocal short
        try:
            yield from choices[position]
        except _TooMany:
            short = True

    def combined(start: _Partial, position: int) -> Iterator[_Partial]:
        if position == len(choices):
            yield start
            return
        for option in options(position):
            if next(made) > STEPS:
                raise _TooMany
            if (both := start.joined(option)) is not None:
                yield from combined(both, position + 1)

    def all_combined() -> Iterator[_Partial]:
        yield from combined(start, 0)
        if short:
            raise _TooMany

    return all_combined()


def join(parts: Parts) -> Alternative | None:
    """Join plain schemas; `None` if they contradict each other."""
    kinds = set(KINDS)
    only: list[Json] | None = None
    never: list[Json] = []
    for part in parts:
        kinds &= set(part.get("kinds", kinds))
        kinds &= set(kinds_of_type(part["type"])) if "type" in part else kinds
        never += part.get("never", ())
        for listed in (part.get("enum"), [part["const"]] if "const" in part else None):
            if listed is not None:
                only = [v for v in listed if only is None or any(same(v, other) for other in only)]
    # Constraints on kinds that are not left are skipped, because most schemas have one kind.
    number = NumberConstraints.of(parts if not kinds.isdisjoint(TYPES["number"]) else ())
    text = StringConstraints.of(parts if "string" in kinds else ())
    items = ArrayConstraints.of(parts if "array" in kinds else ())
    members = ObjectConstraints.of(parts if "object" in kinds else ())
    possible = {
        "integer": number.has("integer"),
        "fraction": number.has("fraction"),
        "string": text.longest is None or text.shortest <= text.longest,
        "array": items.most is None or items.fewest <= items.most,
        "object": members.possible,
    }
    examples = tuple(h for p in parts for h in (*p.get("examples", ()), *([p["default"]] if "default" in p else ())))
    kinds = {kind for kind in kinds if possible.get(kind, True)}
    alternative = Alternative(
        tuple(kind for kind in KINDS if kind in kinds), None, tuple(never), examples, number, text, items, members
    )
    if only is not None:
        left = tuple(value for value in only if alternative.fits(value))
        alternative = replace(alternative, only=left, kinds=tuple(kind for kind in KINDS if kind in map(kind_of, left)))
    return alternative if alternative.kinds else None
