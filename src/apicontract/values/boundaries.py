"""Floor 4: the finite side: the simplest value of a schema, and the values that lie exactly on its bounds.

Everything here is in a fixed order, so the same document gives the same list.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, zip_longest
from typing import Any, Final

from apicontract.openapi.document import Json
from apicontract.values import strings
from apicontract.values.alternatives import Way, Ways
from apicontract.values.constraints import Schema, Schemas, atom
from apicontract.values.numbers import numbered, numbers
from apicontract.values.uploads import SAMPLES

Path = tuple[str | int, ...]


class _Nothing:
    """The type of `NOTHING`: there is no such value."""


NOTHING: Final = _Nothing()
_TEXT: Final = {"type": "string"}


@dataclass(frozen=True, slots=True)
class Edge:
    """A value that lies on a bound: the place of the bound in the value, and which bound it is."""

    path: Path
    about: str
    value: Json

    def inside(self, step: str | int, value: Json) -> Edge:
        """Return the same edge in a larger value."""
        return replace(self, path=(step, *self.path), value=value)


def canonical(value: object) -> str:
    """Write a value so that two values are equal if their texts are; 1 and 1.0 are told apart."""
    return json.dumps(value, ensure_ascii=False, default=repr)


def distinct(edges: Iterable[Edge]) -> Iterator[Edge]:
    """Leave out an edge whose value came before."""
    seen: set[str] = set()
    for edge in edges:
        key = canonical(edge.value)
        if key not in seen:
            seen.add(key)
            yield edge


class Edges:
    """The simplest values and the edges of the schemas of one document."""

    def __init__(self, ways: Ways) -> None:
        """Take the ways of the schemas."""
        self._ways = ways
        self._found: dict[tuple[int, ...], tuple[Schemas, tuple[Edge, ...]]] = {}
        self._entered: list[tuple[int, ...]] = []
        self._cuts = 0

    def simplest(self, *schemas: Schema) -> Any:
        """Return the simplest value that satisfies all of the schemas, or `NOTHING`."""
        return next((value for way in self._ways.each(*schemas) for value in self._values(way)), NOTHING)

    def of(self, *schemas: Schema) -> tuple[Edge, ...]:
        """List the edges of the schemas joined; each value once."""
        key = tuple(map(id, schemas))
        if key in self._found:
            return self._found[key][1]
        if key in self._entered:
            self._cuts += 1
            return ()  # the bounds of a schema inside itself are those that are listed already
        cuts = self._cuts
        self._entered.append(key)
        try:
            found = tuple(distinct(self._edges(self._ways.of(*schemas))))
        finally:
            self._entered.remove(key)
        if cuts == self._cuts or not self._entered:
            self._found[key] = schemas, found
        return found

    def variants(self, schema: Schema) -> Iterator[Schema]:
        """Yield narrower schemas: one for each edge of the scalars, and one for the arrays, one for the objects.

        The kinds of value take turns, so the first few have every kind.
        """
        kinds: dict[str, list[Schema]] = {}
        for way in self._ways.of(schema):
            for value in way.only or ():
                kinds.setdefault(atom(value), []).append({"enum": [value]})
            for kind in way.atoms if way.only is None else ():
                if kind in ("array", "object"):
                    kinds[kind] = [{"allOf": [schema, {"atoms": (kind,)}]}]
                else:
                    kinds.setdefault(kind, []).extend({"enum": [e.value]} for e in self._scalars(way, kind))
        for turn in zip_longest(*kinds.values()):
            yield from (found for found in turn if found is not None)

    def _values(self, way: Way) -> Iterator[Json]:
        if way.only is not None:
            yield from way.only
            return
        for kind in way.atoms:
            found = self._simplest_of(way, kind)
            if found is not NOTHING:
                yield found

    def _simplest_of(self, way: Way, kind: str) -> Any:
        if kind == "array":
            return self._list(way, (), way.items.fewest)
        if kind == "object":
            return self.filled(way, {})
        return next((edge.value for edge in self._scalars(way, kind, simple=True)), NOTHING)

    def _edges(self, found: Sequence[Way]) -> Iterator[Edge]:
        for way in found:
            if way.only is not None:
                yield from (Edge((), f"the value {canonical(value)}", value) for value in way.only)
            else:
                for kind in way.atoms:
                    if kind == "array":
                        yield from self._arrays(way)
                    elif kind != "object":
                        yield from self._scalars(way, kind)
        yield from self._objects([way for way in found if way.only is None and "object" in way.atoms])

    # Scalars

    def _scalars(self, way: Way, kind: str, *, simple: bool = False) -> Iterator[Edge]:
        if kind == "null":
            candidates: Iterable[tuple[str, Json]] = [("null", None)]
        elif kind == "boolean":
            candidates = [("false", False), ("true", True)]
        elif kind == "string":
            candidates = self._strings(way, simple=simple)
        else:
            candidates = numbers(way, kind, simple=simple)
        for about, value in candidates:
            if atom(value) == kind and way.fits(value):
                yield Edge((), about, value)

    def _strings(self, way: Way, *, simple: bool) -> Iterator[tuple[str, Json]]:
        if way.text.upload:
            yield from (("a file", upload) for upload in SAMPLES)
        elif way.text.content:
            least = self.simplest(*way.text.content) if simple else NOTHING
            for edge in self.of(*way.text.content) if least is NOTHING else (Edge((), "simple", least),):
                yield f"JSON text: {edge.about}", json.dumps(edge.value, ensure_ascii=False)
        else:
            known = strings.samples(way)
            yield from (("a text", text) for text in known[:1])
            if not simple:
                shown = [text for text in known[1:] if text in way.hints or way.text.formats or way.text.not_formats]
                yield from (("a text", text) for text in shown or (known[1:4] if way.never else ()))
                yield from strings.bounds(way)

    # Arrays

    def _list(self, way: Way, start: Sequence[Json], length: int) -> Any:
        """Make an array that begins with the given items, of a length at least, or `NOTHING`."""
        found = list(start)
        for index, schemas in enumerate(way.items.first[len(found) :], len(found)):
            if index < length:
                found.append(self.simplest(*schemas))
        wanted = (self.simplest(*way.items.rest, schema) for schema in way.items.contains)
        found += [value for value in wanted if canonical(value) not in map(canonical, found)]
        known = {canonical(value) for value in found}
        length -= way.items.repeats and length > 1
        for value in self._supply(way) if len(found) < length else ():
            if not way.items.unique or canonical(value) not in known:
                known.add(canonical(value))
                found.append(value)
            if len(found) >= length:
                break
        if way.items.repeats and found and (len(known) == len(found) or len(found) <= length):
            found.append(found[-1])
        enough = length <= len(found) and (way.items.most is None or len(found) <= way.items.most)
        return found if enough and NOTHING not in found else NOTHING

    def _supply(self, way: Way) -> Iterator[Json]:
        """Yield values for items: the edges, and then, for an array whose items may be alike, the same over again."""
        ways = self._ways.of(*way.items.rest)
        values = [edge.value for edge in self.of(*way.items.rest)] or [self.simplest(*way.items.rest)]
        yield from values
        while not way.items.unique:
            yield values[0]
        for number in count(1):
            more = [value for found in ways for value in numbered(found, number) if found.fits(value)]
            yield from more
            if not more:
                return

    def _arrays(self, way: Way) -> Iterator[Edge]:
        items = way.items
        for about, length in (("fewest items", items.fewest), ("most items", items.most)):
            found = NOTHING if length is None else self._list(way, (), length)
            if found is not NOTHING:
                yield Edge((), about, found)
        for edge in () if items.first or items.most == 0 else self.of(*items.rest):
            found = self._list(way, (edge.value,), max(1, items.fewest))
            if found is not NOTHING:
                yield edge.inside(0, found)

    # Objects

    def filled(self, way: Way, given: Mapping[str, Json], *, optional: bool = False) -> Any:
        """Make an object of a way with the given properties and the required ones, or `NOTHING`.

        With `optional`, every property is there that can be. Properties are in document order.
        """
        members = way.members
        least = len(members.required | given.keys())
        room = len(members.schemas) if members.most is None else members.most - least
        wanted = members.fewest - least
        found: dict[str, Json] = {}
        for name, schemas in members.schemas.items():
            if name in given:
                found[name] = given[name]
            elif name in members.required:
                found[name] = self.simplest(*schemas)
            elif room > 0 and (optional or wanted > 0):
                value = self.simplest(*schemas)
                if value is not NOTHING:
                    found[name] = value
                    room, wanted = room - 1, wanted - 1
        found.update((name, value) for name, value in given.items() if name not in found)
        found |= self._others(way, members.fewest - len(found))
        counted = members.fewest <= len(found) and (members.most is None or len(found) <= members.most)
        return found if counted and members.required <= found.keys() and NOTHING not in found.values() else NOTHING

    def _others(self, way: Way, wanted: int) -> dict[str, Json]:
        """Return properties that are not declared, as many as wanted if there can be so many."""
        if way.members.others is None or wanted < 1:
            return {}
        return dict.fromkeys(self.names(way)[:wanted], self.simplest(*way.members.others))

    def names(self, way: Way) -> list[str]:
        """Return names for properties that are not declared, the simplest first; more of them than are needed."""
        counted = [f"key{number}" for number in range(way.members.fewest)]
        if not way.members.names:
            return [name for name in ("key", "another key", *counted) if name not in way.members.schemas]
        ways = self._ways.of(_TEXT, *way.members.names)
        known = [text for names in ways for text in strings.samples(names)]
        more = [f"{text}{number}" for number in range(way.members.fewest) for text in known[:1]]
        found = dict.fromkeys((*known, *counted, *more))
        return [name for name in found if name not in way.members.schemas and any(names.fits(name) for names in ways)]

    def _objects(self, found: Sequence[Way]) -> Iterator[Edge]:
        for way in found:
            least, all_of_it = self.filled(way, {}), self.filled(way, {}, optional=True)
            edges = [Edge((), "only what is required", least), Edge((), "all that can be given", all_of_it)]
            yield from (edge for edge in edges if edge.value is not NOTHING)
        seen: set[tuple[str, str]] = set()
        for way in found:
            for name, schemas in way.members.schemas.items():
                for edge in self.of(*schemas):
                    key = name, canonical(edge.value)
                    value = NOTHING if key in seen else self.filled(way, {name: edge.value})
                    if value is not NOTHING:
                        seen.add(key)
                        yield edge.inside(name, value)
            yield from self._undeclared(way, seen)
        absent: set[str] = set()
        for way in found:
            yield from self._absent(way, absent)

    def _absent(self, way: Way, seen: set[str]) -> Iterator[Edge]:
        """Yield everything but one optional property, for each of them that was not left out before."""
        everything = self.filled(way, {}, optional=True)
        if not isinstance(everything, dict) or len(everything) <= way.members.fewest:
            return
        for name in [name for name in everything if name not in way.members.required and name not in seen]:
            seen.add(name)
            yield Edge((name,), "absent", {key: value for key, value in everything.items() if key != name})

    def _undeclared(self, way: Way, seen: set[tuple[str, str]]) -> Iterator[Edge]:
        names = self.names(way)
        for edge in self.of(*way.members.others) if names and way.members.others is not None else ():
            key = "", canonical(edge.value)
            value = NOTHING if key in seen else self.filled(way, {names[0]: edge.value})
            if value is not NOTHING:
                seen.add(key)
                yield edge.inside(names[0], value)
