"""A view of a bundled document: objects by kind, operations with references followed, and a collector of problems.

The rules and the resolver use the same view. Objects that the table of objects rejects are reported once and left out,
so both can rely on the types of what they find; missing values are read as empty.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

from apicontract.openapi.objects import METHODS, Json, children, is_reference
from apicontract.openapi.pointer import fragment, split
from codegen.form import cleaned
from codegen.problems import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


Tokens: TypeAlias = tuple[str, ...]

IN_PLACE = ("anyOf", "oneOf", "allOf", "not", "if", "then", "else")
"""Keywords whose schemas apply to the same instance as the schema that contains them."""


class Place(NamedTuple):
    """A value of the document, usually an object, and its location."""

    value: Json
    tokens: Tokens

    def below(self, *tokens: str) -> Place:
        """Step down by keys or positions; a missing value is an empty mapping."""
        value, place = self.value, self.tokens
        for token in tokens:
            place = (*place, token)
            if isinstance(value, list):
                inside = token.isascii() and token.isdigit() and int(token) < len(value)
                value = value[int(token)] if inside else {}
            else:
                value = value.get(token, {}) if isinstance(value, dict) else {}
        return Place(value, place)

    def entries(self, *tokens: str) -> Iterator[tuple[str, Place]]:
        """Yield the members of a mapping, or the items of a list, with their keys or positions."""
        held = self.below(*tokens)
        if isinstance(held.value, dict):
            yield from ((key, Place(value, (*held.tokens, key))) for key, value in held.value.items())
        elif isinstance(held.value, list):
            yield from ((str(i), Place(value, (*held.tokens, str(i)))) for i, value in enumerate(held.value))

    def text(self, key: str) -> str:
        """Return a string below a key; empty if there is none."""
        value = self.below(key).value
        return value if isinstance(value, str) else ""

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the strings of a list below a key."""
        value = self.below(key).value
        return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()

    def has(self, key: str) -> bool:
        """Return whether this is a mapping with a key."""
        return isinstance(self.value, dict) and key in self.value


