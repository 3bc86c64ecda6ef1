"""The cells of a schema, listed by hand, and the values that exercise them."""

from __future__ import annotations

import operator
from typing import Any

import pytest

from apicontract.coverage import Coverage
from tests.coverage.documents import body, cases, document, get, hit, post, query

CALLED = ["operation: called"]

BODIES: dict[str, tuple[Any, list[str]]] = {
    "an integer": (
        {"type": "integer", "minimum": 1, "maximum": 50},
        ["min 1", "min - 1 = 0 !", "max 50", "max + 1 = 51 !"],
    ),
    "an open integer": (
        {"type": "integer", "exclusiveMinimum": 0, "exclusiveMaximum": 10},
        ["min 1", "min - 1 = 0 !", "max 9", "max + 1 = 10 !"],
    ),
    "a multiple": ({"type": "integer", "minimum": 1, "multipleOf": 5}, ["min 5", "min - 5 = 0 !"]),
    "a fraction": ({"type": "number", "minimum": 0, "maximum": 1}, ["min 0", "below 0 !", "max 1", "above 1 !"]),
    "an open fraction": ({"type": "number", "exclusiveMinimum": 0}, ["0 or below !"]),
    "a text": (
        {"type": "string", "minLength": 2, "maxLength": 5},
        ["min length 2", "length 1 !", "max length 5", "length 6 !"],
    ),
    "a text of any length": ({"type": "string", "minLength": 0}, ["min length 0"]),
    "a listed text": ({"enum": ["a", "b"]}, ['"a"', '"b"', "another value !"]),
    "a constant": ({"const": 5}, ["5", "another value !"]),
    "a boolean": ({"type": "boolean"}, ["true", "false"]),
    "a nullable integer": ({"type": ["integer", "null"], "minimum": 1}, ["min 1", "min - 1 = 0 !", "null"]),
    "a text or a number": ({"type": ["string", "number"]}, ["as string", "as number"]),
    "an open list": ({"anyOf": [{"enum": ["a"]}, {"type": "string"}]}, ['"a"', "as string"]),
    "a listed text or any number": ({"anyOf": [{"enum": ["a"]}, {"type": "number"}]}, ['"a"', "as number"]),
    "a listed text or a number that is not negative": (
        {"anyOf": [{"enum": ["a"]}, {"type": "number", "minimum": 0}]},
        ["min 0", "below 0 !", '"a"', "another value !", "as number"],
    ),
    "an array": (
        {"type": "array", "minItems": 1, "maxItems": 3},
        ["min 1 item", "0 items !", "max 3 items", "4 items !"],
    ),
    "an array and a text without content": (
        {"type": ["array", "string"], "maxItems": 0, "maxLength": 0},
        ["max length 0", "length 1 !", "max 0 items", "1 item !", "as string", "as array"],
    ),
    "an integer between open fractions": (
        {"type": "integer", "exclusiveMinimum": 2.5, "exclusiveMaximum": 5.5},
        ["min 3", "min - 1 = 2 !", "max 5", "max + 1 = 6 !"],
    ),
    "an object of anything": (
        {"type": "object", "minProperties": 1, "maxProperties": 2},
        ["min 1 key", "0 keys !", "max 2 keys", "3 keys !"],
    ),
    "a joined schema": ({"allOf": [{"minimum": 1}, {"type": "integer", "minimum": 3}]}, ["min 3", "min - 1 = 2 !"]),
    "a bound that another one makes idle": (
        {"type": "integer", "minimum": 5, "exclusiveMinimum": 1, "maximum": 7, "exclusiveMaximum": 20},
        ["min 5", "min - 1 = 4 !", "max 7", "max + 1 = 8 !"],
    ),
    "a listed text that another rule excludes": ({"enum": ["a", "bb"], "minLength": 2}, ['"bb"', "another value !"]),
    "what cannot be": ({"type": "integer", "minimum": 5, "maximum": 3}, ["min - 1 = 4 !", "max + 1 = 4 !"]),
    "alternatives without a name": (
        {"anyOf": [{"format": "a"}, True, {"format": "b"}]},
        ["as alternative 1", "as alternative 2", "as alternative 3"],
    ),
    "alternatives by title, type and component": (
        {
            "oneOf": [
                {"title": "T", "type": "object"},
                {"type": ["string", "null"]},
                {"type": "string"},
                {"type": "string"},
            ]
        },
        ["null", "as T", "as string or null", "as string (3)", "as string (4)"],
    ),
    "a number that is an integer": (
        {"allOf": [{"type": "number", "minimum": 1}, {"type": "integer"}]},
        ["min 1", "min - 1 = 0 !"],
    ),
    "an integer or a number": ({"type": ["integer", "number"], "minimum": 1}, ["min 1", "below 1 !"]),
    "listed values of several types": (
        {"enum": [1, True, 1.0, "1", None]},
        ["1", "true", '"1"', "null", "another value !"],
    ),
    "a listed value of two types": ({"type": ["string", "integer"], "enum": ["a", 1]}, ['"a"', "1", "another value !"]),
    "a listed boolean": ({"type": "boolean", "enum": [True]}, ["true", "another value !"]),
    "a multiple of a fraction": ({"type": "integer", "minimum": 1, "multipleOf": 2.5}, ["min - 1 = 0 !"]),
    "a listed value twice": ({"enum": [{"a": 1}, {"a": 1.0}, [1]]}, ['{"a": 1}', "[1]", "another value !"]),
    "nothing in particular": ({}, []),
    "a text outside": ({"type": "string", "pattern": "^a", "maxLength": 2}, ["max length 2", "length 3 !"]),
}


