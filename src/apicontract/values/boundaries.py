"""The simplest value of a schema, and the values that lie exactly on its bounds.

The order is fixed, so the same document yields the same list.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, zip_longest
from typing import Any, Final

from apicontract.openapi.document import Json
from apicontract.values import strings
from apicontract.values.alternatives import Alternative, Alternatives
from apicontract.values.constraints import ArrayConstraints, Schema, Schemas, kind_of
from apicontract.values.formats import written
from apicontract.values.numbers import numbered, numbers
from apicontract.values.recursion import Entered
from apicontract.values.uploads import SAMPLES

Path = tuple[str | int, ...]


class _Nothing:
    """The type of `NOTHING`, which stands for "there is no such value"."""


NOTHING: Final = _Nothing()
_TEXT: Final = {"type": "string"}


@dataclass(frozen=True, slots=True)
class Boundary:
    """A value on a bound, with the location of the bound in the value, and its name."""

    path: Path
    about: str
    value: Json

    def inside(self, step: str | int, value: Json) -> Boundary:
        """Return the same boundary in a larger value."""
        return replace(self, path=(step, *self.path), value=value)


def canonical(value: object) -> str:
    """Serialise a value so that equal strings mean equal values; 1 and 1.0 are different."""
    return json.dumps(value, ensure_ascii=False, default=repr)


def distinct(boundaries: Iterable[Boundary]) -> Iterator[Boundary]:
    """Leave out boundaries whose value came before."""
    seen: set[str] = set()
    for boundary in boundaries:
        key = canonical(boundary.value)
        if key not in seen:
            seen.add(key)
            yield boundary


class Boundaries:
    """The simplest values and the boundaries of the schemas of one document."""

    def __init__(self, alternatives: Alternatives) -> None:
        """Take the alternatives of the schemas."""
        self._alternatives = alternatives
        self._found: dict[tuple[int, ...], tuple[Schemas, tuple[Boundary, ...]]] = alternatives.kept.new()
        self._simplest: dict[tuple[int, ...], tuple[Schemas, Any]] = alternatives.kept.new()
        self._entered = Entered()

    def simplest(self, *schemas: Schema) -> Any:
        """Return the simplest value that satisfies all of the schemas, or `NOTHING`."""
        key = tuple(map(id, schemas))
        if key not in self._simplest:
            self._simplest[key] = schemas, next(self.each(*schemas), NOTHING)
        return self._simplest[key][1]

    def each(self, *schemas: Schema) -> Iterator[Json]:
        """Yield the simplest value for each way to satisfy all of the schemas, as they are found."""
        for alternative in self._alternatives.each(*schemas):
            yield from self._values(alternative)

    def of(self, *schemas: Schema) -> tuple[Boundary, ...]:
        """Return the boundaries of the joined schemas; each value once."""
        key = tuple(map(id, schemas))
        if key in self._found:
            return self._found[key][1]
        if self._entered.cut(key):
            return ()  # the bounds of a recursive schema are already listed
        with self._entered.watched() as watched, self._entered.entering(key):
            found = tuple(distinct(self._boundaries(self._alternatives.of(*schemas))))
        if watched.whole:
            self._found[key] = schemas, found
        return found

    def variants(self, schema: Schema) -> Iterator[Schema]:
        """Yield narrower schemas: one for each boundary of the scalars, one for arrays, and one for objects.

        The kinds of value take turns, so the first few have every kind; null comes first, because callers pass it
        when they have no value.
        """
        kinds: dict[str, list[Schema]] = {"null": []}
        for alternative in self._alternatives.of(schema):
            for value in alternative.only or ():
                kinds.setdefault(kind_of(value), []).append({"enum": [value]})
            for kind in alternative.kinds if alternative.only is None else ():
                if kind in ("array", "object"):
                    kinds[kind] = [{"allOf": [schema, {"kinds": (kind,)}]}]
                else:
                    kinds.setdefault(kind, []).extend({"enum": [e.value]} for e in self._scalars(alternative, kind))
        for turn in zip_longest(*kinds.values()):
            yield from (found for found in turn if found is not None)

    def _values(self, alternative: Alternative) -> Iterator[Json]:
        if alternative.only is not None:
            yield from alternative.only
            return
        for kind in alternative.kinds:
            found = self._simplest_of(alternative, kind)
            if found is not NOTHING:
                yield found

    def _simplest_of(self, alternative: Alternative, kind: str) -> Any:
        if kind == "array":
            return self._list(alternative, (), alternative.array.fewest)
        if kind == "object":
            return self.filled(alternative, {})
        return next((boundary.value for boundary in self._scalars(alternative, kind, simple=True)), NOTHING)

    def _boundaries(self, found: Sequence[Alternative]) -> Iterator[Boundary]:
        for alternative in found:
            if alternative.only is not None:
                yield from (Boundary((), f"the value {canonical(value)}", value) for value in alternative.only)
            else:
                for kind in alternative.kinds:
                    if kind == "array":
                        yield from self._arrays(alternative)
                    elif kind != "object":
                        yield from self._scalars(alternative, kind)
        yield from self._objects(
            [alternative for alternative in found if alternative.only is None and "object" in alternative.kinds]
        )

    # Scalars

    def _scalars(self, alternative: Alternative, kind: str, *, simple: bool = False) -> Iterator[Boundary]:
        if kind == "null":
            candidates: Iterable[tuple[str, Json]] = [("null", None)]
        elif kind == "boolean":
            candidates = [("false", False), ("true", True)]
        elif kind == "string":
            candidates = self._strings(alternative, simple=simple)
        else:
            candidates = numbers(alternative, kind, simple=simple)
        for about, value in candidates:
            if kind_of(value) == kind and alternative.fits(value):
                yield Boundary((), about, value)

    def _strings(self, alternative: Alternative, *, simple: bool) -> Iterator[tuple[str, Json]]:
        if alternative.string.upload:
            yield from (("a file", upload) for upload in SAMPLES)
        elif alternative.string.content:
            least = self.simplest(*alternative.string.content) if simple else NOTHING
            for boundary in (
                self.of(*alternative.string.content) if least is NOTHING else (Boundary((), "simple", least),)
            ):
                text = json.dumps(boundary.value, ensure_ascii=False)
                yield f"JSON text: {boundary.about}", written(text, in_base64=alternative.string.in_base64)
        else:
            known = strings.samples(alternative)
            yield from (("a text", text) for text in known[:1])
            if not simple:
                shown = [
                    text
                    for text in known[1:]
                    if text in alternative.examples or alternative.string.formats or alternative.string.not_formats
                ]
                missed = alternative.never or alternative.string.not_patterns
                yield from (("a text", text) for text in shown or (known[1:4] if missed else ()))
                yield from strings.bounds(alternative)

    # Arrays

    def _list(self, alternative: Alternative, start: Sequence[Json], length: int) -> Any:
        """Return an array that begins with the given items and has a minimum length, or `NOTHING`."""
        items, found = alternative.array, list(start)
        for schemas in items.first[len(found) : length]:
            found.append(self._other(schemas, found) if items.unique else self.simplest(*schemas))
        found += self._wanted(items, found)
        known = {canonical(value) for value in found}
        length -= items.repeats and length > 1
        for value in self._supply(items.rest, unique=items.unique) if len(found) < length else ():
            if not items.unique or canonical(value) not in known:
                known.add(canonical(value))
                found.append(value)
            if len(found) >= length:
                break
        if items.repeats and found and (len(known) == len(found) or len(found) <= length):
            found.append(found[-1])
        enough = length <= len(found) and (items.most is None or len(found) <= items.most)
        return found if enough and NOTHING not in found else NOTHING

    def _other(self, schemas: Schemas, given: Sequence[Json]) -> Any:
        """Return a value that differs from those that are given, or `NOTHING`."""
        known = {canonical(value) for value in given}
        return next((value for value in self._supply(schemas, unique=True) if canonical(value) not in known), NOTHING)

    def _wanted(self, items: ArrayConstraints, given: Sequence[Json]) -> list[Json]:
        """Return an item for each schema of `contains` that has none among those that are given."""
        free = [canonical(item) for at, item in enumerate(given) if at not in items.placed]
        found: list[Json] = []
        for schema in items.contains:
            schemas = *items.rest, schema
            value = self.simplest(*schemas)
            likely = map(canonical, (value, *(boundary.value for boundary in self.of(*schemas))))
            counted = next((key for key in likely if key in free), None)
            if counted is not None:
                free.remove(counted)  # an item counts for one of them
            else:
                found.append(self._other(schemas, (*given, *found)) if items.unique else value)
        return found

    def _supply(self, schemas: Schemas, *, unique: bool) -> Iterator[Json]:
        """Yield values for items: the boundaries, and then, if items may be equal, the same again."""
        alternatives = self._alternatives.of(*schemas)
        values = [boundary.value for boundary in self.of(*schemas)] or [self.simplest(*schemas)]
        yield from values
        while not unique:
            yield values[0]
        for number in count(1):
            more = [value for found in alternatives for value in numbered(found, number) if found.fits(value)]
            yield from more
            if not more:
                return

    def _arrays(self, alternative: Alternative) -> Iterator[Boundary]:
        items = alternative.array
        for about, length in (("fewest items", items.fewest), ("most items", items.most)):
            found = NOTHING if length is None else self._list(alternative, (), length)
            if found is not NOTHING:
                yield Boundary((), about, found)
        for boundary in () if items.first or items.most == 0 else self.of(*items.rest):
            found = self._list(alternative, (boundary.value,), max(1, items.fewest))
            if found is not NOTHING:
                yield boundary.inside(0, found)

    # Objects

    def filled(self, alternative: Alternative, given: Mapping[str, Json], *, optional: bool = False) -> Any:
        """Return an object with the given and the required properties of an alternative, or `NOTHING`.

        With `optional`, it has every possible property. Properties are in document order.
        """
        members = alternative.object
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
        found |= self._others(alternative, members.fewest - len(found))
        counted = members.fewest <= len(found) and (members.most is None or len(found) <= members.most)
        return found if counted and members.required <= found.keys() and NOTHING not in found.values() else NOTHING

    def _others(self, alternative: Alternative, wanted: int) -> dict[str, Json]:
        """Return undeclared properties, as many as wanted if possible."""
        if alternative.object.others is None or wanted < 1:
            return {}
        return dict.fromkeys(self.names(alternative)[:wanted], self.simplest(*alternative.object.others))

    def names(self, alternative: Alternative) -> list[str]:
        """Return names for undeclared properties, the simplest first; more than are needed."""
        counted = [f"key{number}" for number in range(alternative.object.fewest)]
        if not alternative.object.names:
            more = [f"unknown{number}" for number in range(alternative.object.fewest)]
            usual = filter(alternative.object.is_other, ("key", "another key", *counted))
            return [*usual] or [*filter(alternative.object.is_other, ("unknown", *more))]
        alternatives = self._alternatives.of(_TEXT, *alternative.object.names)
        known = [text for names in alternatives for text in strings.samples(names)]
        more = [f"{text}{number}" for number in range(alternative.object.fewest) for text in known[:1]]
        found = dict.fromkeys((*known, *counted, *more))
        return [
            name
            for name in found
            if alternative.object.is_other(name) and any(names.fits(name) for names in alternatives)
        ]

    def _objects(self, found: Sequence[Alternative]) -> Iterator[Boundary]:
        for alternative in found:
            least, all_of_it = self.filled(alternative, {}), self.filled(alternative, {}, optional=True)
            boundaries = [
                Boundary((), "only what is required", least),
                Boundary((), "all that can be given", all_of_it),
            ]
            yield from (boundary for boundary in boundaries if boundary.value is not NOTHING)
        seen: set[tuple[str, str]] = set()
        for alternative in found:
            for name, schemas in alternative.object.schemas.items():
                for boundary in self.of(*schemas):
                    key = name, canonical(boundary.value)
                    value = NOTHING if key in seen else self.filled(alternative, {name: boundary.value})
                    if value is not NOTHING:
                        seen.add(key)
                        yield boundary.inside(name, value)
            yield from self._undeclared(alternative, seen)
        absent: set[str] = set()
        for alternative in found:
            yield from self._absent(alternative, absent)

    def _absent(self, alternative: Alternative, seen: set[str]) -> Iterator[Boundary]:
        """Yield objects with all but one optional property, for each one that was not left out before."""
        everything = self.filled(alternative, {}, optional=True)
        if not isinstance(everything, dict) or len(everything) <= alternative.object.fewest:
            return
        for name in [name for name in everything if name not in alternative.object.required and name not in seen]:
            seen.add(name)
            yield Boundary((name,), "absent", {key: value for key, value in everything.items() if key != name})

    def _undeclared(self, alternative: Alternative, seen: set[tuple[str, str]]) -> Iterator[Boundary]:
        names = self.names(alternative)
        for boundary in self.of(*alternative.object.others) if names and alternative.object.others is not None else ():
            key = "", canonical(boundary.value)
            value = NOTHING if key in seen else self.filled(alternative, {names[0]: boundary.value})
            if value is not NOTHING:
                seen.add(key)
                yield boundary.inside(names[0], value)
