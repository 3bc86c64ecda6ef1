"""Project a marked document onto a day: the result is plain OpenAPI, as the API was on that day.

Each object is handled from the top down: members that do not exist on the day are left out, keywords that were
different get their old values, and then the members are handled in the same way. A keyword that only exists in the past
is inserted at the place of the `x-was`, so that the author controls the order of keywords, and with it that of
generated code. A container that loses its last member is left out, and so is a definition that only removed parts
referred to.

The input is never changed; the result shares all unchanged parts with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from apicontract.openapi.components import names, referred
from apicontract.openapi.editions import Editions
from apicontract.openapi.marks import (
    EDITIONS,
    INSTEAD,
    MARKS,
    SINCE,
    SUNSET,
    UNTIL,
    WAS,
    Day,
    Tokens,
    entries,
    interval,
    is_day,
)
from apicontract.openapi.objects import METHODS, OPENAPI, Field, Json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Moved: TypeAlias = "dict[Tokens, Tokens]"
"""Locations in a projection, and where in the marked document they come from; only parts that moved are listed."""

Ends: TypeAlias = "tuple[Day, str | None] | None"
"""The day of the removal, and what to use instead."""

_GONE: Any = object()
"""Marks a removed value, because a document can contain `None`."""
_DEPRECATED = tuple(kind for kind, fields in OPENAPI.items() if "deprecated" in fields)
_HOLDERS = {kind: {key: field for key, field in fields.items() if field.kind} for kind, fields in OPENAPI.items()}
"""Kind of object -> key -> field, for the keys that contain other objects."""
_ITEMS = ("path_item", "webhook")
_ALWAYS = ("paths",)
"""Maps that stay even if they are empty, because a document requires them."""


def project(document: Mapping[str, Json], day: Day, moved: Moved | None = None) -> dict[str, Json]:
    """Return the document as it was on a day; `moved` is filled with the origin of parts that moved (see `origin`)."""
    editions = Editions.of(document) if EDITIONS in document else None
    announcing = editions is not None and day >= editions.newest
    return _Projection(day, {} if moved is None else moved, announcing=announcing).document(document)


def known_on(document: Mapping[str, Json], day: Day) -> dict[str, Json]:
    """Return the document as `project` does, but with every `x-instead` and every definition, as messages need it."""
    return _Projection(day, {}, silent=False).whole(document)


def origin(tokens: Tokens, moved: Mapping[Tokens, Tokens]) -> Tokens:
    """Return the location in the marked document that a location in a projection comes from."""
    for length in range(len(tokens), 0, -1):
        if tokens[:length] in moved:
            return (*moved[tokens[:length]], *tokens[length:])
    return tokens


def restrict(document: Mapping[str, Json], *paths: str, known: set[tuple[str, str]] | None = None) -> dict[str, Json]:
    """Return the document with some of its paths only, and the definitions that they need, all with their marks.

    Projecting it takes a fraction of the time. Webhooks are left out, and references to other paths by operationId
    (links, pages) lead nowhere. `known` are the definitions that the whole document refers to.
    """
    found = {key: held for key, held in document.items() if key != "webhooks"}
    found["paths"] = {path: item for path, item in document.get("paths", {}).items() if path in paths}
    return _without(found, (referred(document) if known is None else known) - referred(found))


class _Projection:
    """One projection of one document."""

    def __init__(self, day: Day, moved: Moved, *, announcing: bool = False, silent: bool = True) -> None:
        self._day = day
        self._moved = moved
        self._announcing = announcing
        self._silent = silent
        """Whether `x-instead` is left out where nothing is deprecated."""

    def document(self, document: Mapping[str, Json]) -> dict[str, Json]:
        found = self.whole(document)
        before = referred(document)
        return _without(found, before - referred(found, always=set(names(document)) - before))

    def whole(self, document: Mapping[str, Json]) -> dict[str, Json]:
        """Project a document, without removing definitions that nothing refers to any more."""
        found: dict[str, Json] = self._object("document", document, (), ())
        found.pop(EDITIONS, None)
        return found

    def _object(self, kind: str, value: Mapping[str, Json], to: Tokens, of: Tokens, ends: Ends = None) -> Any:
        """Project an object to one location from another; `ends` is the announced removal of its parent."""
        since, until = interval(value)
        if (since and self._day < since) or (until and self._day >= until):
            return _GONE
        before, places = self._keywords(value, to, of) if value.keys() & MARKS else (value, {})
        if until and self._announcing:
            ends = (until, value.get(INSTEAD))
        found: dict[str, Json] = dict(before)
        holders = _HOLDERS[kind]
        for key, held in before.items():
            field = holders.get(key)
            if field is None:
                continue
            below = ends if kind in _ITEMS and key in METHODS else None
            kept = self._field(field, held, (*to, key), places.get(key, (*of, key)), below)
            if kept is _GONE or (not kept and held and field.member and key not in _ALWAYS):
                del found[key]
            else:
                found[key] = kept
        if kind in _ITEMS and not found.keys() & METHODS and before.keys() & METHODS:
            return _GONE
        if kind == "schema" and ("properties" in before or "oneOf" in before):
            found = self._rules(before, found, to, lambda key: places.get(key, (*of, key)))
        return self._announced(kind, found, to, (*of, UNTIL), ends)

    def _keywords(
        self, value: Mapping[str, Json], to: Tokens, of: Tokens
    ) -> tuple[Mapping[str, Json], dict[str, Tokens]]:
        """Return the keywords of an object on the day, and the origin of those that are not the current ones."""
        found = {key: held for key, held in value.items() if key not in (SINCE, UNTIL) or not is_day(held)}
        places: dict[str, Tokens] = {}
        for number, entry in enumerate(entries(value)):
            changes = entry.items() if self._day < entry["until"] else ()
            for key, held in changes:
                if key == "until":
                    continue
                self._moved[*to, key] = places[key] = (*of, WAS, str(number), key)
                if key not in found:  # inserted at the place of the x-was
                    after = list(found.items())
                    at = list(found).index(WAS)
                    found = dict([*after[:at], (key, held), *after[at:]])
                found[key] = _GONE if held is None else held
        if isinstance(found.get(WAS), list):
            del found[WAS]
        return {key: held for key, held in found.items() if held is not _GONE}, places

    def _field(self, field: Field, held: Json, to: Tokens, of: Tokens, ends: Ends) -> Any:
        """Project the value of one key: an object, several objects, or a plain value, which is unchanged."""
        if field.form == "list" and isinstance(held, list):
            return self._list(field.kind, held, to, of)
        if not isinstance(held, dict) or field.form == "list":
            return held
        if field.form != "map":
            return self._object(field.kind, held, to, of, ends)
        parts = (
            (name, self._object(field.kind, part, (*to, name), (*of, name)) if isinstance(part, dict) else part)
            for name, part in held.items()
        )
        return {name: kept for name, kept in parts if kept is not _GONE}

    def _list(self, kind: str, held: list[Json], to: Tokens, of: Tokens) -> list[Json]:
        kept: list[Json] = []
        for position, part in enumerate(held):
            there, here = (*to, str(len(kept))), (*of, str(position))
            found = self._object(kind, part, there, here) if isinstance(part, dict) else part
            if found is not _GONE:
                if len(kept) != position:
                    self._moved[there] = here
                kept.append(found)
        return kept

    def _rules(
        self, before: Mapping[str, Json], found: dict[str, Json], to: Tokens, of: Callable[[str], Tokens]
    ) -> dict[str, Json]:
        """Leave out the names of removed properties, and the discriminator values of removed branches."""
        gone = _keys(before, "properties") - _keys(found, "properties")
        if gone:
            if isinstance(names := found.get("required"), list):
                found["required"] = self._those(
                    [n not in gone for n in names], names, (*to, "required"), of("required")
                )
            if isinstance(rules := found.get("dependentRequired"), dict):
                found["dependentRequired"] = {name: held for name, held in rules.items() if name not in gone}
            if isinstance(groups := found.get("x-exclusive"), list):
                at, source = (*to, "x-exclusive"), of("x-exclusive")
                left = [[name for name in group if name not in gone] for group in groups]
                holds = [group == rest or len(rest) > 1 for group, rest in zip(groups, left, strict=True)]
                found["x-exclusive"] = self._those(holds, left, at, source)
            for key in ("required", "dependentRequired", "x-exclusive"):
                if before.get(key) and not found[key]:
                    del found[key]
        if lost := _branches(before) - _branches(found):
            discriminator = found.get("discriminator")
            if isinstance(discriminator, dict) and isinstance(mapping := discriminator.get("mapping"), dict):
                mapping = {value: target for value, target in mapping.items() if target not in lost}
                found["discriminator"] = {**discriminator, "mapping": mapping}
        return found

    def _those(self, holds: list[bool], items: list[Json], to: Tokens, of: Tokens) -> list[Json]:
        """Return the items for which `holds` is true, and note where they moved from."""
        kept: list[Json] = []
        for position, (held, item) in enumerate(zip(holds, items, strict=True)):
            if held:
                if len(kept) != position:
                    self._moved[*to, str(len(kept))] = (*of, str(position))
                kept.append(item)
        return kept

    def _announced(self, kind: str, found: dict[str, Json], to: Tokens, of: Tokens, ends: Ends) -> dict[str, Json]:
        """Add `deprecated` to something whose removal is announced; keep `x-instead` where it is deprecated."""
        instead = found.get(INSTEAD)
        if ends is not None and kind in _DEPRECATED and ("$ref" not in found or kind == "schema"):
            instead = instead or ends[1]
            found = {key: held for key, held in found.items() if key != INSTEAD} | {"deprecated": True}
            found |= {SUNSET: ends[0]} | ({INSTEAD: instead} if instead else {})
            for key in ("deprecated", SUNSET):
                self._moved[*to, key] = of
        elif INSTEAD in found and self._silent and not found.get("deprecated"):
            del found[INSTEAD]
        return found


def _without(document: dict[str, Json], lost: set[tuple[str, str]]) -> dict[str, Json]:
    """Leave out definitions, and the sections that become empty."""
    components = document.get("components")
    if not lost or not isinstance(components, dict):
        return document
    left: dict[str, Json] = {}
    for section, held in components.items():
        kept = held
        if isinstance(held, dict):
            kept = {name: value for name, value in held.items() if (section, name) not in lost}
        if kept or not held:
            left[section] = kept
    return {key: left if key == "components" else held for key, held in document.items() if key != "components" or left}


def _keys(value: Mapping[str, Json], key: str) -> set[str]:
    held = value.get(key)
    return set(held) if isinstance(held, dict) else set()


def _branches(value: Mapping[str, Json]) -> set[str]:
    """Return the references of the branches of a union."""
    held = value.get("oneOf")
    return (
        {part["$ref"] for part in held if isinstance(part, dict) and "$ref" in part}
        if isinstance(held, list)
        else set()
    )
