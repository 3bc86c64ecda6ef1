"""A schema of any version of OpenAPI becomes one of JSON Schema 2020-12; what cannot be read is left out and named."""

from __future__ import annotations

import math
from typing import Any

import pytest

from apicontract.openapi.notices import Notices
from apicontract.openapi.schema_form import SchemaForm, counts_many

AT = ["components", "schemas", "a/b"]
POINTER = "#/components/schemas/a~1b"
COUNTS = (
    *("minLength", "maxLength", "minItems", "maxItems"),
    *("minProperties", "maxProperties", "minContains", "maxContains"),
)
LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
NAMED = ("properties", "patternProperties", "dependentSchemas", "$defs", "definitions")
SINGLE = (
    *("additionalProperties", "contains", "contentSchema", "else", "if", "items", "not", "propertyNames", "then"),
    *("unevaluatedItems", "unevaluatedProperties"),
)
BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


def changed(schema: Any, *, old: bool = False) -> tuple[Any, list[tuple[str, str, str]]]:
    """Return a schema as it is read, and the notices: place, message, fix."""
    notices = Notices()
    found = SchemaForm(notices, old=old).change(schema, AT)
    return found, [(notice.pointer, notice.message, notice.fix) for notice in notices.found()]


TEXTS = ("title", "description", "format", "contentMediaType", "contentEncoding", "$comment")
FLAGS = ("deprecated", "readOnly", "writeOnly")
TYPES = ["null", "boolean", "object", "array", "number", "integer", "string"]
RIGHT: dict[str, list[Any]] = {
    "type": [*TYPES, ["string", "null"]],
    "enum": [[None], [1, 1]],
    "required": [[], ["a", "b"]],
    "pattern": [""],
    "multipleOf": [0.01, 1],
    "discriminator": [{"propertyName": "kind"}],
    "uniqueItems": [True, False],
    "dependentRequired": [{}, {"a": [], "b": ["c"]}],
    **{key: [-1, 0, 1.5, 10**400] for key in BOUNDS},
    **{key: [0, 1, 2.0] for key in COUNTS},
    **{key: [[True]] for key in LISTS},
    **{key: [{}, {"a": True}] for key in NAMED},
    **{key: [{}, True, False] for key in SINGLE},
    **{key: ["", "x"] for key in TEXTS},
    **{key: [True, False] for key in FLAGS},
    "examples": [[]],
    **{key: [None, []] for key in ("default", "const")},
    **{key: [5] for key in ("example", "x-any", "unheard")},
}


@pytest.mark.parametrize("keyword", RIGHT)
def test_what_is_right_stays_as_it_is(keyword: str) -> None:
    for value in RIGHT[keyword]:
        schema = {keyword: value}
        found, notices = changed(schema)
        assert found is schema
        assert notices == []


NO_NUMBER: list[Any] = ["1", None, math.inf, -math.inf, math.nan, []]
WRONG: dict[str, tuple[list[Any], str]] = {
    "type": (["text", "String", None, [], ["string", "file"], ["string", None], {}, 5], "not a JSON Schema type"),
    "enum": ([[], None, "a", {"a": 1}], "not a list of values"),
    "required": ([True, "a", ["a", 1], None, {"a": 1}], "not a list of names"),
    "pattern": ([5, None, ["a"]], "not a string"),
    "multipleOf": ([0, -1, True, *NO_NUMBER], "not a number above 0"),
    "discriminator": (["kind", {}, {"propertyName": 5}, None], "not a discriminator"),
    "uniqueItems": ([1, "true", None], "neither true nor false"),
    "dependentRequired": ([[], {"a": "b"}, {"a": [], "b": [1]}, {"a": [1], "b": []}], "not lists of names"),
    **dict.fromkeys(("minimum", "maximum"), ([True, *NO_NUMBER], "not a number")),
    **dict.fromkeys(("exclusiveMinimum", "exclusiveMaximum"), (NO_NUMBER, "not a number")),
    **dict.fromkeys(COUNTS, ([-1, 1.5, True, *NO_NUMBER], "not a whole number of 0 or more")),
    **dict.fromkeys(LISTS, ([[], {}, True, None], "not a list of schemas")),
    **dict.fromkeys(NAMED, ([[], True, None], "not a mapping of schemas")),
    **dict.fromkeys(SINGLE, ([[], None, "a", 1], "not a schema")),
}


