"""The projection of a marked document onto a day."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apicontract.openapi.editions import Editions
from apicontract.openapi.marks import days
from apicontract.openapi.projection import Moved, known_on, origin, project, restrict
from tests.openapi.documents import EDITIONS, FIRST, LAST, MARCH, MAY, NEXT, bodied, document, operation, schema_of
from tests.openapi.strategies import DAYS, documents


def text(value: Any) -> str:
    """Write JSON; the order of keys counts."""
    return json.dumps(value)


def there(document: dict[str, Any], *tokens: str | int) -> list[bool]:
    """Tell for each day whether there is something at a place of the projection."""
    found = []
    for day in DAYS:
        value: Any = project(document, day)
        try:
            for token in tokens:
                value = value[token]
            found.append(True)
        except (KeyError, IndexError):
            found.append(False)
    return found


# Rules 1 and 2: members come and go


def test_a_member_is_there_from_a_day_on_and_gone_from_a_day_on() -> None:
    """Rule 1: the first day counts, the last does not."""
    marked = bodied({"properties": {"a": {"x-since": MARCH, "x-until": LAST}, "b": {}}})
    assert there(marked, *PLACE, "properties", "a") == [False, True, True, False]
    assert [*schema_of(project(marked, "2026-02-28"))["properties"]] == ["b"]
    assert [*schema_of(project(marked, "2026-06-30"))["properties"]] == ["a", "b"]


PLACE = ("paths", "/things", "post", "requestBody", "content", "application/json", "schema")


@pytest.mark.parametrize(
    ("marked", "tokens"),
    [
        (document({"/things": {"get": operation()}, "/a": {"x-since": MARCH, "get": operation("a")}}), ("paths", "/a")),
        (document({"/a": {"get": operation(), "put": operation("a", {"x-since": MARCH})}}), ("paths", "/a", "put")),
        (document(webhooks={"a": {"x-since": MARCH, "post": operation("a")}}), ("webhooks", "a")),
        (document(tags=[{"name": "a"}, {"name": "b", "x-since": MARCH}]), ("tags", 1)),
        (
            document({"/a": {"get": operation(requestBody={"x-since": MARCH, "content": {}})}}),
            ("paths", "/a", "get", "requestBody"),
        ),
        (
            document({"/a": {"get": operation(parameters=[{"name": "a", "x-since": MARCH}, {"name": "b"}])}}),
            ("paths", "/a", "get", "parameters", 1),
        ),
        (
            document({"/a": {"get": operation(responses={"200": {}, "202": {"x-since": MARCH}})}}),
            ("paths", "/a", "get", "responses", "202"),
        ),
        (
            document({"/a": {"get": operation(responses={"200": {"headers": {"A": {"x-since": MARCH}}}})}}),
            ("paths", "/a", "get", "responses", "200", "headers"),
        ),
        (
            document({"/a": {"get": operation(responses={"200": {"links": {"a": {"x-since": MARCH}}}})}}),
            ("paths", "/a", "get", "responses", "200", "links", "a"),
        ),
        (
            document({"/a": {"get": operation(responses={"200": {"content": {"a/b": {"x-since": MARCH}}}})}}),
            ("paths", "/a", "get", "responses", "200", "content", "a/b"),
        ),
        (bodied({"oneOf": [{"type": "string"}, {"x-since": MARCH, "type": "null"}]}), (*PLACE, "oneOf", 1)),
        (bodied({"allOf": [{"x-since": MARCH, "required": ["a"]}]}), (*PLACE, "allOf")),
        (bodied({"properties": {"a": {"$ref": "#/x", "x-since": MARCH}}}), (*PLACE, "properties", "a")),
    ],
)
def test_every_kind_of_member_comes(marked: dict[str, Any], tokens: tuple[str | int, ...]) -> None:
    """Rule 2, also beside a `$ref`; rule 9, where it was the only one."""
    assert there(marked, *tokens) == [False, True, True, True]


def test_a_definition_is_there_while_something_refers_to_it() -> None:
    """Rules 2 and 11, through other definitions, and from an entry of `x-was`."""
    marked = bodied(
        {
            "properties": {
                "a": {"$ref": "#/components/schemas/A", "x-until": MARCH},
                "b": {"type": "string", "x-was": [{"until": LAST, "type": None, "$ref": "#/components/schemas/C"}]},
            }
        },
        A={"properties": {"b": {"$ref": "#/components/schemas/B"}}},
        B={"type": "object"},
        C={"type": "object"},
        Never={"type": "object"},
    )
    found = [[*project(marked, day)["components"]["schemas"]] for day in DAYS]
    assert found == [["A", "B", "C", "Never"], ["C", "Never"], ["C", "Never"], ["Never"]]


def test_a_definition_that_nothing_ever_referred_to_stays_with_what_it_needs() -> None:
    """Rule 11: what a document of others keeps for its readers."""
    marked = bodied(
        {"$ref": "#/components/schemas/A", "x-was": [{"until": LAST, "$ref": "#/components/schemas/B"}]},
        A={},
        B={},
        Kept={"properties": {"b": {"$ref": "#/components/schemas/B"}}},
    )
    assert [*project(marked, LAST)["components"]["schemas"]] == ["A", "B", "Kept"]


def test_what_the_grammar_does_not_know_keeps_its_definitions() -> None:
    """Rule 11: a callback of a document of others is data, and its references are counted."""
    marked = bodied(
        {"$ref": "#/components/schemas/A", "x-was": [{"until": LAST, "$ref": "#/components/schemas/B"}]}, A={}, B={}
    )
    marked["paths"]["/things"]["post"]["callbacks"] = {
        "done": {"{$url}": {"schema": {"$ref": "#/components/schemas/B"}}}
    }
    assert [*project(marked, LAST)["components"]["schemas"]] == ["A", "B"]


def test_sections_of_the_components_go_with_their_last_definition() -> None:
    """Rule 11: and the components with their last section."""
    marked = bodied({"properties": {"a": {"$ref": "#/components/schemas/A", "x-until": LAST}, "b": {}}}, A={})
    assert ["components" in project(marked, day) for day in DAYS] == [True, True, True, False]
    marked["components"]["securitySchemes"] = {"key": {"type": "apiKey"}}
    assert [*project(marked, LAST)["components"]] == ["securitySchemes"]


# Rules 3 to 5: keywords that were different


def test_entries_are_applied_one_after_the_other() -> None:
    """Rule 3: each says what changed on its own day, so each day has its own text."""
    marked = bodied(
        {
            "type": "string",
            "enum": ["c"],
            "default": "c",
            "x-was": [{"until": LAST, "enum": ["b", "c"]}, {"until": MARCH, "enum": ["b"], "default": "b"}],
        }
    )
    found = [schema_of(project(marked, day)) for day in DAYS]
    assert found == [
        {"type": "string", "enum": ["b"], "default": "b"},
        {"type": "string", "enum": ["b", "c"], "default": "c"},
        {"type": "string", "enum": ["b", "c"], "default": "c"},
        {"type": "string", "enum": ["c"], "default": "c"},
    ]


def test_a_keyword_is_replaced_whole_or_taken_away() -> None:
    """Rule 4: `~` takes a keyword away, and an older entry may give it back, in its place."""
    marked = bodied(
        {
            "type": "array",
            "items": {"type": "string"},
            "x-was": [
                {"until": LAST, "type": "string", "items": None},
                {"until": MAY, "items": {"type": "number"}},
                {"until": MARCH, "items": None, "type": None, "$ref": "#/x"},
            ],
        }
    )
    found = [text(schema_of(project(marked, day))) for day in DAYS]
    assert found == [
        '{"$ref": "#/x"}',
        '{"type": "string", "items": {"type": "number"}}',
        '{"type": "string"}',
        '{"type": "array", "items": {"type": "string"}}',
    ]


def test_an_entry_may_be_anywhere() -> None:
    """Rule 3: at the root, at `info`, beside a `$ref`, in the schema of an item."""
    marked = document(
        info={"title": "New", "x-was": [{"until": MARCH, "title": "Old"}]},
        **{"x-was": [{"until": MARCH, "security": []}]},
    )
    marked["paths"]["/things"]["x-was"] = [{"until": MARCH, "summary": "Old."}]
    found = project(marked, FIRST)
    assert found["info"] == {"title": "Old"}
    assert found["security"] == []
    assert found["paths"]["/things"]["summary"] == "Old."
    assert "x-was" not in text(found)


def test_a_keyword_of_the_past_comes_where_the_mark_is() -> None:
    """Rule 8: the order of keywords, hence of generated code, is under the author's control."""
    marked = bodied(
        {"type": "string", "x-was": [{"until": LAST, "title": "T"}, {"until": MARCH, "format": "uri"}], "pattern": "a"}
    )
    assert [*schema_of(project(marked, FIRST))] == ["type", "title", "format", "pattern"]
    assert [*schema_of(project(marked, LAST))] == ["type", "pattern"]