@pytest.mark.parametrize(("schema", "expected"), list(BODIES.values()), ids=list(BODIES))
def test_the_cells_of_one_value(schema: Any, expected: list[str]) -> None:
    coverage = Coverage(document(body(schema), method="post"))
    assert cases(coverage) == [*CALLED, "content-type: application/json", *(f"body: {case}" for case in expected)]


KEYWORDS = {
    "minimum": operator.ge,
    "exclusiveMinimum": operator.gt,
    "maximum": operator.le,
    "exclusiveMaximum": operator.lt,
}


@pytest.mark.parametrize("keyword", KEYWORDS)
@pytest.mark.parametrize("step", [None, 1, 2.0, 3, 5, 0.5])
def test_the_bound_of_an_integer_is_the_last_one_that_is_right(keyword: str, step: float | None) -> None:
    """Above and below zero, between integers and on one."""
    limits = (-7.5, -6, -5, -1, -0.5, 0, 0.5, 1, 5, 6, 6.5, 7.0)
    more = {} if step is None else {"multipleOf": step}
    schemas = {f"p{at}": {"type": "integer", keyword: limit, **more} for at, limit in enumerate(limits)}
    found = cases(Coverage(document(body({"type": "object", "properties": schemas}), method="post")), kinds=("bound",))
    low, apart = "inimum" in keyword, int(step) if step is not None and step >= 1 else 1
    expected = []
    for at, limit in enumerate(limits):
        right = [value for value in range(-30, 31, apart) if KEYWORDS[keyword](value, limit)]
        last = right[0] if low else right[-1]
        beyond = f"min - {apart} = {last - apart}" if low else f"max + {apart} = {last + apart}"
        expected += [f"body.p{at}: {'min' if low else 'max'} {last}", f"body.p{at}: {beyond} !"]
    assert found == expected


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        ({"type": "integer", "minimum": 1, "maximum": 3}, 1, {"min 1"}),
        ({"type": "integer", "minimum": 1, "maximum": 3}, 2, set()),
        ({"type": "integer", "minimum": 1, "maximum": 3}, 3.0, {"max 3"}),
        ({"type": "integer", "minimum": 1, "maximum": 3}, 4, {"max + 1 = 4 !"}),
        ({"type": "integer", "minimum": 1, "maximum": 3}, 5, set()),
        ({"type": "integer", "minimum": 1, "maximum": 3}, True, set()),
        ({"type": ["integer", "boolean"], "minimum": 1}, True, {"true", "as boolean"}),
        ({"type": ["number", "boolean"], "minimum": 1, "maximum": 1}, True, {"true", "as boolean"}),
        ({"type": ["integer", "boolean"], "minimum": 1}, 1.0, {"min 1", "as integer"}),
        ({"type": "number", "minimum": 0}, -0.25, {"below 0 !"}),
        ({"type": "number", "minimum": 0}, 0, {"min 0"}),
        ({"type": "number", "exclusiveMinimum": 0}, 0, {"0 or below !"}),
        ({"type": "number", "exclusiveMaximum": 0}, 3, {"0 or above !"}),
        ({"type": "string", "maxLength": 2}, "éé", {"max length 2"}),
        ({"type": "string", "maxLength": 2}, "abc", {"length 3 !"}),
        ({"enum": [1, "1", True]}, 1, {"1"}),
        ({"enum": [1, "1", True]}, True, {"true"}),
        ({"enum": [1, "1", True]}, 0, {"another value !"}),
        ({"type": ["string", "number"]}, 1, {"as number"}),
        ({"anyOf": [{"enum": ["a"]}, {"type": "string"}]}, "a", {'"a"'}),
        ({"anyOf": [{"enum": ["a"]}, {"type": "string"}]}, "b", {"as string"}),
        ({"type": "array", "maxItems": 1}, [1, 2], {"2 items !"}),
    ],
)
def test_a_value_hits_its_cells_and_no_others(schema: Any, value: Any, expected: set[str]) -> None:
    coverage = Coverage(document(body(schema), method="post"))
    assert coverage.exchange(post(value))
    found = {case.removeprefix("body: ") for case in hit(coverage) if case.startswith("body")}
    assert found == expected