@pytest.mark.parametrize("keyword", WRONG)
def test_what_is_wrong_is_left_out_and_named(keyword: str) -> None:
    """With the place of the keyword; all others stay."""
    values, why = WRONG[keyword]
    notice = (f"{POINTER}/{keyword}", f"`{keyword}` is {why}", "correct it; until then it is not checked")
    for value in values:
        assert changed({"title": "T", keyword: value, "const": 1}) == ({"title": "T", "const": 1}, [notice])


@pytest.mark.parametrize("keyword", [*TEXTS, *FLAGS, "examples"])
def test_words_of_the_wrong_type_are_left_out_in_silence(keyword: str) -> None:
    for value in (5, 1, None, {"a": 1}, *([] if keyword in TEXTS else ["true"])):
        assert changed({keyword: value, "type": "string"}) == ({"type": "string"}, [])


@pytest.mark.parametrize("value", [None, 5, "S", []])
def test_what_is_no_schema_admits_everything(value: Any) -> None:
    assert changed(value) == (True, [(POINTER, "this is not a schema", "correct it; until then it is not checked")])
    assert changed(True) == (True, [])
    assert changed(False) == (False, [])


def test_names_are_required_once_in_their_order() -> None:
    assert changed({"required": ["b", "a", "b", "c", "a"]}) == ({"required": ["b", "a", "c"]}, [])


@pytest.mark.parametrize(
    ("dialect", "noted"),
    [
        ("https://json-schema.org/draft/2020-12/schema", False),
        ("https://json-schema.org/draft/2020-12/schema#", False),
        ("https://spec.openapis.org/oas/3.0/dialect/base", False),
        ("https://spec.openapis.org/oas/3.1/dialect/base", False),
        ("https://spec.openapis.org/oas/3.2/dialect/2025-09-17", False),
        ("http://json-schema.org/draft-07/schema#", True),
        (5, True),
    ],
)
def test_other_dialects_are_named(dialect: Any, noted: bool) -> None:
    notice = (POINTER, f"the dialect {dialect!r} is read as JSON Schema 2020-12", "use that one")
    assert changed({"$schema": dialect, "type": "string"}) == ({"type": "string"}, [notice] if noted else [])


@pytest.mark.parametrize("old", [True, False])
@pytest.mark.parametrize(
    ("schema", "found"),
    [
        ({"minimum": 1, "exclusiveMinimum": True}, {"exclusiveMinimum": 1}),
        ({"exclusiveMinimum": True, "minimum": 0}, {"exclusiveMinimum": 0}),
        ({"minimum": 1, "exclusiveMinimum": False}, {"minimum": 1}),
        ({"maximum": 1, "exclusiveMaximum": True}, {"exclusiveMaximum": 1}),
        ({"maximum": 1, "exclusiveMaximum": False}, {"maximum": 1}),
        ({"exclusiveMaximum": True}, {}),
        (
            {"minimum": 0, "exclusiveMinimum": True, "exclusiveMaximum": 9},
            {"exclusiveMinimum": 0, "exclusiveMaximum": 9},
        ),
        ({"minimum": 0, "maximum": 9, "exclusiveMaximum": True}, {"minimum": 0, "exclusiveMaximum": 9}),
        ({"minimum": "0", "exclusiveMinimum": True}, {}),
    ],
)
def test_bounds_that_are_true_or_false(schema: dict[str, Any], found: Any, old: bool) -> None:
    """As in OpenAPI 3.0; in later versions each has a notice."""
    flags = [key for key in schema if isinstance(schema[key], bool)]
    read, notices = changed(schema, old=old)
    assert read == found
    assert [notice for notice in notices if "not a number" not in notice[1]] == [
        (
            f"{POINTER}/{key}",
            f"`{key}: {'true' if schema[key] else 'false'}` is OpenAPI 3.0, and read as that",
            f"write the bound itself under `{key}`",
        )
        for key in ([] if old else flags)
    ]