def test_null_is_a_value_of_today() -> None:
    """Rule 5: in an entry it takes away, elsewhere it is itself."""
    marked = bodied({"default": None, "x-was": [{"until": MARCH, "title": "T"}]})
    assert [schema_of(project(marked, day)) for day in (FIRST, LAST)] == [
        {"default": None, "title": "T"},
        {"default": None},
    ]


# Rule 6: data is not read


def test_a_property_that_is_called_like_a_mark_and_the_value_of_an_example_are_data() -> None:
    """Rule 6: nothing of them is a mark, or a reference."""
    properties = {"x-until": {"type": "string"}, "x-since": {"type": "string"}, "x-was": {"type": "string"}}
    marked = bodied({"properties": properties, "default": {"x-until": MARCH}, "x-was": [{"until": LAST, "title": "T"}]})
    marked["paths"]["/things"]["get"] = operation(
        parameters=[{"name": "a", "examples": {"b": {"value": {"x-since": LAST, "$ref": "#/components/schemas/A"}}}}]
    )
    found = project(marked, FIRST)
    assert schema_of(found)["properties"] == properties
    assert schema_of(found)["default"] == {"x-until": MARCH}
    assert found["paths"]["/things"]["get"] == marked["paths"]["/things"]["get"]
    assert days(marked) == [LAST]


