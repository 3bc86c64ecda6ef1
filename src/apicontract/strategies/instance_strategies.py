"""Turn schemas into Hypothesis strategies; each schema is built once and shrinks to its simplest value.

Each draw costs microseconds, and a case has dozens of them, so draws are combined if nothing is lost: up to three
optional properties are decided by one number below eight, which Hypothesis tries exhaustively when it shrinks.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import permutations, product, takewhile
from typing import TypeAlias

from hypothesis import strategies as st

from apicontract.openapi.document import Json
from apicontract.strategies import numbers, strings
from apicontract.strategies.filtering import filtered
from apicontract.strategies.uploads import small_uploads
from apicontract.values.alternatives import Alternative, Alternatives
from apicontract.values.boundaries import NOTHING, Boundaries, canonical
from apicontract.values.constraints import ArrayConstraints, Schema, Schemas
from apicontract.values.formats import written
from apicontract.values.numbers import EXACT
from apicontract.values.strings import WORDS

Strategy: TypeAlias = st.SearchStrategy[Json]

DEPTH = 2
"""How often a recursive schema is entered before its simplest value ends the recursion."""
_MORE_ITEMS = 4
_FEW_ARRAYS = 500
_OPTIONS_IN_ONE_DRAW = 3


class InstanceStrategies:
    """The strategies of the schemas of one document."""

    def __init__(self, alternatives: Alternatives, boundaries: Boundaries) -> None:
        """Take the alternatives of the schemas, and their simplest values."""
        self._alternatives = alternatives
        self._boundaries = boundaries
        self._built: dict[tuple[int, ...], tuple[Schemas, Strategy]] = {}
        self._entered: Counter[tuple[int, ...]] = Counter()
        self._cuts = 0

    def of(self, *schemas: Schema) -> Strategy:
        """Return the strategy for values that satisfy all of the schemas; an empty strategy if there are none."""
        if not schemas:
            return _ANYTHING
        key = tuple(map(id, schemas))
        if key in self._built:
            return self._built[key][1]
        if self._entered[key] >= DEPTH:
            self._cuts += 1
            simplest = self._boundaries.simplest(*schemas)
            return st.nothing() if simplest is NOTHING else st.builds(deepcopy, st.just(simplest))
        self._entered[key] += 1
        cuts = self._cuts
        try:
            built = self._strategy(self._alternatives.of(*schemas))
        finally:
            self._entered[key] -= 1
        if cuts == self._cuts or not +self._entered:  # incomplete within a recursive schema, so not cached
            self._built[key] = schemas, built
        return built

    def _strategy(self, alternatives: Sequence[Alternative]) -> Strategy:
        scalars = [found for alternative in alternatives for found in self._scalars(alternative)]
        objects = _Alternatives(
            self._fields(alternative)
            for alternative in alternatives
            if alternative.only is None and "object" in alternative.kinds
        )
        options = [*scalars, *([_objects(objects)] if objects else [])]
        return options[0] if len(options) == 1 else st.one_of(options)

    def _scalars(self, alternative: Alternative) -> list[Strategy]:
        """Return the strategies for values that are not objects."""
        if alternative.only is not None:
            listed = st.sampled_from(alternative.only)
            return [listed.map(deepcopy) if any(isinstance(v, list | dict) for v in alternative.only) else listed]
        found = []
        for kind in alternative.kinds:
            match kind:
                case "string":
                    found.append(self._texts(alternative))
                case "integer":
                    found.append(numbers.integers(alternative))
                case "fraction":
                    found.append(numbers.floats(alternative))
                case "boolean":
                    found.append(st.booleans())
                case "array":
                    found.append(self._arrays(alternative))
                case "null":
                    found.append(st.none())
        return [filtered(strategy, alternative.fits) for strategy in found] if alternative.never else found

    def _texts(self, alternative: Alternative) -> Strategy:
        if alternative.string.upload:
            return small_uploads()
        if alternative.string.content:
            made: Strategy = self.of(*alternative.string.content).map(
                lambda value: written(json.dumps(value, ensure_ascii=False), in_base64=alternative.string.in_base64)
            )
            return (
                filtered(made, alternative.fits)
                if alternative.string.longest is not None or not alternative.string.free
                else made
            )
        return strings.strategy(alternative)

    def _arrays(self, alternative: Alternative) -> Strategy:
        items, rest = alternative.array, self.of(*alternative.array.rest)
        unique = canonical if items.unique else None
        demands = len(items.contains) + items.repeats
        begin = list(takewhile(lambda made: not made.is_empty, (self.of(*schemas) for schemas in items.first)))
        if len(begin) < len(items.first):
            items = replace(items, most=min(len(begin), len(begin) if items.most is None else items.most))
        if not items.first and not demands:
            most = items.fewest + _MORE_ITEMS if items.most is None else items.most
            if (listed := self._listed(items, most)) is not None:
                return st.sampled_from(listed).map(list)
            if items.fewest > _LONGEST and unique is None:  # more than Hypothesis can draw one by one
                return rest.map(lambda item: [item] * items.fewest)
            return st.lists(rest, min_size=items.fewest, max_size=most, unique_by=unique)
        wanted = [self.of(*items.rest, schema) for schema in items.contains]
        made = _arrays(items.fewest, items.most, begin, rest, wanted, items.repeats)
        return filtered(made, lambda value: len(value) == len(set(map(canonical, value)))) if items.unique else made

    def _listed(self, items: ArrayConstraints, most: int) -> list[tuple[Json, ...]] | None:
        """Return every array, the shortest first, if items have only a few values: one draw instead of many."""
        alternatives = self._alternatives.of(*items.rest)
        if not alternatives or any(alternative.only is None for alternative in alternatives):
            return None
        values = list(
            {canonical(value): value for alternative in alternatives for value in alternative.only or ()}.values()
        )
        found: list[tuple[Json, ...]] = []
        for length in range(items.fewest, min(most, len(values) if items.unique else most) + 1):
            if len(values) ** length > _FEW_ARRAYS:
                return None
            found += permutations(values, length) if items.unique else product(values, repeat=length)
        return found if 0 < len(found) <= _FEW_ARRAYS else None

    def _fields(self, alternative: Alternative) -> _Fields:
        """Return how to fill an object of an alternative."""
        members = alternative.object
        possible = {name: found for name, found in members.schemas.items() if self._alternatives.possible(*found)}
        names = [name for name in possible if name not in members.required]
        others = None if members.others is None else self.of(*members.others)
        key: Strategy | None = None
        known: list[str] = []
        if others is not None and not others.is_empty:
            known = self._boundaries.names(alternative)
            usual = [st.sampled_from(known)] if known else []
            key = self.of(_TEXT, *members.names) if members.names else st.one_of(*usual, _KEYS)
            key = key if members.free else filtered(key, members.is_other)
        return _Fields(
            fields=tuple(
                (name, self.of(*found), names.index(name) if name in names else None)
                for name, found in possible.items()
            ),
            options=len(names) + (key is not None),
            key=key,
            known=tuple(known),
            other=others,
            fewest=members.fewest,
            most=members.most,
            several=not possible,
        )


_TEXT = {"type": "string"}
_LONGEST = 1000
"""The number of required items above which an array repeats one, because Hypothesis draws items one by one."""
_KEYS = st.text(min_size=1, max_size=10)
_COUNTS = st.integers(0, 3)
_SCALARS: Strategy = st.one_of(
    st.sampled_from(WORDS),
    st.integers(-EXACT, EXACT),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.none(),
)
_ANYTHING: Strategy = st.one_of(
    _SCALARS, st.lists(_SCALARS, max_size=3), st.dictionaries(_KEYS, st.lists(_SCALARS, max_size=2), max_size=2)
)
"""Any JSON value with little depth, for values that are not described."""


@dataclass(frozen=True, slots=True)
class _Fields:
    """How to fill an object: its properties, each with the number of its option unless it is required."""

    fields: tuple[tuple[str, Strategy, int | None], ...]
    options: int
    key: Strategy | None
    """Names of undeclared properties; their presence is the last option."""
    known: tuple[str, ...]
    """Some such names, more than are needed."""
    other: Strategy | None
    fewest: int
    most: int | None
    several: bool
    """Whether there are only undeclared properties: a map."""


class _Alternatives(list[_Fields]):
    """How to fill an object in each of its alternatives."""

    def __repr__(self) -> str:
        """Show the names of properties only: the strategies of all of them would fill pages."""
        return f"<{', '.join(name for name, _, _ in self[0].fields)}>"


_CHOICES = tuple(st.integers(0, 2**count - 1) for count in range(_OPTIONS_IN_ONE_DRAW + 1))


@st.composite
def _objects(draw: st.DrawFn, alternatives: _Alternatives) -> dict[str, Json]:
    """Draw an alternative and fill it; zero is the simplest for every choice."""
    fields = alternatives[draw(st.integers(0, len(alternatives) - 1))] if len(alternatives) > 1 else alternatives[0]
    chosen = 0
    for start in range(0, fields.options, _OPTIONS_IN_ONE_DRAW):
        chosen |= draw(_CHOICES[min(_OPTIONS_IN_ONE_DRAW, fields.options - start)]) << start
    if fields.fewest or fields.most is not None:
        chosen = _counted(fields, chosen)
    found = {}
    for name, strategy, option in fields.fields:
        if option is None or chosen >> option & 1:
            found[name] = draw(strategy)
    if fields.key is not None and fields.other is not None and chosen >> (fields.options - 1) & 1:
        wanted = max(fields.fewest - len(found), draw(_COUNTS) if fields.several else 1)
        room = wanted if fields.most is None else fields.most - len(found)
        for _ in range(min(room, wanted)):
            name = draw(fields.key)
            if name not in found:
                found[name] = draw(fields.other)
        for name in fields.known:
            if len(found) < fields.fewest and name not in found:
                found[name] = draw(fields.other)
    return found


def _counted(fields: _Fields, chosen: int) -> int:
    """Choose more or fewer options until the number of properties is valid; the first ones are kept."""
    given = len([None for _, _, option in fields.fields if option is None])
    for option in range(fields.options):
        if given + chosen.bit_count() < fields.fewest:
            chosen |= 1 << option
    for option in reversed(range(fields.options)):
        if fields.most is not None and given + chosen.bit_count() > fields.most:
            chosen &= ~(1 << option)
    return chosen


@st.composite
def _arrays(
    draw: st.DrawFn,
    fewest: int,
    most: int | None,
    begin: Sequence[Strategy],
    rest: Strategy,
    wanted: Sequence[Strategy],
    repeats: bool,
) -> list[Json]:
    """Draw an array with the given first items, with required items, and with a repeated item if needed."""
    begin = begin[:most]
    if fewest < len(begin) and not wanted and not repeats:
        count = draw(st.integers(fewest, len(begin)))
        if count < len(begin):
            return [draw(strategy) for strategy in begin[:count]]
    found = [draw(strategy) for strategy in (*begin, *wanted)]
    missing = max(0, fewest - repeats - len(found))
    room = _MORE_ITEMS if most is None else most - repeats - len(found)
    if not (repeats and found):
        missing = max(missing, int(repeats))
    if room >= missing:
        found += draw(st.lists(rest, min_size=missing, max_size=max(missing, min(room, missing + 2))))
    if repeats:
        found.append(found[0])
    return found