@dataclass(frozen=True, slots=True)
class Node:
    """One object of the document, found by walking from its root; references are not followed."""

    kind: str
    value: Mapping[str, Json]
    tokens: Tokens
    parent: Node | None
    key: str
    """The field of the parent that contains this."""
    role: str = ""
    """For a schema: `named` (a component), `value` (describes a value), `assertion` (only narrows another schema)."""

    @property
    def place(self) -> Place:
        """The same object without its context."""
        return Place(self.value, self.tokens)

    @property
    def owner(self) -> Node | None:
        """The schema that describes the object whose properties this schema constrains; `None` if nothing does."""
        node: Node | None = self
        while node is not None and node.role == "assertion":
            node = node.parent if node.key in IN_PLACE else None
        return node


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path, with its parameters and body resolved."""

    id: str
    method: str
    path: str
    place: Place
    parameters: tuple[Place, ...]
    """The parameters: those of the path first, then those of the operation."""
    request: Place
    """The request body; empty if there is none."""
    body: Mapping[str, Place]
    """Media type -> media type object of the request."""
    responses: Mapping[str, Place]
    """Status, or `default` -> response."""

    @property
    def http(self) -> str:
        """The method and path, as docstrings show them."""
        return f"`{self.method.upper()} {self.path}`"

    def parameter(self, location: str, name: str) -> Place | None:
        """Find a parameter by its location and name; `None` if there is none."""
        return next((p for p in self.parameters if (p.value.get("in"), p.value.get("name")) == (location, name)), None)


class Located(Protocol):
    """A whole document, with the location of each place."""

    @property
    def document(self) -> Mapping[str, Json]:
        """The whole document."""

    @property
    def unused(self) -> Sequence[Problem]:
        """A problem for each definition that nothing refers to."""

    def at(self, pointer: str) -> Location:
        """Locate a pointer into the document."""


@dataclass(slots=True)
class View:
    """A bundled document without the parts that the table of objects rejects, and the problems found so far."""

    bundle: Located
    adopted: bool = False
    """Whether this is another's document: invalid or duplicate names are replaced, not reported. Its operations are
    supplied by `codegen.foreign`."""
    problems: list[Problem] = field(init=False, default_factory=list)
    places: dict[Problem, Tokens] = field(init=False, default_factory=dict)
    """The place in the document of each problem, besides that in its file."""
    document: Mapping[str, Json] = field(init=False)
    refused: Mapping[Tokens, None] = field(init=False)
    """The places that were rejected and reported."""
    operations: list[Operation] = field(init=False, default_factory=list)
    references: list[Node] = field(init=False, default_factory=list)
    _nodes: dict[str, list[Node]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Leave out and report unsupported parts, and index the rest."""
        if self.adopted:
            self.document, self.refused = self.bundle.document, {}
            return
        self.document, self.refused = cleaned(self.bundle.document, self.report)
        if not self.refused:  # unsupported parts may contain references that were not followed
            self.problems += self.bundle.unused
        for node in _walk(Node("document", self.document, (), None, "")):
            if is_reference(node.kind, node.value):
                self.references.append(node)
            elif node.tokens not in self.refused or node.value:
                self._nodes.setdefault(node.kind, []).append(node)
        for item in self.nodes("path_item"):
            self.operations += self._operations(item.place)

    @property
    def root(self) -> Place:
        """The whole document."""
        return Place(self.document, ())

    def nodes(self, kind: str) -> list[Node]:
        """All objects of a kind in document order, without references to them."""
        return self._nodes.get(kind, [])

    def at(self, tokens: Tokens) -> Location:
        """Locate a place of the document in its file."""
        return self.bundle.at(fragment(tokens))

    def where(self, tokens: Tokens) -> str:
        """Return a location as text, for problems that concern two places."""
        location = self.at(tokens)
        return f"{location.file}, line {location.line}"

    def report(self, tokens: Tokens, message: str, fix: str) -> None:
        """Add a problem at a place of the document."""
        problem = self.at(tokens).problem(message, fix)
        self.problems.append(problem)
        self.places[problem] = tokens

    def operation(self, place: Place) -> Operation:
        """Return the operation at a place."""
        return next(operation for operation in self.operations if operation.place.tokens == place.tokens)

    def lacks(self, place: Place, key: str) -> bool:
        """Return whether an object has no such key, not even an invalid one that is already reported."""
        return key not in place.value and place.tokens not in self.refused and (*place.tokens, key) not in self.refused

    def schemas(self) -> Mapping[str, Mapping[str, Json]]:
        """Return the named schemas."""
        found: Mapping[str, Mapping[str, Json]] = self.document.get("components", {}).get("schemas", {})
        return found

    def resolve(self, place: Place) -> Place:
        """Follow a reference to its target."""
        value, tokens = place
        while "$ref" in value:
            tokens = split(value["$ref"])
            value = self._value(tokens)
        return Place(value, tokens)

    def held(self, place: Place, key: str) -> dict[str, Place]:
        """Return the objects in a map of an object, by name, with references followed."""
        return {n: self.resolve(Place(v, (*place.tokens, key, n))) for n, v in place.value.get(key, {}).items()}

    def schema(self, place: Place) -> Place | None:
        """Return the schema of a parameter, header or media type, with references followed; `None` without one."""
        return (
            self.resolve(Place(place.value["schema"], (*place.tokens, "schema"))) if "schema" in place.value else None
        )

    def variants(self, place: Place, seen: tuple[Tokens, ...] = ()) -> Iterator[Place]:
        """Yield the schemas that a value may have to satisfy: the schema itself, or the branches of its union."""
        place = self.resolve(place)
        if place.tokens in seen:
            return  # a union of itself, which is reported elsewhere
        unions = [key for key in ("anyOf", "oneOf") if key in place.value] if "type" not in place.value else []
        if not unions:
            yield place
        for key in unions:
            for position, variant in enumerate(place.value[key]):
                yield from self.variants(Place(variant, (*place.tokens, key, str(position))), (*seen, place.tokens))

    def types(self, place: Place) -> list[str]:
        """Return the JSON types that a schema admits, without duplicates; empty if it does not say."""
        found: dict[str, None] = {}
        for variant in self.variants(place):
            named = variant.value.get("type", [])
            found |= dict.fromkeys([named] if isinstance(named, str) else named)
        return list(found)

    def properties(self, place: Place) -> dict[str, Place]:
        """Return the properties of a schema and of the branches of its union, with references not followed."""
        found: dict[str, Place] = {}
        for variant in self.variants(place):
            for name, value in variant.value.get("properties", {}).items():
                found.setdefault(name, Place(value, (*variant.tokens, "properties", name)))
        return found

    def lead(self, place: Place, pointer: str) -> Place | None:
        """Follow a JSON pointer through the properties of a schema, in any branch of a union.

        Returns `None` if it leads nowhere.
        """
        return self._lead(place, split(pointer)) if pointer.startswith("/") else None

    def _lead(self, place: Place, tokens: Tokens) -> Place | None:
        if not tokens:
            return place
        for variant in self.variants(place):
            held = variant.value.get("properties", {}).get(tokens[0])
            below = (*variant.tokens, "properties", tokens[0])
            if held is not None and (found := self._lead(Place(held, below), tokens[1:])):
                return found
        return None

    def _value(self, tokens: Tokens) -> Mapping[str, Json]:
        value: Json = self.document
        for token in tokens:
            value = value.get(token, {})  # the rejected part is gone, and was reported
        found: Mapping[str, Json] = value
        return found

    def _operations(self, item: Place) -> Iterator[Operation]:
        for method, place in item.entries():
            if method not in METHODS:
                continue
            own = self._list(place, "parameters")
            taken = [(p.value.get("in"), p.value.get("name")) for p in own]
            shared = [
                p for p in self._list(item, "parameters") if (p.value.get("in"), p.value.get("name")) not in taken
            ]
            request = self.resolve(place.below("requestBody"))
            yield Operation(
                id=place.value.get("operationId", ""),
                method=method,
                path=item.tokens[-1],
                place=place,
                parameters=(*shared, *own),
                request=request,
                body=self.held(request, "content"),
                responses=self.held(place, "responses"),
            )

    def _list(self, place: Place, key: str) -> list[Place]:
        held = enumerate(place.value.get(key, []))
        return [self.resolve(Place(value, (*place.tokens, key, str(position)))) for position, value in held]


def _walk(node: Node) -> Iterator[Node]:
    yield node
    if is_reference(node.kind, node.value):
        return
    for tokens, kind, value in children(node.kind, node.value):
        role = _role(node, tokens) if kind == "schema" else ""
        yield from _walk(Node(kind, value, node.tokens + tokens, node, tokens[0], role))


def _role(parent: Node, tokens: Tokens) -> str:
    if parent.kind != "schema":
        return "named" if parent.kind == "components" else "value"
    if parent.role == "assertion" or tokens[0] in ("not", "if", "then", "else", "contains", "propertyNames"):
        return "assertion"
    return "assertion" if tokens[0] in IN_PLACE and "type" in parent.value else "value"


def listed(names: Iterable[str]) -> str:
    """Return names as a list for a message."""
    return ", ".join(map(repr, names))