def test_a_mark_that_names_no_day_is_data() -> None:
    """In a document of others `x-since` may name a version."""
    marked = document(
        {"/things": {"get": operation(marks={"x-since": "1.2", "x-until": 3, "x-was": "before"})}}, editions=None
    )
    assert text(project(marked, FIRST)) == text(marked)


# Rule 7: what to use instead


def test_what_to_use_instead_is_there_while_the_thing_is_deprecated() -> None:
    """Rule 7: so that an old edition stays byte for byte."""
    marked = document(
        {
            "/things": {
                "get": operation(
                    deprecated=True, marks={"x-instead": "others.list", "x-was": [{"until": MAY, "deprecated": None}]}
                ),
                "put": operation("a", {"x-until": LAST, "x-instead": "others.list"}),
            }
        }
    )
    assert there(marked, "paths", "/things", "get", "x-instead") == [False, False, True, True]
    assert there(marked, "paths", "/things", "put", "x-instead") == [False] * 4


# Rules 9 and 10: what goes with the last member


def test_a_path_goes_with_its_last_operation() -> None:
    """Rule 9: but a path that never had one stays."""
    paths = {"/a": {"summary": "A.", "get": operation("a", {"x-until": MARCH})}, "/b": {"summary": "B."}}
    marked = document(paths, webhooks={"a": {"post": operation("w", {"x-until": MARCH})}})
    assert [[*project(marked, day)["paths"]] for day in (FIRST, LAST)] == [["/a", "/b"], ["/b"]]
    assert ["webhooks" in project(marked, day) for day in (FIRST, LAST)] == [True, False]


def test_a_security_scheme_goes_with_the_last_requirement_that_names_it() -> None:
    """As a definition goes with the last reference to it; one that nothing ever named stays."""
    secured = operation("w", {"security": [{"Signed": []}], "x-since": MARCH})
    schemes = {"Signed": {"type": "apiKey"}, "Key": {"type": "apiKey"}, "Unused": {"type": "apiKey"}}
    marked = document(
        {"/a": {"get": operation("a")}},
        webhooks={"a": {"post": secured}},
        security=[{"Key": []}],
        components={"securitySchemes": schemes},
    )
    found = [[*project(marked, day)["components"]["securitySchemes"]] for day in (FIRST, LAST)]
    assert found == [["Key", "Unused"], ["Signed", "Key", "Unused"]]


