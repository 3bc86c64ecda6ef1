"""Read a bundled document: objects by kind, operations, references followed, and a place to report problems to.

The rules and the resolver read the same view. What the table of objects refuses is reported once and left out, so both
may rely on the types of what they find; what is missing reads as empty.
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
"""Keywords whose schemas see the same instance as the schema that they are in."""


class Place(NamedTuple):
    """A value of the document, mostly an object, and where it is."""

    value: Json
    tokens: Tokens

    def below(self, *tokens: str) -> Place:
        """Step down by keys or positions; what is not there is an empty mapping."""
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
        """Tell whether this is a mapping with a key."""
        return isinstance(self.value, dict) and key in self.value


@dataclass(frozen=True, slots=True)
class Node:
    """One object of the document, met on a walk from its root; references are not followed."""

    kind: str
    value: Mapping[str, Json]
    tokens: Tokens
    parent: Node | None
    key: str
    """The field of the parent that holds this."""
    role: str = ""
    """Of a schema: `named` (a component), `value` (describes a value), `assertion` (only narrows another schema)."""

    @property
    def place(self) -> Place:
        """The same object without its surroundings."""
        return Place(self.value, self.tokens)

    @property
    def owner(self) -> Node | None:
        """The schema that describes the object about whose properties this schema speaks."""
        node: Node | None = self
        while node is not None and node.role == "assertion":
            node = node.parent if node.key in IN_PLACE else None
        return node


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path, its parameters and body found."""

    id: str
    method: str
    path: str
    place: Place
    parameters: tuple[Place, ...]
    """Those of the path first."""
    request: Place
    """The request body; empty if there is none."""
    body: Mapping[str, Place]
    """Media type -> media type object of the request."""
    responses: Mapping[str, Place]
    """Status, or `default` -> response."""

    @property
    def http(self) -> str:
        """The method and path, as a docstring names them."""
        return f"`{self.method.upper()} {self.path}`"

    def parameter(self, location: str, name: str) -> Place | None:
        """Find a parameter by where it is sent and its name."""
        return next((p for p in self.parameters if (p.value.get("in"), p.value.get("name")) == (location, name)), None)


class Located(Protocol):
    """A document in one piece, and where each place of it is."""

    @property
    def document(self) -> Mapping[str, Json]:
        """The whole document."""

    @property
    def unused(self) -> Sequence[Problem]:
        """The problem of each definition that nothing refers to."""

    def at(self, pointer: str) -> Location:
        """Locate a pointer into the document."""


@dataclass(slots=True)
class View:
    """A bundled document without what the table of objects refuses, and the problems found while reading it."""

    bundle: Located
    adopted: bool = False
    """Whether this is a document of others: a name that Python cannot have or has already is replaced, not reported.
    Its operations are given by whoever adopted it."""
    problems: list[Problem] = field(init=False, default_factory=list)
    places: dict[Problem, Tokens] = field(init=False, default_factory=dict)
    """Where in the document, and not only in its files, each problem is."""
    document: Mapping[str, Json] = field(init=False)
    refused: Mapping[Tokens, None] = field(init=False)
    """The places that were refused and reported."""
    operations: list[Operation] = field(init=False, default_factory=list)
    references: list[Node] = field(init=False, default_factory=list)
    _nodes: dict[str, list[Node]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Leave out and report what is not understood, and sort the rest."""
        if self.adopted:
            self.document, self.refused = self.bundle.document, {}
            return
        self.document, self.refused = cleaned(self.bundle.document, self.report)
        if not self.refused:  # below what is not understood there may be references that nobody followed
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
        """All objects of a kind in document order, without references to such."""
        return self._nodes.get(kind, [])

    def at(self, tokens: Tokens) -> Location:
        """Locate a place of the document in its file."""
        return self.bundle.at(fragment(tokens))

    def where(self, tokens: Tokens) -> str:
        """Locate a place in words, for problems that concern two places."""
        location = self.at(tokens)
        return f"{location.file}, line {location.line}"

    def report(self, tokens: Tokens, message: str, fix: str) -> None:
        """Add a problem at a place of the document."""
        problem = self.at(tokens).problem(message, fix)
        self.problems.append(problem)
        self.places[problem] = tokens

    def operation(self, place: Place) -> Operation:
        """Find the operation that is at a place."""
        return next(operation for operation in self.operations if operation.place.tokens == place.tokens)

    def lacks(self, place: Place, key: str) -> bool:
        """Tell whether an object has no such key, not even a wrong one that is reported already."""
        return key not in place.value and place.tokens not in self.refused and (*place.tokens, key) not in self.refused

    def schemas(self) -> Mapping[str, Mapping[str, Json]]:
        """Return the named schemas."""
        found: Mapping[str, Mapping[str, Json]] = self.document.get("components", {}).get("schemas", {})
        return found

    def resolve(self, place: Place) -> Place:
        """Follow a reference to what it means."""
        value, tokens = place
        while "$ref" in value:
            tokens = split(value["$ref"])
            value = self._value(tokens)
        return Place(value, tokens)

    def held(self, place: Place, key: str) -> dict[str, Place]:
        """Return the objects in a map of an object, by name, references followed."""
        return {n: self.resolve(Place(v, (*place.tokens, key, n))) for n, v in place.value.get(key, {}).items()}

    def schema(self, place: Place) -> Place | None:
        """Return the schema of a parameter, header or media type, references followed."""
        return (
            self.resolve(Place(place.value["schema"], (*place.tokens, "schema"))) if "schema" in place.value else None
        )

    def variants(self, place: Place, seen: tuple[Tokens, ...] = ()) -> Iterator[Place]:
        """Yield the schemas that a value may have to satisfy: the schema itself, or those of its union."""
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
        """Name the JSON types that a schema admits, without doubles; empty where it does not say."""
        found: dict[str, None] = {}
        for variant in self.variants(place):
            named = variant.value.get("type", [])
            found |= dict.fromkeys([named] if isinstance(named, str) else named)
        return list(found)

    def properties(self, place: Place) -> dict[str, Place]:
        """Return the properties of a schema and of the variants of its union, references not followed."""
        found: dict[str, Place] = {}
        for variant in self.variants(place):
            for name, value in variant.value.get("properties", {}).items():
                found.setdefault(name, Place(value, (*variant.tokens, "properties", name)))
        return found

    def lead(self, place: Place, pointer: str) -> Place | None:
        """Follow a JSON pointer through the properties of a schema, in whichever variant of a union has them."""
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
            value = value.get(token, {})  # what was refused is gone, and was reported
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
    """Write names for a message."""
    return ", ".join(map(repr, names))
