"""Compare two schemas side by side, and find a value that shows each difference.

First the structure: at every place of a value, the facts that both schemas state about it are compared as formulas, and
equal parts are skipped. Then, for each fact that differs, a value is searched that is valid on one side and violates
the fact on the other. The subject confirms it by the real check. Facts that are neither proved nor shown are undecided.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Generic, Literal, Protocol, TypeVar

from apicontract.changes.forms import Form, Forms, shortened, text
from apicontract.changes.sides import IN_TEXT, OTHER, SIDES, Pair, Path, Side, placed
from apicontract.openapi.bounds import listed
from apicontract.openapi.document import Json
from apicontract.openapi.keywords import UNIONS, subschemas
from apicontract.openapi.pointer import escape
from apicontract.openapi.references import target_of
from apicontract.values.constraints import KINDS, Schema, kind_of, kinds_of_type
from apicontract.values.formats import holds_json

Located = tuple[Json, str]
"""A schema and its pointer."""
Nodes = tuple[Located, ...]
"""Schemas that a value must all satisfy."""
_EXACT = frozenset(
    {"$ref", "type", "enum", "const", "required", "properties", "items", "allOf", "anyOf", "oneOf", "not", "if", "then"}
    | {"else", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength"}
    | {
        "minItems",
        "maxItems",
        "uniqueItems",
        "contains",
        "dependentRequired",
        "kinds",
        "minProperties",
        "maxProperties",
    }
    | {"title", "description", "default", "examples", "deprecated", "$comment"}
)
"""The keywords whose negation is complete."""
_TRIED, _TRIED_ABOVE = 24, 8
"""The maximum number of values that are tried for a place, and for each of its parents, whose values are more
expensive."""
_ITEMS = 4
_NODES = 3
_ANYTHING: tuple[Json, ...] = (None, "a", 1, 0.5, True, {}, [])
"""Values that are tried if nothing better is known."""
Carrier = Literal["json", "string", "fields"]
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

_FACTS: Mapping[str, tuple[str, ...]] = {
    "type": ("type",),
    "enum": ("enum", "const"),
    "minimum": ("minimum", "exclusiveMinimum"),
    "maximum": ("maximum", "exclusiveMaximum"),
    **{
        keyword: (keyword,)
        for keyword in (
            *("multipleOf", "minLength", "maxLength", "pattern", "format", "minItems", "maxItems", "uniqueItems"),
            *("minProperties", "maxProperties", "required", "dependentRequired", "propertyNames", "not"),
            *("patternProperties", "dependentSchemas", "unevaluatedItems", "unevaluatedProperties", "prefixItems"),
            *("contentMediaType", "contentEncoding"),
        )
    },
    "contains": ("contains", "minContains", "maxContains"),
    "if": ("if", "then", "else"),
}
"""The facts that are compared as a whole, and the keywords that state them together."""


@dataclass(frozen=True, slots=True)
class SchemaChange(Generic[T]):
    """A fact that differs between two schemas."""

    path: Path
    rule: str
    """The keyword, or `property`."""
    message: str
    right: Side
    """`old` if values became invalid, `new` if values became valid."""
    shown: T | None
    """The witness of the change; `None` if no value was found, so that it is undecided."""
    pointers: Mapping[Side, str]
    """Where each side states the fact, or else the schema that does not state it."""
    undeclared: bool = False
    """Whether it only concerns values that were not described before: of a property that one side does not declare."""


@dataclass(frozen=True, slots=True)
class _Place:
    """The same place of a value in both schemas."""

    path: Path
    nodes: Mapping[Side, Nodes]
    """Its schemas, as written."""
    branches: tuple[tuple[Path, Mapping[Side, str]], ...] = ()
    """The branches of unions that lead here: their paths and pointers."""
    above: _Place | None = None
    """The place of the parent value."""

    def below(self, step: str | int, nodes: Mapping[Side, Nodes]) -> _Place:
        return _Place((*self.path, step), nodes, self.branches, self)


class Subject(Protocol[T_co]):
    """The subject of a comparison: a parameter, a body, a header, an event."""

    def confirm(self, candidates: Iterable[Json], right: Side, path: Path, rule: str = "") -> T_co | None:
        """Find a candidate that is valid on a side and invalid on the other, by the real check.

        Returns `None` if there is none; one that is invalid only at the path is preferred. `rule` is the pointer of the
        rule that it must violate, if known.
        """

    def templates(self, side: Side) -> Iterable[Json]:
        """Return values that are valid on a side, such as its examples, to insert parts into."""

    def carrier(self, path: Path) -> Carrier:
        """Return how the value at a path is carried: as JSON, as a string, or as the fields of a form."""


class SchemaWalk(Generic[T]):
    """Compares a schema of the old document with one of the new."""

    def __init__(self, pair: Pair, forms: Forms, pointers: Mapping[Side, str], subject: Subject[T]) -> None:
        """Take the pointers of the two schemas, and their subject."""
        self._pair = pair
        self._forms = forms
        self._pointers: Mapping[Side, str] = {side: pair.root(side, at) for side, at in pointers.items()}
        self._subject = subject
        self._found: list[SchemaChange[T]] = []
        self._entered: set[tuple[frozenset[str], frozenset[str]]] = set()
        self._kept: dict[Side, list[Json]] = {}

    def changes(self) -> list[SchemaChange[T]]:
        """Return all differences, in document order."""
        nodes: dict[Side, Nodes] = {side: ((self._pair.node(side, at), at),) for side, at in self._pointers.items()}
        self._walk(_Place((), nodes))
        return self._found

    def _walk(self, place: _Place) -> None:
        old, new = (self._admitted(side, place) for side in SIDES)
        if self._forms.equal(old, new):
            return
        flat = {side: tuple(self._flat(side, nodes)) for side, nodes in place.nodes.items()}
        key = (frozenset(_own(flat["old"])), frozenset(_own(flat["new"])))
        if key in self._entered:
            return
        self._entered.add(key)
        place = replace(place, nodes=flat)
        before = len(self._found)
        kinds = self._shared(old, new)
        named = [
            both or typed
            for both, typed in zip(kinds, self._shared(*map(self._typed, SIDES, flat.values())), strict=True)
        ]
        lost: dict[Side, bool] = {"old": True, "new": True}
        if self._subject.carrier(place.path) != "json":
            lost = {"old": not self._forms.included(old, new), "new": not self._forms.included(new, old)}
        for rule, keywords in _FACTS.items():
            self._fact(place, rule, keywords, named, lost)
        shared = {kind for kind, used in zip(KINDS, kinds, strict=True) if used}
        for kind, look_into in (("object", self._properties), ("array", self._items), ("string", self._text)):
            if kind in shared:
                look_into(place)
        whole = self._unions(place)
        if not whole:
            self._rest(place, before, old, new)
        self._entered.discard(key)

    def _shared(self, old: Form, new: Form) -> list[bool]:
        """Return for each kind whether both formulas admit some of it."""
        return [a is not self._forms.false and b is not self._forms.false for a, b in zip(old, new, strict=True)]

    def _typed(self, side: Side, nodes: Nodes) -> Form:
        """Return the formula of the types that schemas name, whatever their other keywords leave of them."""
        return self._pair.form(side, {"allOf": _said(_stating(nodes, ("type",)), ("type",))})

    def _form(self, side: Side, nodes: Nodes) -> Form:
        found = [self._pair.form(side, schema) for schema, _ in nodes] or [self._pair.form(side, True)]
        return tuple(self._forms.all(*column) for column in zip(*found, strict=True))

    def _admitted(self, side: Side, place: _Place) -> Form:
        """Return the formula of what a place admits.

        If values are sent as strings, a schema for anything admits only strings.
        """
        form = self._form(side, place.nodes[side])
        carrier = self._subject.carrier(place.path)
        if carrier == "json":
            return form
        known = dict(zip(KINDS, form, strict=True))
        if carrier == "fields":
            return tuple(known[kind] if kind == "object" else self._forms.false for kind in KINDS)
        named = set(self._named_kinds(side, place.nodes[side]))
        if not named:
            known |= dict.fromkeys(set(KINDS) - {"string"}, self._forms.false)
        text = known["string"]
        if text is self._forms.true or (text.tag == "minLength" and text.args[0] == 1):
            known |= dict.fromkeys(("integer", "fraction", "boolean"), self._forms.true)
        known["null"] = self._forms.false
        return tuple(known[kind] for kind in KINDS)

    def _named_kinds(self, side: Side, nodes: Nodes) -> Iterator[str]:
        """Yield the kinds that schemas or their branches name."""
        for schema, pointer in self._flat(side, nodes):
            if isinstance(schema, Mapping):
                yield from kinds_of_type(schema.get("type", ()))
                yield from (kind_of(value) for value in schema.get("enum", ()))
                yield from ([kind_of(schema["const"])] if "const" in schema else ())
                for keyword in UNIONS:
                    branches = enumerate(schema.get(keyword, ()))
                    yield from self._named_kinds(side, tuple((b, f"{pointer}/{keyword}/{n}") for n, b in branches))

    def _flat(self, side: Side, nodes: Nodes) -> Iterator[Located]:
        """Yield the schemas that apply together, with references and `allOf` followed; each once."""
        waiting, seen = list(nodes), set()
        while waiting:
            schema, pointer = waiting.pop(0)
            if pointer in seen:
                continue
            seen.add(pointer)
            yield schema, pointer
            if isinstance(schema, Mapping):
                inner = [(held, f"{pointer}/allOf/{n}") for n, held in enumerate(schema.get("allOf", ()))]
                if "$ref" in schema:
                    target = target_of(schema["$ref"])
                    inner.insert(0, (self._pair.node(side, target), target))
                waiting[:0] = inner

    # Facts

    def _fact(
        self, place: _Place, rule: str, keywords: tuple[str, ...], kinds: list[bool], lost: Mapping[Side, bool]
    ) -> None:
        stated = self._unequal({side: _stating(nodes, keywords) for side, nodes in place.nodes.items()}, keywords)
        said = {side: _said(found, keywords) for side, found in stated.items()}
        if not any(said.values()):
            return
        old, new = (self._pair.form(side, {"allOf": said[side]}) for side in SIDES)
        if rule != "type":
            true = self._forms.true
            old, new = (tuple(n if used else true for n, used in zip(form, kinds, strict=True)) for form in (old, new))
        for right, mine, other in _both(old, new):
            if lost[right] and not self._forms.included(mine, other):
                self._differs(place, rule, keywords, right, stated, said)

    def _differs(
        self,
        place: _Place,
        rule: str,
        keywords: tuple[str, ...],
        right: Side,
        stated: Mapping[Side, Nodes],
        said: Mapping[Side, list[Mapping[str, Json]]],
    ) -> None:
        """Report a fact that values of one side violate, or each of the names that it lists."""
        wrong = OTHER[right]
        pointers = {
            side: _pointer(stated[side], keywords) or place.nodes[side][0][1] if place.nodes[side] else ""
            for side in SIDES
        }
        splits = _SPLITS.get(rule)
        parts = splits(said[right], said[wrong]) if splits else None
        if rule == "propertyNames":
            parts = [(schema, "") for schema in self._misnamed(place, right)]
        if not parts:
            refused = [self._pair.at(f"/{wrong}{at}") for _, at in stated[wrong]]
            schema = {"not": {"allOf": _said([(node, "") for node in refused], keywords)}}
            parts = [(schema, _was(rule, said, keywords))]
        else:
            parts = [
                (schema, _names(rule, name, right) if name else _was(rule, said, keywords)) for schema, name in parts
            ]
        for schema, message in parts:
            self._report(place, rule, message, right, pointers, schema)

    def _misnamed(self, place: _Place, right: Side) -> Iterator[Schema]:
        """Yield the schema of objects with a name that only one side admits."""
        own, other = (
            [self._pair.at(f"/{side}{at}/propertyNames") for _, at in _stating(place.nodes[side], ("propertyNames",))]
            for side in (right, OTHER[right])
        )
        for name in islice(self._pair.values({"type": "string"}, *own, {"not": {"allOf": other}}), 1):
            yield {"kinds": ("object",), "required": [name], "minProperties": 1}

    def _report(
        self,
        place: _Place,
        rule: str,
        message: str,
        right: Side,
        pointers: Mapping[Side, str],
        schema: Schema,
        *,
        undeclared: bool = False,
    ) -> None:
        """Search for a value of one side that fits a schema at the place, and report the result."""
        # A condition must not be shown by a violation of another rule of the same object.
        broken = pointers[OTHER[right]].rpartition("/")[0] if rule in ("if", "not") and place.nodes else ""
        shown = self._subject.confirm(self._candidates(place, right, schema), right, place.path, broken)
        if shown is None and self._is_masked(place, right, schema):
            return
        self._found.append(SchemaChange(place.path, rule, message, right, shown, pointers, undeclared))

    def _is_masked(self, place: _Place, right: Side, schema: Schema) -> bool:
        """Return whether it is proved that a place loses no value of a side, although one of its facts differs."""
        whole = self._is_exact(schema)
        at: _Place | None = place
        while at is not None:
            mine, other = (self._form(side, at.nodes[side]) for side in (right, OTHER[right]))
            if self._forms.included(mine, other, patient=True):
                return True
            if whole and self._pair.impossible(*self._conditions(place, right, at, schema)):
                return True
            at = at.above
        return False

    def _is_exact(self, schema: Schema) -> bool:
        """Return whether a schema uses only keywords whose negations `values` supports completely."""
        waiting, seen = [schema], set[str]()
        while waiting:
            node = waiting.pop()
            if not isinstance(node, Mapping):
                continue
            if not node.keys() <= _EXACT:
                return False
            waiting += [inner for inner, _ in subschemas(node, "")]
            target = node.get("$ref")
            if isinstance(target, str) and target not in seen:
                seen.add(target)
                waiting.append(self._pair.at(target[1:]))
        return True

    def _candidates(self, place: _Place, right: Side, schema: Schema) -> Iterator[Json]:
        """Yield whole values that fit a schema at a place.

        First small ones: a value of the place itself, inserted into known valid values; then a value of its parent, and
        so on up to the whole.
        """
        yield from self._put(place, right, place, schema)
        yield from self._everywhere(place.path, right, _ANYTHING)
        for _, pointer in place.nodes[right][:_NODES]:
            yield from self._everywhere(place.path, right, [b.value for b in self._pair.boundaries(right, pointer)])
        holder = place.above
        while holder is not None:
            yield from self._put(place, right, holder, schema)
            holder = holder.above
        yield from self._known(right, place.path)

    def _put(self, place: _Place, right: Side, holder: _Place, schema: Schema) -> Iterator[Json]:
        """Yield whole values with a value of a place, or of its parent, that fits a schema there."""
        most = _TRIED if holder is place else _TRIED_ABOVE
        values = self._pair.values(*self._conditions(place, right, holder, schema), most=most)
        yield from self._everywhere(holder.path, right, values)

    def _conditions(self, place: _Place, right: Side, holder: _Place, schema: Schema) -> list[Schema]:
        """Return the schemas of a value of a place, or of its parent, that fits a schema there."""
        depth = len(holder.path)
        own = [self._pair.reference(right, pointer) for _, pointer in holder.nodes[right]]
        taken = [
            placed(path[depth:], self._pair.reference(right, pointers[right]))
            for path, pointers in place.branches
            if len(path) >= depth
        ]
        return [*own, *taken, placed(place.path[depth:], schema)]

    def _everywhere(self, path: Path, right: Side, values: Iterable[Json]) -> Iterator[Json]:
        """Yield values inserted into each of the known valid ones."""
        for value in values:
            if not path:
                yield value
            else:
                for template in self._templates(right):
                    yield from patched(template, path, value)

    def _templates(self, side: Side) -> list[Json]:
        if side not in self._kept:
            self._kept[side] = list(self._subject.templates(side))
        return self._kept[side]

    def _known(self, right: Side, path: Path) -> Iterator[Json]:
        """Yield the boundary values of a side that have a value at a path."""
        for boundary in self._pair.boundaries(right, self._pointers[right]):
            if len(boundary.path) >= len(path) and all(
                a == b or (isinstance(a, int) and isinstance(b, int)) for a, b in zip(path, boundary.path, strict=False)
            ):
                yield boundary.value

    # Parts

    def _properties(self, place: _Place) -> None:
        declared = {side: _declared(nodes) for side, nodes in place.nodes.items()}
        for name in dict.fromkeys((*declared["old"], *declared["new"])):
            nodes = {side: self._property(place.nodes[side], name) for side in SIDES}
            below = place.below(name, nodes)
            sides: list[Side] = [side for side in SIDES if name in declared[side]]
            if len(sides) == 2:
                self._walk(below)
            else:
                self._named(below, name, sides[0], place)
        others = {side: tuple(_others(nodes)) for side, nodes in place.nodes.items()}
        if any(others.values()):
            self._others(place, others)

    def _property(self, nodes: Nodes, name: str) -> Nodes:
        """Return the schemas of a property: as declared, and as seen by schemas that do not declare it."""
        found: list[Located] = []
        for schema, pointer in nodes:
            if not isinstance(schema, Mapping):
                continue
            if name in schema.get("properties", {}):
                found.append((schema["properties"][name], f"{pointer}/properties/{escape(name)}"))
            elif "additionalProperties" in schema and "patternProperties" not in schema:
                found.append((schema["additionalProperties"], f"{pointer}/additionalProperties"))
        return tuple(found)

    def _named(self, below: _Place, name: str, declaring: Side, owner: _Place) -> None:
        """Compare a property that one side declares with what the other admits in its place."""
        forms = {side: self._form(side, nodes) for side, nodes in below.nodes.items()}
        message = f"{name!r} is {'no longer declared' if declaring == 'old' else 'declared'}"
        pointers = {
            side: below.nodes[side][0][1] if below.nodes[side] else next((at for _, at in owner.nodes[side]), "")
            for side in SIDES
        }
        for right in SIDES:
            wrong = OTHER[right]
            if self._forms.included(forms[right], forms[wrong]):
                continue
            refused = {"not": {"allOf": [self._pair.reference(wrong, at) for _, at in below.nodes[wrong]]}}
            self._report(below, "property", message, right, pointers, refused, undeclared=right != declaring)

    def _others(self, place: _Place, others: Mapping[Side, Nodes]) -> None:
        """Compare what is admitted for names that neither side declares."""
        forms = {side: self._form(side, nodes) for side, nodes in others.items()}
        if self._forms.equal(forms["old"], forms["new"]):
            return
        below = place.below(self._free(place), others)
        if all(any(isinstance(schema, Mapping) for schema, _ in nodes) for nodes in others.values()):
            self._walk(below)
            return
        pointers = {side: (nodes or place.nodes[side])[0][1] for side, nodes in others.items()}
        for right in SIDES:
            wrong = OTHER[right]
            if not self._forms.included(forms[right], forms[wrong]):
                refused = {"not": {"allOf": [self._pair.reference(wrong, at) for _, at in others[wrong]]}}
                message = f"names that are not declared are {'no longer admitted' if right == 'old' else 'admitted'}"
                self._report(below, "additionalProperties", message, right, pointers, refused)

    def _free(self, place: _Place) -> str:
        name, declared = "key", {n for nodes in place.nodes.values() for n in _declared(nodes)}
        while name in declared:
            name += "_"
        return name

    def _items(self, place: _Place) -> None:
        nodes = {
            side: tuple((s["items"], f"{at}/items") for s, at in found if isinstance(s, Mapping) and "items" in s)
            for side, found in place.nodes.items()
        }
        first = any("prefixItems" in s for found in place.nodes.values() for s, _ in found if isinstance(s, Mapping))
        if first:
            self._fact(place, "items", ("items", "prefixItems"), [True] * len(KINDS), {"old": True, "new": True})
        elif any(nodes.values()):
            self._walk(place.below(0, nodes))

    def _text(self, place: _Place) -> None:
        """Compare the JSON in a string."""
        nodes = {
            side: tuple(
                (s["contentSchema"], f"{at}/contentSchema")
                for s, at in found
                if isinstance(s, Mapping) and holds_json(s) and "contentSchema" in s
            )
            for side, found in place.nodes.items()
        }
        if all(nodes.values()):
            self._walk(place.below(IN_TEXT, nodes))

    def _unions(self, place: _Place) -> bool:
        """Compare unions branch by branch; return whether proofs for the branches are proofs for the whole."""
        whole = True
        for keyword in ("anyOf", "oneOf"):
            every = {side: _stating(nodes, (keyword,)) for side, nodes in place.nodes.items()}
            stated = self._unequal(every, (keyword,))
            old, new = ([(s[keyword], f"{at}/{keyword}") for s, at in stated[side]] for side in SIDES)
            if len(old) == len(new):
                for one, other in zip(old, new, strict=True):
                    self._branches(place, keyword, {"old": one, "new": other})
                whole = whole and (keyword == "anyOf" or not old)
            else:
                whole = False
        return whole

    def _unequal(self, stated: Mapping[Side, Nodes], keywords: tuple[str, ...]) -> Mapping[Side, Nodes]:
        """Leave out the schemas that agree with one of the other side in some keywords."""
        forms = {
            side: [self._pair.form(side, said) for said in _said(nodes, keywords)] for side, nodes in stated.items()
        }
        return {
            side: tuple(node for node, form in zip(nodes, forms[side], strict=True) if form not in forms[OTHER[side]])
            for side, nodes in stated.items()
        }

    def _branches(self, place: _Place, keyword: str, union: Mapping[Side, Located]) -> None:
        branches: dict[Side, dict[str, Json]] = {
            side: {f"{pointer}/{n}": branch for n, branch in enumerate(held)} for side, (held, pointer) in union.items()
        }
        forms = {side: {at: self._pair.form(side, b) for at, b in found.items()} for side, found in branches.items()}
        for one, other in self._matched(branches, forms):
            below = replace(
                place,
                nodes={"old": ((branches["old"].pop(one), one),), "new": ((branches["new"].pop(other), other),)},
                branches=(*place.branches, (place.path, {"old": one, "new": other})),
            )
            self._walk(below)
        for right in SIDES:
            wrong = OTHER[right]
            whole = self._pair.form(wrong, {"anyOf": union[wrong][0]})
            for at in branches[right]:
                if keyword == "anyOf" and self._forms.included(forms[right][at], whole):
                    continue
                pointers = {right: at, wrong: union[wrong][1]}
                named = self._title(branches[right][at])
                message = f"the alternative {named} is {'gone' if right == 'old' else 'new'}"
                self._report(place, keyword, message, right, pointers, self._pair.reference(right, at))

    def _matched(
        self, branches: Mapping[Side, Mapping[str, Json]], forms: Mapping[Side, Mapping[str, Form]]
    ) -> list[tuple[str, str]]:
        """Pair the corresponding branches: equal, with the same name, or equal in number.

        Returns the pointers of each pair.
        """
        left = {side: list(found) for side, found in branches.items()}
        pairs: list[tuple[str, str]] = []

        def pair(same: Callable[[str, str], bool]) -> None:
            for one in list(left["old"]):
                other = next((at for at in left["new"] if same(one, at)), None)
                if other is not None:
                    left["old"].remove(one)
                    left["new"].remove(other)
                    pairs.append((one, other))

        named = {(side, at): self._title(branch) for side in SIDES for at, branch in branches[side].items()}
        pair(lambda one, other: forms["old"][one] == forms["new"][other])
        pair(lambda one, other: named["old", one] == named["new", other])
        if len(left["old"]) == len(left["new"]):
            pair(lambda one, other: _is_full(branches["old"][one]) and _is_full(branches["new"][other]))
        return pairs

    def _title(self, branch: Json) -> str:
        """Return a name for a branch: its component, its title, the value of its tag, or its content."""
        if not isinstance(branch, Mapping):
            return json.dumps(branch)
        if "$ref" in branch:
            return str(branch["$ref"]).rpartition("/")[2]
        if "title" in branch:
            return str(branch["title"])
        tags = [
            held["const"]
            for held in branch.get("properties", {}).values()
            if isinstance(held, Mapping) and "const" in held
        ]
        return json.dumps(tags[0]) if tags else _short({k: v for k, v in branch.items() if k != "description"})

    def _rest(self, place: _Place, before: int, old: Form, new: Form) -> None:
        """Compare as a whole what cannot be compared part by part."""
        for right, mine, other in _both(old, new):
            if any(found.right == right for found in self._found[before:]):
                continue
            if self._forms.included(mine, other, patient=True):
                continue
            wrong = OTHER[right]
            refused = {"not": {"allOf": [self._pair.reference(wrong, at) for _, at in place.nodes[wrong]]}}
            pointers = {side: nodes[0][1] if nodes else "" for side, nodes in place.nodes.items()}
            self._report(place, "schema", "the rules combine differently", right, pointers, refused)


def patched(template: Json, path: Path, value: Json) -> Iterator[Json]:
    """Yield a value with another part at a path; once for each of the first items of a list on the way."""
    if not path:
        yield value
        return
    step, rest = path[0], path[1:]
    if step == IN_TEXT:
        try:
            held = json.loads(template) if isinstance(template, str) else None
        except ValueError:
            return
        yield from (json.dumps(inner) for inner in patched(held, rest, value))
    elif isinstance(step, int) and isinstance(template, list):
        for number, held in enumerate(template[:_ITEMS] or ([None] if not rest else [])):
            yield from ([*template[:number], inner, *template[number + 1 :]] for inner in patched(held, rest, value))
    elif isinstance(step, str) and isinstance(template, Mapping) and (not rest or step in template):
        yield from ({**template, step: inner} for inner in patched(template.get(step), rest, value))


def _own(nodes: Nodes) -> Iterator[str]:
    """Yield the pointers of schemas with keywords of their own."""
    return (at for schema, at in nodes if not (isinstance(schema, Mapping) and schema.keys() == {"$ref"}))


def _is_full(branch: Json) -> bool:
    """Return whether a branch describes a value, and not only what is required of one."""
    return isinstance(branch, Mapping) and not branch.keys().isdisjoint(("type", "properties", "$ref", "enum", "const"))


def _both(old: Form, new: Form) -> Iterator[tuple[Side, Form, Form]]:
    """Yield each side with its own formulas and those of the other."""
    yield "old", old, new
    yield "new", new, old


def _stating(nodes: Nodes, keywords: tuple[str, ...]) -> Nodes:
    return tuple((s, at) for s, at in nodes if isinstance(s, Mapping) and any(keyword in s for keyword in keywords))


def _said(nodes: Iterable[Located], keywords: tuple[str, ...]) -> list[Mapping[str, Json]]:
    return [{keyword: schema[keyword] for keyword in keywords if keyword in schema} for schema, _ in nodes]


def _pointer(nodes: Nodes, keywords: tuple[str, ...]) -> str | None:
    return next((f"{at}/{keyword}" for schema, at in nodes for keyword in keywords if keyword in schema), None)


def _declared(nodes: Nodes) -> list[str]:
    return [name for schema, _ in nodes if isinstance(schema, Mapping) for name in schema.get("properties", {})]


def _others(nodes: Nodes) -> Iterator[Located]:
    for schema, pointer in nodes:
        if isinstance(schema, Mapping) and "additionalProperties" in schema:
            yield schema["additionalProperties"], f"{pointer}/additionalProperties"


Split = Callable[[list[Mapping[str, Json]], list[Mapping[str, Json]]], list[tuple[Schema, str]]]


def _split_values(mine: list[Mapping[str, Json]], other: list[Mapping[str, Json]]) -> list[tuple[Schema, str]]:
    """Return the values that only one side lists, if both list some."""
    if len(mine) != 1 or len(other) != 1:
        return []
    values = {text(value): value for value in listed(mine) or ()}
    known = set(map(text, listed(other) or ()))
    return [
        ({"enum": [value]}, json.dumps(value, ensure_ascii=False))
        for written, value in values.items()
        if written not in known
    ]


def _split_required(mine: list[Mapping[str, Json]], other: list[Mapping[str, Json]]) -> list[tuple[Schema, str]]:
    """Return the names that only the other side requires."""
    own = {name for said in mine for name in said["required"]}
    names = dict.fromkeys(name for said in other for name in said["required"] if name not in own)
    return [({"kinds": ("object",), "properties": {name: False}}, f"{name!r}") for name in names]


def _split_types(mine: list[Mapping[str, Json]], other: list[Mapping[str, Json]]) -> list[tuple[Schema, str]]:
    """Return the types that only one side admits, if both name some."""
    if len(mine) != 1 or len(other) != 1:
        return []
    named = [[said["type"]] if isinstance(said["type"], str) else said["type"] for said in (mine[0], other[0])]
    return [
        ({"type": name} if (name, "integer") != ("number", named[1]) else {"kinds": ("fraction",)}, name)
        for name in named[0]
        if name not in named[1]
    ]


_SPLITS: Mapping[str, Split] = {"enum": _split_values, "required": _split_required, "type": _split_types}


def _names(rule: str, name: str, right: Side) -> str:
    """Describe what changed about one name that a fact lists."""
    if rule == "required":
        return f"{name} is {'required' if right == 'old' else 'no longer required'}"
    what = f"the type {name}" if rule == "type" else f"the value {name}"
    return f"{what} is {'no longer admitted' if right == 'old' else 'admitted'}"


def _was(rule: str, said: Mapping[Side, list[Mapping[str, Json]]], keywords: tuple[str, ...]) -> str:
    """Describe the old and the new value of a fact."""
    values = {
        side: " and ".join(
            _short(value) if keyword == rule else f"{keyword} {_short(value)}"
            for part in parts
            for keyword, value in part.items()
            if keyword in keywords
        )
        for side, parts in said.items()
    }
    if not values["old"]:
        return f"{rule} is new: {values['new']}"
    return (
        f"{rule} was {values['old']}, is {values['new']}" if values["new"] else f"{rule} is gone, was {values['old']}"
    )


def _short(value: Json) -> str:
    return shortened(json.dumps(value, ensure_ascii=False), 80)