def test_an_empty_list_that_lost_nothing_stays() -> None:
    """Rules 9 and 11: only what has lost its last member goes."""
    marked = bodied({"required": [], "properties": {}, "allOf": []})
    assert schema_of(project(marked, FIRST)) == {"required": [], "properties": {}, "allOf": []}


def test_names_of_properties_count_while_the_properties_are_there() -> None:
    """Rule 10: of the same object; a group of which one name is left is none."""
    marked = bodied(
        {
            "required": ["a", "b"],
            "dependentRequired": {"a": ["b"], "b": ["a"]},
            "x-exclusive": [["a", "b"], ["a", "b", "c"], ["b", "c"], ["c"]],
            "properties": {"a": {"x-since": MARCH}, "b": {}, "c": {}},
            "allOf": [{"required": ["a"]}],
        }
    )
    assert schema_of(project(marked, FIRST)) == {
        "required": ["b"],
        "dependentRequired": {"b": ["a"]},
        "x-exclusive": [["b", "c"], ["b", "c"], ["c"]],
        "properties": {"b": {}, "c": {}},
        "allOf": [{"required": ["a"]}],
    }


def test_rules_of_properties_go_with_the_last_name() -> None:
    """Rules 9 and 10."""
    marked = bodied(
        {
            "required": ["a"],
            "dependentRequired": {"a": ["b"]},
            "x-exclusive": [["a", "b"]],
            "properties": {"a": {"x-since": MARCH}, "b": {}},
        }
    )
    assert schema_of(project(marked, FIRST)) == {"properties": {"b": {}}}


def test_a_value_of_a_discriminator_goes_with_its_branch() -> None:
    """Rule 10: one that leads to no branch on any day stays, and is a problem of the document."""
    a, b, c = ({"$ref": f"#/components/schemas/{name}"} for name in "ABC")
    mapping = {"a": a["$ref"], "b": b["$ref"], "c": c["$ref"]}
    marked = bodied(
        {"oneOf": [a, {**b, "x-since": MARCH}], "discriminator": {"propertyName": "kind", "mapping": mapping}},
        A={}, B={}, C={},
    )  # fmt: skip
    found = project(marked, FIRST)
    assert schema_of(found)["discriminator"]["mapping"] == {"a": a["$ref"], "c": c["$ref"]}
    assert [*found["components"]["schemas"]] == ["A", "C"]


def test_an_empty_rule_stays_where_properties_go() -> None:
    """Rule 9: it has not lost its last name."""
    marked = bodied({"required": [], "x-exclusive": [], "properties": {"a": {"x-since": MARCH}}})
    assert schema_of(project(marked, FIRST)) == {"required": [], "x-exclusive": []}
    assert schema_of(project(bodied({"required": 5, "properties": {"a": {"x-since": MARCH}, "b": {}}}), FIRST)) == {
        "required": 5,
        "properties": {"b": {}},
    }


def test_only_members_go_when_they_are_empty() -> None:
    """Rule 9: a schema of which no keyword is left admits everything, and does not go."""
    marked = bodied({"items": {"x-was": [{"until": MARCH, "type": "string"}], "type": None}, "default": {"x-was": 1}})
    del schema_of(marked)["items"]["type"]
    assert schema_of(project(marked, FIRST)) == {"items": {"type": "string"}, "default": {"x-was": 1}}
    assert schema_of(project(marked, MARCH)) == {"items": {}, "default": {"x-was": 1}}


def test_sections_that_were_empty_stay_beside_one_that_loses_a_definition() -> None:
    """Rule 11: and what is no mapping stays as it is."""
    marked = bodied({"x-was": [{"until": MARCH, "$ref": "#/components/schemas/A"}]}, A={})
    marked["components"] |= {"parameters": {}, "x-note": "n", "responses": {"R": {"description": ""}}}
    left = {"parameters": {}, "x-note": "n", "responses": {"R": {"description": ""}}}
    assert project(marked, FIRST)["components"] == {"schemas": {"A": {}}, **left}
    assert project(marked, MARCH)["components"] == left