MOVIE = {
    "type": "object",
    "required": ["name", "by"],
    "properties": {
        "name": {"type": "string"},
        "year": {"type": "integer"},
        "by": {"type": "array", "items": {"type": "object", "required": ["who"], "properties": {"who": {}, "as": {}}}},
        "sequel": {"$ref": "#/components/schemas/Movie"},
        "never": False,
    },
    "additionalProperties": {"type": "boolean"},
}


def test_properties_are_named_by_path_and_a_schema_is_not_entered_inside_itself() -> None:
    contract = document(
        body({"$ref": "#/components/schemas/Movie"}), method="post", components={"schemas": {"Movie": MOVIE}}
    )
    coverage = Coverage(contract)
    assert cases(coverage)[2:] == [
        "body.name: present",
        "body.year: absent",
        "body.year: present",
        "body.by: present",
        "body.by[].who: present",
        "body.by[].as: absent",
        "body.by[].as: present",
        "body.sequel: absent",
        "body.sequel: present",
        "body.*: absent",
        "body.*: present",
        "body.*: true",
        "body.*: false",
    ]
    coverage.exchange(post({"name": "", "by": [{"who": 1}, {"who": 1, "as": 1}], "seen": True}))
    missed = set(cases(coverage)) - hit(coverage)
    assert missed == {"body.year: present", "body.sequel: present", "body.*: absent", "body.*: false"}


RULES = {
    "type": "object",
    "anyOf": [{"required": ["url"]}, {"required": ["file"]}],
    "dependentRequired": {"start": ["end"]},
    "if": {"required": ["url"]},
    "then": {"required": ["kind"]},
}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"url": 1, "kind": 1}, {"with url", "rule 1 on url: met"}),
        ({"file": 1}, {"with file", "rule 1 on url: not met"}),
        ({"url": 1, "file": 1, "kind": 1}, {"with url", "with file", "rule 1 on url: met"}),
        ({}, {"with none of them !"}),
        ({"file": 1, "start": 1}, {"start without end !"}),
    ],
)
def test_each_alternative_of_a_rule_between_fields_is_a_cell(value: Any, expected: set[str]) -> None:
    coverage = Coverage(document(body(RULES), method="post"))
    coverage.exchange(post(value))
    assert {case.removeprefix("body: ") for case in hit(coverage) if case.startswith("body: ")} == expected


