"""Problems of marks, with their exact messages; and the laws by which a mark without effect is found."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given

from apicontract.openapi.editions import Editions
from apicontract.openapi.mark_problems import problems, readable
from apicontract.openapi.pointer import split
from apicontract.openapi.problems import Problem
from apicontract.openapi.projection import project
from tests.openapi.documents import AT, EDITIONS, FIRST, LAST, MARCH, MAY, NEXT, bodied, document, operation, said
from tests.openapi.strategies import DAYS, documents

A = {"$ref": "#/components/schemas/A"}

WRONG: dict[str, tuple[dict[str, Any], list[str]]] = {
    "not a day": (
        bodied({"properties": {"a": {"x-since": "soon", "x-until": 20260301}}}),
        [
            f"{AT}/properties/a/x-since: 'soon' is not a day; write it as 2026-04-02, without quotes",
            f"{AT}/properties/a/x-until: 20260301 is not a day; write it as 2026-04-02, without quotes",
        ],
    ),
    "no such day": (
        bodied({"properties": {"a": {"x-since": "2026-02-30"}}}),
        [f"{AT}/properties/a/x-since: '2026-02-30' is not a day; write it as 2026-04-02, without quotes"],
    ),
    "not listed": (
        bodied({"properties": {"a": {"x-since": "2026-03-02"}}}),
        [
            f"{AT}/properties/a/x-since: 2026-03-02 is not among the days of editions.yaml; "
            "correct it, or list it there with its source"
        ],
    ),
    "since not before until": (
        bodied({"properties": {"a": {"x-since": MAY, "x-until": MARCH}}}),
        [
            f"{AT}/properties/a: this schema never exists: it exists from {MAY}, and no longer from {MARCH}; "
            "correct the days, or remove it"
        ],
    ),
    "at a definition": (
        bodied(A, A={"x-since": MARCH}),
        [
            "#/components/schemas/A/x-since: x-since is on a definition, which exists while something refers to it; "
            "mark what refers to it"
        ],
    ),
    "at what is no member": (
        document(info={"title": "T", "x-until": MARCH}),
        ["#/info/x-until: x-until is on this info, which cannot be marked; mark its parent, or write x-was"],
    ),
    "since the first day": (
        bodied(
            {"properties": {"a": {"x-since": FIRST}}},
        ),
        [
            f"{AT}/properties/a/x-since: {FIRST} is not among the days of editions.yaml; "
            "correct it, or list it there with its source",
            f"{AT}/properties/a/x-since: x-since has no effect: the parent of this schema exists on every day; "
            "remove it, or correct the day",
        ],
    ),
    "outside the life of its parent": (
        document(
            {"/a": {"x-since": MARCH, "x-until": LAST, "get": operation("a", {"x-since": MARCH, "x-until": LAST})}}
        ),
        [
            f"#/paths/~1a/get/x-since: x-since has no effect: the parent of this operation exists from {MARCH} until "
            f"{LAST}; remove it, or correct the day",
            f"#/paths/~1a/get/x-until: x-until has no effect: the parent of this operation exists from {MARCH} until "
            f"{LAST}; remove it, or correct the day",
        ],
    ),
    "never there": (
        document({"/a": {"x-since": MAY, "get": operation("a", {"x-until": MARCH})}}),
        [f"#/paths/~1a/get: this operation never exists: its parent exists from {MAY}; correct the days, or remove it"],
    ),
    "outside the life of a definition": (
        bodied({"properties": {"a": {**A, "x-since": MARCH}}}, A={"properties": {"b": {"x-since": MARCH}}}),
        [
            "#/components/schemas/A/properties/b/x-since: x-since has no effect: the parent of this schema exists from "
            f"{MARCH}; remove it, or correct the day"
        ],
    ),
    "instead of nothing": (
        bodied({"properties": {"a": {"x-instead": "b"}, "b": {}}}),
        [
            f"{AT}/properties/a/x-instead: x-instead is beside neither x-until nor deprecated; "
            "add x-until or deprecated, or remove it"
        ],
    ),
    "instead nothing": (
        bodied({"properties": {"a": {"deprecated": True, "x-instead": "c"}, "b": {}}}),
        [
            f"{AT}/properties/a/x-instead: 'c' is neither an operation nor beside this; "
            "write an operationId, or the name of a sibling"
        ],
    ),
    "sunset": (
        bodied({"properties": {"a": {"x-sunset": LAST}}}),
        [f"{AT}/properties/a/x-sunset: x-sunset is what a projection writes; write x-until with that day"],
    ),
    "no list": (
        bodied({"x-was": {"until": MARCH}}),
        [f"{AT}/x-was: x-was is not a list of entries; write [{{until: DAY, keyword: value}}]"],
    ),
    "no until": (
        bodied({"x-was": [{"type": "string"}]}),
        [f"{AT}/x-was/0: the entry has no `until`; write {{until: DAY, keyword: value}}"],
    ),
    "an entry of nothing": (
        bodied({"x-was": [{"until": MARCH}]}),
        [f"{AT}/x-was/0: the entry changes nothing; name a keyword and the value that it had, or remove it"],
    ),
    "not newest first": (
        bodied({"x-was": [{"until": MARCH, "title": "a"}, {"until": LAST, "title": "b"}]}),
        [
            f"{AT}/x-was/1/until: the entry of {LAST} follows that of {MARCH}; "
            "write the newest change first, and one entry for each day",
            f"{AT}/x-was/0/title: 'title' has no effect: this does not exist from {LAST} until {MARCH}; "
            "remove it from the entry",
        ],
    ),
    "an entry before the first day": (
        bodied({"properties": {"a": {"x-since": MAY, "x-was": [{"until": MARCH, "title": "a"}]}}}),
        [f"{AT}/properties/a/x-was/0: the entry has no effect: this exists from {MAY}; remove it"],
    ),
    "an entry after the last day": (
        bodied({"properties": {"a": {"x-until": MAY, "x-was": [{"until": MAY, "title": "a"}]}}}),
        [f"{AT}/properties/a/x-was/0: nothing follows the entry: this exists until {MAY}; write its keywords directly"],
    ),
    "equal": (
        bodied({"title": "a", "x-was": [{"until": LAST, "title": "b"}, {"until": MAY, "title": "b"}]}),
        [f"{AT}/x-was/1/title: 'title' has this value already; remove it from the entry"],
    ),
    "taken away": (
        bodied({"x-was": [{"until": LAST, "title": None}]}),
        [f"{AT}/x-was/0/title: 'title' is removed and does not exist; remove it from the entry"],
    ),
    "members in an entry": (
        bodied({"x-was": [{"until": LAST, "properties": {}, "allOf": [{"title": "a"}]}]}),
        [
            f"{AT}/x-was/0/properties: 'properties' is inside an entry of x-was, and can be marked itself; "
            "write x-since or x-until at what came or went"
        ],
    ),
    "marks in an entry": (
        bodied({"x-was": [{"until": LAST, "x-since": MARCH, "items": {"anyOf": [{"x-until": MARCH}]}}]}),
        [
            f"{AT}/x-was/0/x-since: x-since is inside an entry of x-was; mark the object itself",
            f"{AT}/x-was/0/items/anyOf/0/x-until: x-until is inside an entry of x-was; "
            "move it to a definition and refer to that, or write one entry for each day",
        ],
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_mark_is_refused(name: str) -> None:
    """Rules 2, 3, 5, 7, 13 and 16: with pointer, message and fix, and nothing else is said."""
    marked, messages = WRONG[name]
    assert said(marked) == messages


RIGHT = {
    "an operation": document(
        {
            "/things": {"get": operation()},
            "/gist": {"x-until": MARCH, "x-instead": "things.list", "post": operation("gist")},
        }
    ),
    "an operation by its earlier name": document(
        {
            "/things": {"get": operation(marks={"x-was": [{"until": MAY, "operationId": "things.all"}]})},
            "/gist": {"x-until": MARCH, "x-instead": "things.all", "post": operation("gist")},
        }
    ),
    "a sibling": bodied({"properties": {"a": {"x-until": MARCH, "x-instead": "b"}, "b": {}}}),
    "a parameter": document(
        {
            "/things": {
                "get": operation(
                    parameters=[
                        {"name": "a", "x-until": MARCH, "x-instead": "b"},
                        {"$ref": "#/components/parameters/B"},
                    ]
                )
            }
        },
        parameters={"B": {"name": "b"}},
    ),
    "deprecated for a time": bodied(
        {"properties": {"a": {"x-instead": "b", "x-was": [{"until": MAY, "deprecated": True}]}, "b": {}}}
    ),
    "a change inside the life of a definition": bodied(
        {"properties": {"a": {**A, "x-since": MARCH}}},
        A={"title": "a", "x-was": [{"until": MAY, "title": "b"}]},
    ),
    "another type with one more day": bodied({"x-was": [{"until": MAY, "$ref": "#/components/schemas/A"}]}, A={}),
    "announced": bodied({"properties": {"a": {"x-since": NEXT}, "b": {"x-until": NEXT}}}),
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_mark_is_accepted(name: str) -> None:
    """Nothing is said of it."""
    assert said(RIGHT[name]) == []


def test_a_day_that_no_mark_names_is_refused() -> None:
    """Rule 16: the pointer leads into the list that the document carries."""
    marked = bodied({"properties": {"a": {"x-since": MARCH, "x-until": NEXT}}})
    assert problems(marked, Editions.of(marked)) == [
        Problem(
            f"#/x-editions/days/{day}", f"no mark names {day}", "mark what changed on it, or remove it from the days"
        )
        for day in (MAY, LAST)
    ]


def test_a_document_without_a_list_may_name_any_day() -> None:
    """In documents of others."""
    marked = bodied({"properties": {"a": {"x-since": "2020-01-01"}}})
    del marked["x-editions"]
    assert problems(marked, Editions.of(marked)) == []


# Laws


def _projections(marked: dict[str, Any]) -> list[dict[str, Any]]:
    return [project(marked, day) for day in DAYS]


def _without(marked: dict[str, Any], tokens: tuple[str, ...]) -> dict[str, Any]:
    """Copy a document without the value at a place; an entry or list of entries that is left empty is no matter."""
    found = copy.deepcopy(marked)
    held: Any = found
    for token in tokens[:-1]:
        held = held[int(token) if isinstance(held, list) else token]
    del held[int(tokens[-1]) if isinstance(held, list) else tokens[-1]]
    return found


def _marks(value: Any, tokens: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """List the places of all marks and of all keywords of entries."""
    found: list[tuple[str, ...]] = []
    if isinstance(value, dict):
        for key, held in value.items():
            if key in ("x-since", "x-until"):
                found.append((*tokens, key))
            elif key == "x-was":
                found += [(*tokens, key, str(n), k) for n, entry in enumerate(held) for k in entry if k != "until"]
            else:
                found += _marks(held, (*tokens, key))
    elif isinstance(value, list):
        for position, held in enumerate(value):
            found += _marks(held, (*tokens, str(position)))
    return found


@given(documents())
def test_law_a_mark_is_reported_exactly_if_no_day_is_different_without_it(marked: dict[str, Any]) -> None:
    """Rule 16; where an object never exists, or changes on its last day, only the object is reported."""
    editions = Editions.read({**EDITIONS, "days": {day: {"ledger": "E"} for day in DAYS[1:]}})
    found = [problem for problem in problems(marked, editions) if "no mark" not in problem.message]
    whole = [split(p.pointer) for p in found if "never exists" in p.message or "nothing follows" in p.message]
    reported = [split(problem.pointer) for problem in found]
    before = _projections(marked)
    for tokens in _marks({key: held for key, held in marked.items() if key != "x-editions"}):
        if _within(tokens, whole) or (tokens[0] == "components" and not _defined(tokens[2], before)):
            continue
        effective = _projections(_without(marked, tokens)) != before
        assert effective != _within(tokens, reported)


def _within(tokens: tuple[str, ...], places: list[tuple[str, ...]]) -> bool:
    return any(tokens[: len(place)] == place for place in places)


def _defined(name: str, projections: list[dict[str, Any]]) -> bool:
    """Tell whether there is a schema on any day."""
    return any(name in one.get("components", {}).get("schemas", {}) for one in projections)


@pytest.mark.parametrize(("now", "before", "same"), [(True, 1, False), (1, 1.0, False), (1, 1, True), ([1], [1], True)])
def test_a_value_that_was_the_same_is_reported_and_one_of_another_type_is_not(
    now: Any, before: Any, same: bool
) -> None:
    found = said(bodied({"default": now, "x-was": [{"until": MARCH, "default": before}]}))
    assert [problem.partition(": ")[2] for problem in found] == [
        "'default' has this value already; remove it from the entry"
    ] * same


def test_what_was_removed_is_not_removed_again() -> None:
    found = said(bodied({"minimum": 1, "x-was": [{"until": MAY, "minimum": None}, {"until": MARCH, "minimum": None}]}))
    assert [problem.partition(": ")[2] for problem in found] == [
        "'minimum' is removed and does not exist; remove it from the entry"
    ]


NEVER = {"a": {**A, "x-since": MAY, "x-until": MARCH}}
FOLLOWS = "write the newest change first, and one entry for each day"
NO_DAY = "is not a day; write it as 2026-04-02, without quotes"
MORE: dict[str, tuple[dict[str, Any], list[str]]] = {
    "since is until": (
        bodied({"properties": {"a": {"x-since": MAY, "x-until": MAY}}}),
        [
            f"{AT}/properties/a: this schema never exists: it exists from {MAY}, and no longer from {MAY}; "
            "correct the days, or remove it"
        ],
    ),
    "an empty list": (
        bodied({"x-was": []}),
        [f"{AT}/x-was: x-was is not a list of entries; write [{{until: DAY, keyword: value}}]"],
    ),
    "several entries": (
        bodied({"x-was": [{"title": "a"}, {"until": "soon", "title": "b"}, 5, {"until": "later"}]}),
        [
            f"{AT}/x-was/0: the entry has no `until`; write {{until: DAY, keyword: value}}",
            f"{AT}/x-was/1/until: 'soon' {NO_DAY}",
            f"{AT}/x-was/2: the entry has no `until`; write {{until: DAY, keyword: value}}",
            f"{AT}/x-was/3/until: 'later' {NO_DAY}",
            f"{AT}/x-was/3: the entry changes nothing; name a keyword and the value that it had, or remove it",
        ],
    ),
    "two entries of a day": (
        bodied({"x-was": [{"until": MARCH, "title": "a"}, {"until": MARCH, "format": "b"}]}),
        [f"{AT}/x-was/1/until: the entry of {MARCH} follows that of {MARCH}; {FOLLOWS}"],
    ),
    "the third entry": (
        bodied(
            {"x-was": [{"until": LAST, "title": "a"}, {"until": MARCH, "format": "b"}, {"until": MAY, "type": "null"}]}
        ),
        [f"{AT}/x-was/2/until: the entry of {MAY} follows that of {MARCH}; {FOLLOWS}"],
    ),
    "what to use instead in an entry": (
        bodied({"title": "t", "x-was": [{"until": LAST, "x-instead": "a", "x-sunset": MAY}]}),
        [
            f"{AT}/x-was/0/x-instead: x-instead is inside an entry of x-was; mark the object itself",
            f"{AT}/x-was/0/x-sunset: x-sunset is inside an entry of x-was; mark the object itself",
        ],
    ),
    "within a definition": (
        bodied(A, A={"items": {"x-since": MARCH}}),
        [
            "#/components/schemas/A/items/x-since: x-since is on this schema, which cannot be marked; "
            "mark its parent, or write x-was"
        ],
    ),
    "what nothing refers to on any day": (
        bodied({"properties": NEVER}, A={"properties": {"b": {"x-since": MARCH}}}),
        [
            f"{AT}/properties/a: this schema never exists: it exists from {MAY}, and no longer from {MARCH}; "
            "correct the days, or remove it"
        ],
    ),
    "what to use instead of a header": (
        document(
            {"/things": {"get": operation(responses={"200": {"headers": {"H": {"x-until": MAY, "x-instead": "I"}}}})}}
        ),
        [
            "#/paths/~1things/get/responses/200/headers/H/x-instead: 'I' is neither an operation nor beside this; "
            "write an operationId, or the name of a sibling"
        ],
    ),
}


@pytest.mark.parametrize("name", MORE)
def test_every_wrong_mark_of_several_is_named(name: str) -> None:
    """Also after one that cannot be read; a definition that never exists has no days to be compared with."""
    marked, messages = MORE[name]
    assert said(marked) == messages


def test_marks_are_readable_if_each_names_its_days() -> None:
    wrong = ("not a day", "no list", "no until")
    unreadable = [WRONG[name][0] for name in wrong] + [MORE["an empty list"][0], MORE["several entries"][0]]
    assert not any(readable(marked, Editions.of(document())) for marked in unreadable)
    others = [marked for name, (marked, _) in WRONG.items() if name not in (*wrong, "no such day")]
    assert all(readable(marked, Editions.of(document())) for marked in others)