def test_a_mark_of_another_form_is_data() -> None:
    """Rule 6: an `x-was` that is no list, or an entry that names no day."""
    for data in ({"a": 1}, "before", None):
        marked = bodied({"title": "T", "x-was": data})
        assert schema_of(project(marked, FIRST)) == {"title": "T", "x-was": data}
    marked = bodied({"title": "T", "x-was": ["a", {"title": "U"}, {"until": "soon", "title": "V"}]})
    assert schema_of(project(marked, FIRST)) == {"title": "T"}


# Rule 12: where things come from


def test_moved_parts_are_traced_to_the_marked_document() -> None:
    """Rule 12: items of lists that moved up, keywords of entries, names of rules."""
    marked = bodied(
        {
            "required": ["a", "b"],
            "properties": {"a": {"x-since": MARCH}, "b": {}},
            "allOf": [{"x-since": MARCH}, {"title": "T"}],
            "x-was": [{"until": LAST, "items": {"anyOf": [{"title": "I"}]}, "title": None}],
        }
    )
    moved: Moved = {}
    found = project(marked, FIRST, moved)

    def traced(*below: str) -> Any:
        value: Any = marked
        for token in origin((*PLACE, *below), moved):
            value = value[int(token) if isinstance(value, list) else token]
        return value

    assert traced("required", "0") == "b"
    assert traced("allOf", "0") == {"title": "T"}
    assert traced("items", "anyOf", "0") == {"title": "I"}
    assert origin(("paths",), moved) == ("paths",)
    assert schema_of(found)["required"] == ["b"]


def test_parts_of_the_past_are_traced_to_their_entry() -> None:
    """Rule 12: names that moved within a list of an entry, and what moved twice; the deepest place counts."""
    group = ["a", "c", "d"]
    marked = bodied(
        {
            "properties": {"a": {"x-since": MARCH}, "b": {"x-since": MARCH}, "c": {}, "d": {}},
            "x-was": [
                {"until": LAST, "title": "new"},
                {"until": MAY, "required": ["a", "c", "b", "d"], "x-exclusive": [["a", "c"], group], "title": "old"},
            ],
        }
    )
    moved: Moved = {}
    found = schema_of(project(marked, FIRST, moved))
    assert found == {
        "properties": {"c": {}, "d": {}},
        "required": ["c", "d"],
        "x-exclusive": [["c", "d"]],
        "title": "old",
    }
    entry = (*PLACE, "x-was", "1")
    assert origin((*PLACE, "title"), moved) == (*entry, "title")
    assert [origin((*PLACE, "required", at), moved)[-2:] for at in "01"] == [("required", "1"), ("required", "3")]
    assert origin((*PLACE, "required", "0"), moved) == (*entry, "required", "1")
    assert origin((*PLACE, "x-exclusive", "0", "0"), moved) == (*entry, "x-exclusive", "1", "0")
    assert origin((*PLACE, "properties", "c"), moved) == (*PLACE, "properties", "c")
    assert origin(("a", "0", "b"), {("a",): ("x",), ("a", "0"): ("y", "1")}) == ("y", "1", "b")
    assert origin(("a",), {("a",): ("x-was", "0", "a")}) == ("x-was", "0", "a")


# Rule 15: announced


def test_what_is_announced_to_go_is_there_and_deprecated() -> None:
    """Rule 15: in the newest edition, not in an older one, and gone on its day."""
    ends = {"x-until": NEXT, "x-instead": "others.list"}
    marked = document({"/things": {"get": operation(marks=ends)}, "/a": {**ends, "get": operation("a")}, "/b": {}})
    newest = project(marked, LAST)["paths"]
    for path in ("/things", "/a"):
        found = newest[path]["get"]
        assert (found["deprecated"], found["x-sunset"], found["x-instead"]) == (True, NEXT, "others.list")
        assert "deprecated" not in project(marked, MAY)["paths"][path]["get"]
    assert newest["/a"].keys() == {"get"}
    assert [*project(marked, NEXT)["paths"]] == ["/b"]
    assert [*project(bodied({"properties": {"a": {"x-since": NEXT}, "b": {}}}), LAST)["paths"]] == ["/things"]