def test_what_one_alternative_alone_needs_can_be_left_out() -> None:
    found = cases(Coverage(document(body({**RULES, "properties": {"url": {}, "file": {}}}), method="post")))
    assert {"body.url: absent", "body.file: absent"} <= set(found)


def test_of_a_file_nothing_but_its_presence_is_asked() -> None:
    schema = {"type": "object", "properties": {"file": {"type": "string", "format": "binary", "minLength": 1}}}
    coverage = Coverage(document(body(schema, "multipart/form-data"), method="post"))
    assert cases(coverage)[2:] == ["form.file: absent", "form.file: present"]


def test_exactly_one_is_refused_in_both_ways() -> None:
    schema = {"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}
    coverage = Coverage(document(body(schema), method="post"))
    assert cases(coverage, refusal=True) == ["body: with none of them !", "body: with more than one !"]
    coverage.exchange(post({"a": 1, "b": 1}))
    assert "body: with more than one !" in hit(coverage)


SHAPES = {
    "Circle": {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "circle"}, "radius": {}}},
    "Square": {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "square"}, "side": {}}},
}


def test_the_branches_of_a_union_share_their_places() -> None:
    schema = {"oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in SHAPES]}
    coverage = Coverage(document(body(schema), method="post", components={"schemas": SHAPES}))
    assert cases(coverage)[2:] == [
        "body: as Circle",
        "body: as Square",
        "body.kind: present",
        'body.kind: "circle"',
        'body.kind: "square"',
        "body.kind: another value !",
        "body.radius: absent",
        "body.radius: present",
        "body.side: absent",
        "body.side: present",
    ]
    coverage.exchange(post({"kind": "square", "side": 1}))
    assert {"body: as Square", 'body.kind: "square"', "body.radius: absent", "body.side: present"} <= hit(coverage)
    assert "body: as Circle" not in hit(coverage)


def test_a_query_is_asked_for_no_value_that_it_cannot_carry() -> None:
    schemas: dict[str, Any] = {
        "n": {"type": ["integer", "null"], "minimum": 0},
        "many": {"type": "array", "minItems": 1, "items": {"type": "string"}},
        "either": {"anyOf": [{"type": "number"}, {"type": "object", "properties": {"a": {}}}]},
    }
    found = cases(Coverage(document(query(**schemas))), kinds=("bound", "value", "alternative"))
    assert found == [
        "query.n: min 0",
        "query.n: min - 1 = -1 !",
        "query.n: null",
        "query.many: min 1 item",
        "query.either: as object",
    ]


def test_listed_values_that_are_shown_alike_are_told_apart() -> None:
    values = ["x" * 500 + end for end in "abc"]
    coverage = Coverage(document(body({"enum": values}), method="post"))
    first, second, third, other = cases(coverage, kinds=("value",))
    assert (second, third) == (f"{first} (2)", f"{first} (3)")
    assert other == "body: another value !"
    coverage.exchange(post(values[1]))
    assert {first, second, third} & hit(coverage) == {second}


def test_a_list_in_a_query_has_an_item_at_least() -> None:
    """So there is no list without one to send, whether that is right or wrong."""
    schemas: dict[str, Any] = {
        "none": {"type": "array", "maxItems": 0, "items": {"type": "string"}},
        "one": {"type": "array", "minItems": 1, "maxItems": 1, "items": {"type": "string"}},
    }
    found = cases(Coverage(document(query(**schemas))), kinds=("bound", "value", "alternative"))
    assert found == [
        "query.none: 1 item !",
        *(f"query.one: {case}" for case in ("min 1 item", "max 1 item", "2 items !")),
    ]


def test_a_cookie_has_no_cells() -> None:
    """No client is asked for one."""
    places = ("cookie", "header", "query")
    given = [{"name": f"x-{place}", "in": place, "schema": {"type": "boolean"}} for place in places]
    found = cases(Coverage(document({"parameters": given})), kinds=("presence",))
    assert {case.partition(".")[0] for case in found} == {"header", "query"}


def test_an_optional_parameter_is_given_or_left_out() -> None:
    coverage = Coverage(document(query(a={}, b={})))
    coverage.exchange(get("a=1"))
    assert hit(coverage) == {*CALLED, "query.a: present", "query.b: absent"}


def test_json_in_a_text_is_looked_into() -> None:
    held = {
        "type": "string",
        "contentMediaType": "application/json",
        "contentSchema": {"properties": {"x": {"type": "boolean"}}},
    }
    coverage = Coverage(document(query(meta=held)))
    coverage.exchange(get("meta=%7B%22x%22%3Atrue%7D"))
    assert {"query.meta.x: present", "query.meta.x: true"} <= hit(coverage)


@pytest.mark.parametrize(
    "schema",
    [
        {"properties": [], "required": "a", "anyOf": {}, "enum": "ab", "type": None},
        {"allOf": [{"$ref": "#/components/schemas/A"}]},
        {"anyOf": [{"$ref": "#/components/schemas/A"}, {"type": "string"}]},
    ],
)
def test_a_strange_schema_has_cells_all_the_same(schema: Any) -> None:
    loop = {"A": {"anyOf": [{"$ref": "#/components/schemas/B"}]}, "B": {"allOf": [{"$ref": "#/components/schemas/A"}]}}
    assert cases(Coverage(document(query(a=schema), components={"schemas": loop})))[:2] == [*CALLED, "query.a: absent"]


def test_places_end_six_levels_below_the_body() -> None:
    schema: dict[str, Any] = {"type": "boolean"}
    for _ in range(10):
        schema = {"type": "object", "properties": {"p": schema}}
    found = cases(Coverage(document(body(schema), method="post")))
    assert [case for case in found if case.endswith(": present")] == [f"body{'.p' * n}: present" for n in range(1, 7)]


def test_a_schema_of_countless_places_is_cut_where_it_becomes_too_deep() -> None:
    def level(number: int) -> dict[str, Any]:
        inner = {"$ref": f"#/components/schemas/L{number + 1}"} if number < 9 else {"type": "boolean"}
        return {"type": "object", "properties": {f"p{index}": inner for index in range(12)}}

    schemas = {f"L{number}": level(number) for number in range(10)}
    found = cases(
        Coverage(document(body({"$ref": "#/components/schemas/L0"}), method="post", components={"schemas": schemas}))
    )
    assert 300 < len(found) < 1_010
    assert any(case.startswith("body.p0.p0: ") for case in found)
    assert not any(case.startswith("body.p0.p0.p0.p0") for case in found)


def test_no_branch_of_a_union_is_entered_inside_another() -> None:
    """Each can lead back to the union; what is below is covered as part of it."""
    node = {"$ref": "#/components/schemas/Node"}
    branches = [{"type": "object", "properties": {name: node}} for name in "ab"]
    found = cases(
        Coverage(document(body(node), method="post", components={"schemas": {"Node": {"anyOf": branches}}})),
        kinds=("presence",),
    )
    assert found == [f"body.{name}: {case}" for name in "ab" for case in ("absent", "present")]


def test_a_body_without_a_schema_is_there_or_not() -> None:
    found = Coverage(document({"requestBody": {"content": {"application/json": {}, "text/csv": {}}}}, method="post"))
    kinds = [f"content-type: {kind}" for kind in ("application/json", "text/csv")]
    assert cases(found) == [*CALLED, *kinds, "body: absent", "body: present"]
    found.exchange(post({"a": 1}))
    assert hit(found) == {*CALLED, kinds[0], "body: present"}


def test_a_union_of_many_values_has_a_cell_for_each() -> None:
    schema = {"anyOf": [{"const": number} for number in range(150)]}
    found = cases(Coverage(document(body(schema), method="post")), kinds=("value",))
    assert found == [*(f"body: {number}" for number in range(150)), "body: another value !"]
