"""Problems of the marks of a document.

A mark without effect is a typing error that a projection would hide. To find it, the days on which each object is part
of the document are computed, as a set of bits. An object passes its days on to its members, limited by their marks; a
definition exists on the days on which something that exists refers to it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from apicontract.openapi.components import component, referred
from apicontract.openapi.marks import (
    INSTEAD,
    MARKS,
    SINCE,
    SUNSET,
    UNTIL,
    WAS,
    days,
    entries,
    holdings,
    interval,
    is_day,
)
from apicontract.openapi.objects import METHODS, OPENAPI, TITLES, Json, children
from apicontract.openapi.pointer import fragment
from apicontract.openapi.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from apicontract.openapi.editions import Editions
    from apicontract.openapi.marks import Day, Tokens

_UNIONS = ("allOf", "anyOf", "oneOf")
"""Keys with members that count as one keyword: the whole list is read at once."""


def problems(document: Mapping[str, Json], editions: Editions) -> list[Problem]:
    """Return every problem of the marks of a document, in document order.

    If the days of some marks cannot be read, only these are reported: the effect of the others depends on them.
    """
    form = _Form(document, editions)
    if form.unreadable:
        return form.problems
    return form.problems + _Effects(document, editions).problems


def readable(document: Mapping[str, Json], editions: Editions) -> bool:
    """Return whether every mark names its days, so that a projection can read them all."""
    return not _Form(document, editions).unreadable


class _Form:
    """Checks where marks are, and whether their days are valid and listed."""

    def __init__(self, document: Mapping[str, Json], editions: Editions) -> None:
        self.problems: list[Problem] = []
        self.unreadable = False
        self._listed = editions.changes if editions.editions else None
        self._object("document", document, (), member=False)
        named = set(days(document))
        for day in self._listed or ():
            if day not in named:
                fix = "mark what changed on it, or remove it from the days"
                self._report(("x-editions", "days", day), f"no mark names {day}", fix)

    def _report(self, tokens: Tokens, message: str, fix: str) -> None:
        self.problems.append(Problem(fragment(tokens), message, fix))

    def _object(self, kind: str, value: Json, tokens: Tokens, *, member: bool) -> None:
        if not isinstance(value, dict):
            return
        for mark in (SINCE, UNTIL):
            if mark in value:
                self._day((*tokens, mark), value[mark])
                if not member:
                    self._misplaced(kind, tokens, mark)
        if SUNSET in value:
            self._report((*tokens, SUNSET), f"{SUNSET} is what a projection writes", f"write {UNTIL} with that day")
        if INSTEAD in value and UNTIL not in value and not _ever_deprecated(value):
            fix = f"add {UNTIL} or deprecated, or remove it"
            self._report((*tokens, INSTEAD), f"{INSTEAD} is beside neither {UNTIL} nor deprecated", fix)
        if WAS in value:
            self._entries(kind, value[WAS], (*tokens, WAS))
        for below, inner, held in children(kind, value):
            field = OPENAPI[kind][below[0]]
            self._object(inner, held, (*tokens, *below), member=field.member)

    def _misplaced(self, kind: str, tokens: Tokens, mark: str) -> None:
        if len(tokens) == 3 and tokens[0] == "components":
            message = f"{mark} is on a definition, which exists while something refers to it"
            self._report((*tokens, mark), message, "mark what refers to it")
        else:
            message = f"{mark} is on this {TITLES[kind]}, which cannot be marked"
            self._report((*tokens, mark), message, f"mark its parent, or write {WAS}")

    def _day(self, tokens: Tokens, day: Json) -> None:
        if not is_day(day):
            self.unreadable = True
            self._report(tokens, f"{day!r} is not a day", "write it as 2026-04-02, without quotes")
        elif self._listed is not None and day not in self._listed:
            message = f"{day} is not among the days of editions.yaml"
            self._report(tokens, message, "correct it, or list it there with its source")

    def _entries(self, kind: str, listed: Json, tokens: Tokens) -> None:
        if not isinstance(listed, list) or not listed:
            self.unreadable = True
            self._report(tokens, f"{WAS} is not a list of entries", "write [{until: DAY, keyword: value}]")
            return
        newer: Day | None = None
        for number, entry in enumerate(listed):
            at = (*tokens, str(number))
            if not isinstance(entry, dict) or "until" not in entry:
                self.unreadable = True
                self._report(at, "the entry has no `until`", "write {until: DAY, keyword: value}")
                continue
            day = entry["until"]
            self._day((*at, "until"), day)
            if len(entry) == 1:
                self._report(at, "the entry changes nothing", "name a keyword and the value that it had, or remove it")
            if is_day(day) and newer is not None and day >= newer:
                message = f"the entry of {day} follows that of {newer}"
                self._report((*at, "until"), message, "write the newest change first, and one entry for each day")
            newer = day if is_day(day) else newer
            self._keywords(kind, entry, at)

    def _keywords(self, kind: str, entry: Mapping[str, Json], tokens: Tokens) -> None:
        for key in entry:
            field = OPENAPI[kind].get(key)
            if key in (*MARKS, INSTEAD, SUNSET):
                self._report((*tokens, key), f"{key} is inside an entry of {WAS}", "mark the object itself")
            elif field is not None and field.member and key not in _UNIONS:
                message = f"{key!r} is inside an entry of {WAS}, and can be marked itself"
                self._report((*tokens, key), message, f"write {SINCE} or {UNTIL} at what came or went")
        for below, inner, held in children(kind, entry):
            self._unmarked(inner, held, (*tokens, *below))

    def _unmarked(self, kind: str, value: Json, tokens: Tokens) -> None:
        """Report every mark inside an entry."""
        if isinstance(value, dict):
            for key in (*MARKS, INSTEAD, SUNSET):
                if key in value:
                    fix = "move it to a definition and refer to that, or write one entry for each day"
                    self._report((*tokens, key), f"{key} is inside an entry of {WAS}", fix)
            for below, inner, held in children(kind, value):
                self._unmarked(inner, held, (*tokens, *below))


class _Effects:
    """Finds marks that change nothing on any day."""

    def __init__(self, document: Mapping[str, Json], editions: Editions) -> None:
        self.problems: list[Problem] = []
        self._document = document
        first = editions.first
        self._days = sorted({first, *(day for day in (*editions.changes, *days(document)) if day > first)})
        self._spans: dict[tuple[Day | None, Day | None], int] = {}
        self._ever = self._between(None, None)
        lives = self._lives()
        self._object("document", {k: v for k, v in document.items() if k != "components"}, (), self._ever)
        for section, name, kind, value in _definitions(document):
            self._object(kind, value, ("components", section, name), lives[section, name])

    def _between(self, since: Day | None, until: Day | None) -> int:
        """Return the days from one day on and before another."""
        if (since, until) not in self._spans:
            self._spans[since, until] = sum(
                1 << n
                for n, day in enumerate(self._days)
                if (since is None or day >= since) and (until is None or day < until)
            )
        return self._spans[since, until]

    def _lives(self) -> dict[tuple[str, str], int]:
        """Return the days on which each definition exists: always, or while something that exists refers to it."""
        definitions = {(section, name): (kind, value) for section, name, kind, value in _definitions(self._document)}
        somewhere = referred(self._document)
        found = {target: 0 if target in somewhere else self._ever for target in definitions}
        root = {key: held for key, held in self._document.items() if key != "components"}
        waiting: list[tuple[str, Json, int]] = [("document", root, self._ever)]
        waiting += [(*definitions[target], life) for target, life in found.items() if life]
        while waiting:
            for target, life in self._references(waiting):
                new = life & ~found.get(target, self._ever)
                if new:
                    found[target] |= new
                    waiting.append((*definitions[target], new))
        return found

    def _references(self, waiting: list[tuple[str, Json, int]]) -> Iterator[tuple[tuple[str, str], int]]:
        """Take one object from the queue, add its members, and yield the definitions that it refers to."""
        kind, value, life = waiting.pop()
        if not isinstance(value, dict):
            return
        life &= self._between(*interval(value))
        for held in holdings(value):
            alive = life & self._between(held.since, held.until)
            if not alive:
                continue
            if held.key == "$ref":
                if target := component(held.value):
                    yield target, alive
            else:
                waiting += [(inner, below, alive) for _, inner, below in children(kind, {held.key: held.value})]

    def _object(self, kind: str, value: Json, tokens: Tokens, life: int) -> None:
        """Check the marks of an object and of its members; `life` are the days of its parent."""
        if not isinstance(value, dict):
            return
        since, until = interval(value)
        own = life & self._between(since, until)
        if life and not own:
            ends_first = since and until and since >= until
            message = f"it exists from {since}, and no longer from {until}" if ends_first else None
            message = message or f"its parent exists {self._span(life)}"
            self._report(tokens, f"this {TITLES[kind]} never exists: {message}", "correct the days, or remove it")
            return
        for mark, outside in ((SINCE, self._between(None, since)), (UNTIL, self._between(until, None))):
            if mark in value and life and not life & outside:
                message = f"{mark} has no effect: the parent of this {TITLES[kind]} exists {self._span(life)}"
                self._report((*tokens, mark), message, "remove it, or correct the day")
        if WAS in value and own:
            self._entries(value, tokens, own)
        if INSTEAD in value:
            self._instead(value, tokens)
        for held in holdings(value):
            alive = own & self._between(held.since, held.until)
            for below, inner, part in children(kind, {held.key: held.value}):
                self._object(inner, part, (*tokens, *held.tokens, *below[1:]), alive)

    def _entries(self, value: Mapping[str, Json], tokens: Tokens, life: int) -> None:
        rest = {key: held for key, held in value.items() if key not in MARKS}
        listed = entries(value)
        for number, entry in enumerate(listed):
            at, day = (*tokens, WAS, str(number)), entry["until"]
            if not life & self._between(None, day):
                self._report(at, f"the entry has no effect: this exists {self._span(life)}", "remove it")
            elif not life & self._between(day, None):
                message = f"nothing follows the entry: this exists {self._span(life)}"
                self._report(at, message, "write its keywords directly")
            for key, held in entry.items():
                if key == "until":
                    continue
                older = next((other["until"] for other in listed[number + 1 :] if key in other), None)
                if held is None and key not in rest:
                    self._report((*at, key), f"{key!r} is removed and does not exist", "remove it from the entry")
                elif key in rest and _same(rest[key], held):
                    self._report((*at, key), f"{key!r} has this value already", "remove it from the entry")
                elif older is not None and not life & self._between(older, day):
                    message = f"{key!r} has no effect: this does not exist from {older} until {day}"
                    self._report((*at, key), message, "remove it from the entry")
                rest[key] = held
                if held is None:
                    del rest[key]

    def _instead(self, value: Mapping[str, Json], tokens: Tokens) -> None:
        """Report an `x-instead` that names neither an operation nor a sibling."""
        name = value[INSTEAD]
        known = [*_operations(self._document), *_siblings(self._document, tokens)]
        if name not in known and not (len(tokens) == 3 and tokens[0] == "components"):  # a definition has no siblings
            message = f"{name!r} is neither an operation nor beside this"
            self._report((*tokens, INSTEAD), message, "write an operationId, or the name of a sibling")

    def _span(self, life: int) -> str:
        """Describe a set of days in words."""
        alive = [n for n in range(len(self._days)) if life >> n & 1]
        since = f"from {self._days[alive[0]]}" if alive[0] else ""
        until = f"until {self._days[alive[-1] + 1]}" if alive[-1] + 1 < len(self._days) else ""
        return " ".join(filter(None, (since, until))) or "on every day"

    def _report(self, tokens: Tokens, message: str, fix: str) -> None:
        self.problems.append(Problem(fragment(tokens), message, fix))


def _definitions(document: Mapping[str, Json]) -> Iterator[tuple[str, str, str, Json]]:
    """Yield every definition: section, name, kind, value."""
    for (section, *name), kind, value in children("components", document.get("components") or {}):
        if name:
            yield section, name[0], kind, value


def _same(one: Json, other: Json) -> bool:
    """Return whether two values are the same JSON text: true is not 1, and the order of keys counts."""
    return json.dumps(one) == json.dumps(other)


def _ever_deprecated(value: Mapping[str, Json]) -> bool:
    return any(held.get("deprecated") is True for held in (value, *entries(value)))


def _operations(document: Mapping[str, Json]) -> Iterator[str]:
    """Yield every operationId of any day."""
    for item in (document.get("paths") or {}).values():
        for method in METHODS:
            operation = item.get(method) if isinstance(item, dict) else None
            for held in (operation, *entries(operation)) if isinstance(operation, dict) else ():
                if "operationId" in held:
                    yield held["operationId"]


def _siblings(document: Mapping[str, Json], tokens: Tokens) -> Iterator[str]:
    """Yield the names of the siblings of an object: of properties their keys, of parameters their names."""
    around: Json = document
    for token in tokens[:-1]:
        around = around[int(token)] if isinstance(around, list) else around[token]
    if isinstance(around, dict):
        yield from around
    else:
        for item in around:
            if target := component(item.get("$ref")):
                item = document["components"].get(target[0], {}).get(target[1], {})  # noqa: PLW2901 - what it means
            if "name" in item:
                yield item["name"]