def test_a_property_is_announced_beside_its_reference() -> None:
    """A schema may have siblings of its `$ref`; other references may not, and stay as they are."""
    marked = bodied({"properties": {"a": {"$ref": "#/components/schemas/A", "x-until": NEXT}}}, A={})
    marked["paths"]["/things"]["parameters"] = [{"$ref": "#/components/parameters/A", "x-until": NEXT}]
    found = project(marked, LAST)
    a = schema_of(found)["properties"]["a"]
    assert a == {"$ref": "#/components/schemas/A", "deprecated": True, "x-sunset": NEXT}
    assert found["paths"]["/things"]["parameters"] == [{"$ref": "#/components/parameters/A"}]


def test_the_nearest_announcement_counts() -> None:
    """Rule 15: of an operation before that of its path, also what to use instead; a webhook has one too."""
    item = {"x-until": NEXT, "x-instead": "others.list", "parameters": [{"name": "p", "in": "query"}]}
    later = {"x-until": "2026-10-01"}
    editions = {**EDITIONS, "days": {**EDITIONS["days"], "2026-10-01": {"ledger": "E5"}}}
    marked = document(
        {
            "/a": {
                **item,
                "get": operation("a", later),
                "put": operation("b", {"x-instead": "c"}),
                "post": operation("d"),
            }
        },
        webhooks={"w": {**item, "post": operation("w")}},
        editions=editions,
    )
    newest = project(marked, LAST)

    def told(held: dict[str, Any]) -> tuple[Any, ...]:
        return tuple(held.get(key) for key in ("deprecated", "x-sunset", "x-instead"))

    a = newest["paths"]["/a"]
    assert told(a["get"]) == (True, "2026-10-01", None)
    assert told(a["put"]) == (True, NEXT, "c")
    assert told(a["post"]) == (True, NEXT, "others.list")
    assert told(newest["webhooks"]["w"]["post"]) == (True, NEXT, "others.list")
    for held in (a, newest["webhooks"]["w"]):
        assert held["parameters"] == [{"name": "p", "in": "query"}]
    assert project(marked, NEXT)["paths"] == {}


def test_announced_is_what_can_be_deprecated() -> None:
    """Rule 15: schemas, parameters and headers; of a status or a media type there is nothing to write."""
    ends = {"x-until": NEXT}
    answer = {"description": "", "headers": {"H": {"schema": {}, **ends}}, "content": {"a/b": {"schema": {}, **ends}}}
    own = operation(parameters=[{"name": "p", "in": "query", **ends}], responses={"200": answer, "202": {**ends}})
    marked = document({"/things": {"get": own}})
    moved: Moved = {}
    found = project(marked, LAST, moved)["paths"]["/things"]["get"]
    gone = {"deprecated": True, "x-sunset": NEXT}
    assert found["parameters"] == [{"name": "p", "in": "query", **gone}]
    assert found["responses"]["200"]["headers"] == {"H": {"schema": {}, **gone}}
    assert found["responses"]["200"]["content"] == {"a/b": {"schema": {}}}
    assert found["responses"]["202"] == {}
    at = ("paths", "/things", "get", "parameters", "0")
    assert [origin((*at, key), moved) for key in gone] == [(*at, "x-until")] * 2
    assert "deprecated" not in project(document({"/things": {"get": own}}, editions=None), LAST)["paths"]["/things"]


# One path


def test_a_document_can_be_restricted_to_a_path() -> None:
    """With the definitions that it needs on any day, and the same projection."""
    marked = bodied({"x-was": [{"until": MARCH, "$ref": "#/components/schemas/A"}]}, A={}, B={})
    marked["paths"]["/b"] = {"get": operation("b", parameters=[{"schema": {"$ref": "#/components/schemas/B"}}])}
    marked["webhooks"] = {"done": {}}
    part = restrict(marked, "/things")
    assert [*part["paths"]] == ["/things"]
    assert [*part["components"]["schemas"]] == ["A"]
    assert "webhooks" not in part
    for day in DAYS:
        assert project(part, day)["paths"]["/things"] == project(marked, day)["paths"]["/things"]
    assert restrict(marked, "/none")["paths"] == {}
    assert [*restrict(marked, "/b", "/things", "/none")["paths"]] == ["/things", "/b"]
    known = {("schemas", "B")}
    assert [*restrict(marked, "/things", known=known)["components"]["schemas"]] == ["A"]
    assert [*restrict(marked, "/things", known=set())["components"]["schemas"]] == ["A", "B"]