REFERENCE = {"$ref": "#/components/schemas/S"}
NULL = {"type": "null"}
NULLABLE: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, {}),
    ({"type": "string"}, {"type": ["string", "null"]}),
    ({"type": "null"}, {"type": ["null"]}),
    ({"type": ["string", "null"]}, {"type": ["string", "null"]}),
    ({"type": ["string", "integer"]}, {"type": ["string", "integer", "null"]}),
    ({"enum": ["a"]}, {"enum": ["a", None]}),
    ({"enum": [None, "a"]}, {"enum": [None, "a"]}),
    ({"enum": [0, False, ""]}, {"enum": [0, False, "", None]}),
    ({"const": "a"}, {"enum": ["a", None]}),
    ({"const": 0}, {"enum": [0, None]}),
    ({"const": False}, {"enum": [False, None]}),
    ({"const": None}, {"const": None}),
    ({"anyOf": [{"type": "string"}]}, {"anyOf": [{"type": "string"}, NULL]}),
    ({"oneOf": [{"type": "string"}]}, {"oneOf": [{"type": "string"}, NULL]}),
    ({"oneOf": [{"type": "string"}, NULL]}, {"oneOf": [{"type": "string"}, NULL]}),
    ({"anyOf": [{"type": "string", "nullable": True}]}, {"anyOf": [{"type": "string", "nullable": True}]}),
    (
        {"anyOf": [{"type": "string", "nullable": False}]},
        {"anyOf": [{"type": "string", "nullable": False}, NULL]},
    ),
    ({"oneOf": [True]}, {"oneOf": [True]}),
    ({"oneOf": [{}]}, {"oneOf": [{}]}),
    ({"oneOf": [False]}, {"oneOf": [False, NULL]}),
    ({"oneOf": [{"type": ["string", "null"]}]}, {"oneOf": [{"type": ["string", "null"]}]}),
    ({"oneOf": [{"type": ["string", "integer"]}]}, {"oneOf": [{"type": ["string", "integer"]}, NULL]}),
    ({"oneOf": [{"enum": ["a", None]}]}, {"oneOf": [{"enum": ["a", None]}]}),
    ({"oneOf": [{"enum": ["a"]}, {"const": None}]}, {"oneOf": [{"enum": ["a"]}, {"const": None}]}),
    ({"oneOf": [{"const": 0}, {"enum": [0, ""]}]}, {"oneOf": [{"const": 0}, {"enum": [0, ""]}, NULL]}),
    ({"oneOf": [{"type": "string", "enum": ["a"]}]}, {"oneOf": [{"type": "string", "enum": ["a"]}, NULL]}),
    (REFERENCE, {"anyOf": [REFERENCE, NULL]}),
    (
        {"$ref": "#/components/schemas/S", "description": "D", "deprecated": True, "x-a": 1},
        {"description": "D", "deprecated": True, "anyOf": [{**REFERENCE, "x-a": 1}, NULL]},
    ),
    ({"allOf": [REFERENCE], "title": "T"}, {"title": "T", "anyOf": [{"allOf": [REFERENCE]}, NULL]}),
    (
        {"allOf": [REFERENCE], "type": "object"},
        {"anyOf": [{"allOf": [REFERENCE], "type": ["object", "null"]}, NULL]},
    ),
    (
        {"type": "string", "enum": ["a"], "minLength": 1},
        {"type": ["string", "null"], "enum": ["a", None], "minLength": 1},
    ),
]


@pytest.mark.parametrize("old", [True, False])
@pytest.mark.parametrize(("schema", "found"), NULLABLE)
def test_nullable_becomes_a_schema_that_admits_null(schema: dict[str, Any], found: Any, old: bool) -> None:
    """Usual in OpenAPI 3.0; in later versions it has a notice."""
    message = "`nullable` is OpenAPI 3.0, and read as that: null is admitted"
    notice = (f"{POINTER}/nullable", message, "add `null` to `type`")
    assert changed({**schema, "nullable": True}, old=old) == (found, [] if old else [notice])