def test_what_messages_need_of_a_day_has_every_definition_and_what_to_use_instead() -> None:
    marked = bodied({"properties": {"a": {"x-instead": "b", "x-until": LAST}, "b": {"x-since": MARCH}}}, A={})
    schema_of(marked)["x-was"] = [{"until": MARCH, "$ref": "#/components/schemas/A"}]
    found = known_on(marked, MARCH)
    assert schema_of(found) == {"properties": {"a": {"x-instead": "b"}, "b": {}}}
    assert found["components"] == {"schemas": {"A": {}}}
    assert "x-editions" not in found
    assert schema_of(project(marked, MARCH)) == {"properties": {"a": {}, "b": {}}}


# Laws


def _unmarked(value: Any) -> Any:
    """Leave out the marks."""
    if isinstance(value, dict):
        return {key: _unmarked(held) for key, held in value.items() if key not in ("x-since", "x-until", "x-was")}
    return [_unmarked(held) for held in value] if isinstance(value, list) else value


@given(documents(), st.sampled_from(DAYS))
def test_law_a_document_without_marks_comes_out_unchanged(marked: dict[str, Any], day: str) -> None:
    """Rule 11, key order included."""
    plain = _unmarked({key: held for key, held in marked.items() if key != "x-editions"})
    assert text(project(plain, day)) == text(plain)


@given(documents(), st.sampled_from(DAYS))
def test_law_projecting_changes_nothing_of_its_input(marked: dict[str, Any], day: str) -> None:
    """And gives the same each time."""
    before = copy.deepcopy(marked)
    assert text(project(marked, day)) == text(project(marked, day))
    assert text(marked) == text(before)


@given(documents(), st.sampled_from(DAYS), st.sampled_from(DAYS))
def test_law_projecting_twice_is_projecting_once(marked: dict[str, Any], day: str, other: str) -> None:
    """A projection has no marks, so no day changes it."""
    once = project(marked, day)
    assert days(once) == []
    assert text(project(once, other)) == text(once)


@given(documents(), st.dates().map(str), st.dates().map(str))
def test_law_days_without_a_mark_between_them_have_one_projection(marked: dict[str, Any], one: str, other: str) -> None:
    """So one day stands for all until the next."""
    early, late = sorted((one, other))
    if not any(early < day <= late for day in days(marked)):
        assert text(project(marked, early)) == text(project(marked, late))


@given(documents(), st.sampled_from(DAYS))
def test_law_nothing_refers_to_what_is_gone(marked: dict[str, Any], day: str) -> None:
    """Rule 2."""
    found = project(marked, day)
    for name in "ABC":
        if f'"#/components/schemas/{name}"' in text(found):
            assert name in found["components"]["schemas"]


@given(documents(), st.sampled_from(DAYS))
def test_law_a_restricted_document_projects_to_the_same_path(marked: dict[str, Any], day: str) -> None:
    """Restricting and projecting can change places."""
    part, whole = project(restrict(marked, "/things"), day), project(marked, day)
    assert text(part["paths"]) == text(whole["paths"])


@given(documents(), st.sampled_from(DAYS))
def test_law_every_place_of_a_projection_has_an_origin(marked: dict[str, Any], day: str) -> None:
    """Rule 12: what is a plain value in the projection is the same in the marked document, where it came from."""
    moved: Moved = {}

    def look(value: Any, tokens: tuple[str, ...]) -> None:
        if isinstance(value, dict):
            for key, held in value.items():
                look(held, (*tokens, key))
        elif isinstance(value, list):
            for position, held in enumerate(value):
                look(held, (*tokens, str(position)))
        else:
            source: Any = marked
            for token in origin(tokens, moved):
                source = source[int(token) if isinstance(source, list) else token]
            assert source == value

    look(project(marked, day, moved), ())


@given(documents())
def test_law_days_of_a_document_are_those_of_its_editions(marked: dict[str, Any]) -> None:
    """A document that lists no editions has the days of its marks."""
    bare = {key: held for key, held in marked.items() if key != "x-editions"}
    assert [*Editions.of(bare).changes] == days(marked)