@pytest.mark.parametrize("value", [False, None, "true", 1])
def test_what_is_not_nullable_stays(value: Any) -> None:
    assert changed({"type": "string", "enum": ["a"], "nullable": value}) == ({"type": "string", "enum": ["a"]}, [])


def test_beside_a_reference_of_3_0_only_words_count() -> None:
    words = {"description": "D", "summary": "S", "readOnly": True, "writeOnly": True, "deprecated": True, "x-a": 1}
    rules = {"type": "string", "required": ["a"], "title": "T", "minLength": 1}
    schema = {**REFERENCE, **words, **rules}
    assert changed(schema, old=True) == ({**REFERENCE, **words}, [])
    assert changed(schema) == (schema, [])
    assert changed({**rules, "$ref": 5}, old=True)[0] == {**rules, "$ref": 5}
    found, _ = changed({**REFERENCE, **rules, "nullable": True}, old=True)
    assert found == {"anyOf": [REFERENCE, NULL]}


PATTERNS = [
    ("", True),
    (r"^[a-z]{1,3}-[0-9]+$", True),
    (r"^\d\D\s\S\w\W\.\-\/\+\*\?\(\)\[\]\{\}\|\^\$\\$", True),
    ("^[^/ ]*(?:a|b)?$", True),
    ("a{2}b{2,}c{2,999}", True),
    ("ß漢 '\"", True),
    ("😀", False),
    ("a{1000}", False),
    ("a{0,1000}", False),
    ("a{,1000}", False),
    ("a{1000,}", False),
    (r"\bword\b", False),
    (r"\p{L}", False),
    (r"\u00e9", False),
    ("[a-z&&[^b]]", False),
    (r"[\]]", True),
    ("(", False),
    ("[z-a]", False),
    ("a**", False),
]


@pytest.mark.parametrize(("pattern", "plain"), PATTERNS)
def test_patterns_that_engines_may_read_differently_are_collected(pattern: str, plain: bool) -> None:
    form = SchemaForm(Notices(), old=False)
    form.change({"pattern": pattern}, AT)
    form.change({"patternProperties": {"^x-": {}, pattern: {}}}, ["paths"])
    places = ["/components/schemas/a~1b/pattern", "/paths/patternProperties"]
    assert form.patterns == ({} if plain else {pattern: places})


@pytest.mark.parametrize(
    ("pattern", "many"),
    [
        ("a{999}", False),
        ("a{1000}", True),
        ("a{1,999}", False),
        ("a{1,1000}", True),
        ("a{,1000}", True),
        ("1000", False),
    ],
)
def test_thousands_of_repetitions(pattern: str, many: bool) -> None:
    assert counts_many(pattern) is many


@pytest.mark.parametrize(
    ("schema", "traits"),
    [
        ({"readOnly": True}, {"readOnly"}),
        ({"writeOnly": True}, {"writeOnly"}),
        ({"readOnly": False, "writeOnly": "true"}, set()),
        ({"discriminator": {"propertyName": "kind"}}, {"discriminator"}),
        ({"discriminator": {}}, set()),
        ({"title": "T"}, set()),
    ],
)
def test_what_a_validator_must_treat_specially(schema: Any, traits: set[str]) -> None:
    form = SchemaForm(Notices(), old=False)
    form.change(schema, AT)
    form.change({"type": "string"}, AT)
    assert form.traits == traits


@pytest.mark.parametrize("keyword", ["$id", "$anchor", "$dynamicAnchor", "$dynamicRef"])
def test_a_document_with_one_name_has_names(keyword: str) -> None:
    form = SchemaForm(Notices(), old=False)
    form.change({"title": "T"}, AT)
    assert not form.named
    form.change({keyword: "#a"}, AT)
    form.change({"title": "T"}, AT)
    assert form.named


def test_the_given_schema_is_never_changed() -> None:
    schema = {"type": "string", "nullable": True, "minimum": 1, "exclusiveMinimum": True, "enum": ["a"], "required": 1}
    before = dict(schema)
    changed(schema)
    assert schema == before
    assert schema["enum"] == ["a"]
