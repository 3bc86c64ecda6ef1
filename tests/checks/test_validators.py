"""What is said of a value that breaks a schema: where, by which rule, in which words, and where the rule is."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from apicontract.checks.validation import MOST, Validators
from apicontract.openapi.document import Document
from apicontract.openapi.pointer import escape
from tests.support.small import body, document, operation, parameter, posting

AT = "/paths/~1a/post/requestBody/content/application~1json/schema"
SCHEMAS: dict[str, Any] = {
    "Cat": {
        "type": "object",
        "required": ["kind", "meow"],
        "properties": {"kind": {"const": "Cat"}, "meow": {"type": "integer"}},
    },
    "Dog": {
        "type": "object",
        "required": ["kind", "bark"],
        "properties": {"kind": {"enum": ["Dog", "Hund"]}, "bark": {"type": "integer"}},
    },
    "Other": {
        "type": "object",
        "properties": {"kind": {"not": {"enum": ["Cat", "Dog"]}}, "x": {"type": "integer"}},
    },
}
CAT, DOG, OTHER = ({"$ref": f"#/components/schemas/{name}"} for name in SCHEMAS)
LESS = "the value is less than the minimum of"
Said = tuple[str, str, str | None, str, str | None]
"""Where, rule, message (`None` for one of the engine), pointer (`@` is the schema, a name another one), excerpt."""
CASES: list[tuple[Any, Any, list[Said]]] = [
    ({"type": "object", "required": ["a b"]}, {}, [('body["a b"]', "missing", "'a b' is missing", "@/required", None)]),
    (
        {"type": "array", "items": {"required": ["x"]}},
        [{"x": 1}, {}],
        [("body[1].x", "missing", "'x' is missing", "@/items/required", None)],
    ),
    (
        {"dependentRequired": {"a": ["b"], "c": ["b"], "d": ["e"]}},
        {"a": 1, "c": 1},
        [("body.b", "dependentRequired", "'b' is missing; a, c needs it", "@/dependentRequired", None)],
    ),
    (
        {"dependentRequired": {"a": ["b", "c"]}},
        {"a": 1},
        [
            ("body.b", "dependentRequired", "'b' is missing; a needs it", "@/dependentRequired", None),
            ("body.c", "dependentRequired", "'c' is missing; a needs it", "@/dependentRequired", None),
        ],
    ),
    (
        {"properties": {"name": {}}, "additionalProperties": False},
        {"nam": 1, "zzz": 2},
        [
            ("body.nam", "undeclared", "'nam' is not declared; did you mean 'name'?", "@/additionalProperties", None),
            ("body.zzz", "undeclared", "'zzz' is not declared", "@/additionalProperties", None),
        ],
    ),
    (
        {"properties": {"name": {}}, "unevaluatedProperties": False},
        {"nam": 1},
        [("body.nam", "undeclared", "'nam' is not declared; did you mean 'name'?", "@/unevaluatedProperties", None)],
    ),
    (
        {"unevaluatedProperties": {"type": "integer"}},
        {"nam": "x"},
        [("body", "unevaluatedProperties", None, "@/unevaluatedProperties", None)],
    ),
    (
        {"items": {"type": "integer"}},
        ["a", 1, "b"],
        [
            ("body[0]", "type", 'the value is not of type "integer"', "@/items/type", '"a"'),
            ("body[2]", "type", 'the value is not of type "integer"', "@/items/type", '"b"'),
        ],
    ),
    ({"enum": ["aa", "bb", 1]}, "ab", [("body", "enum", None, "@/enum", '"ab"')]),
    ({"enum": ["aa"]}, ["aa"], [("body", "enum", None, "@/enum", None)]),
    ({"enum": ["Visual", "visual"]}, "VISUAL", [("body", "enum", None, "@/enum", '"VISUAL"')]),
    ({"const": "aa"}, "ab", [("body", "const", None, "@/const", '"ab"')]),
    ({"enum": [1, 2]}, "1", [("body", "enum", None, "@/enum", '"1"')]),
    (
        {"enum": ["x"]},
        "x ",
        [("body", "enum", 'the value is not one of "x"; leave out the spaces around it', "@/enum", '"x "')],
    ),
    (
        {"type": "boolean"},
        "True",
        [("body", "type", 'the value is not of type "boolean"; write true or false in lower case', "@/type", '"True"')],
    ),
    (
        {"type": "boolean"},
        "true",
        [("body", "type", 'the value is not of type "boolean"; write it without quotes', "@/type", '"true"')],
    ),
    (
        {"type": "boolean"},
        "FALSE",
        [
            (
                "body",
                "type",
                'the value is not of type "boolean"; write true or false in lower case',
                "@/type",
                '"FALSE"',
            )
        ],
    ),
    ({"type": "string"}, "x", []),
    (
        {"type": "integer"},
        "true",
        [("body", "type", 'the value is not of type "integer"; write it without quotes', "@/type", '"true"')],
    ),
    ({"type": "object"}, [1], [("body", "type", 'the value is not of type "object"', "@/type", None)]),
    ({"type": "integer"}, {"a": 1}, [("body", "type", 'the value is not of type "integer"', "@/type", None)]),
    (
        {"type": "integer"},
        "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü",
        [
            (
                "body",
                "type",
                'the value is not of type "integer"',
                "@/type",
                '"üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü…',
            )
        ],
    ),
    (
        {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
        {},
        [("body", "anyOf", "give at least one of a, b", "@/anyOf", None)],
    ),
    (
        {"oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
        {},
        [("body", "oneOf", "give exactly one of a, b", "@/oneOf", None)],
    ),
    (
        {"oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
        {"a": 1, "b": 1},
        [
            (
                "body",
                "oneOf",
                "fits more than one alternative: number 1 and number 2; exactly one must fit",
                "@/oneOf",
                None,
            )
        ],
    ),
    (
        {"oneOf": [CAT, {"type": "object"}, True]},
        {"kind": "Cat", "meow": 1},
        [
            (
                "body",
                "oneOf",
                "fits more than one alternative: Cat and number 2 and number 3; exactly one must fit",
                "@/oneOf",
                None,
            )
        ],
    ),
    (
        {"oneOf": [{"minLength": 1}, {"maxLength": 9}]},
        "a",
        [
            (
                "body",
                "oneOf",
                "fits more than one alternative: number 1 and number 2; exactly one must fit",
                "@/oneOf",
                '"a"',
            )
        ],
    ),
    (
        {"oneOf": [CAT, DOG], "discriminator": {"propertyName": "kind"}},
        {},
        [("body.kind", "missing", "'kind' is missing", "@/oneOf", None)],
    ),
    (
        {"oneOf": [CAT, DOG], "discriminator": {"propertyName": "kind"}},
        {"kind": "Cat"},
        [("body.meow", "missing", "'meow' is missing", "Cat/required", None)],
    ),
    (
        {"oneOf": [CAT, DOG], "discriminator": {"propertyName": "kind"}},
        {"kind": "Hund"},
        [("body.bark", "missing", "'bark' is missing", "Dog/required", None)],
    ),
    (
        {"oneOf": [CAT, DOG], "discriminator": {"propertyName": "kind"}},
        {"kind": "cow"},
        [("body.kind", "oneOf", "no variant has this 'kind'", "@/oneOf", '"cow"')],
    ),
    (
        {"oneOf": [CAT, DOG], "discriminator": {"propertyName": "kind"}},
        {"kind": 5},
        [("body.kind", "oneOf", "no variant has this 'kind'", "@/oneOf", "5")],
    ),
    (
        {"oneOf": [CAT, DOG], "discriminator": {"propertyName": "kind"}},
        5,
        [("body", "oneOf", 'fits no alternative: the value is not of type "object"', "@/oneOf", "5")],
    ),
    (
        {"oneOf": [CAT, DOG], "discriminator": {"propertyName": "kind"}},
        [1],
        [("body", "oneOf", 'fits no alternative: the value is not of type "object"', "@/oneOf", None)],
    ),
    (
        {"oneOf": [CAT, DOG], "discriminator": {"propertyName": "kind"}},
        {"kind": "Cat", "meow": "x"},
        [("body.meow", "type", 'the value is not of type "integer"', "Cat/properties/meow/type", '"x"')],
    ),
    (
        {
            "oneOf": [CAT, DOG],
            "discriminator": {"propertyName": "kind", "mapping": {"c": "Cat", "d": "#/components/schemas/Dog"}},
        },
        {"kind": "d"},
        [
            ("body.bark", "missing", "'bark' is missing", "Dog/required", None),
            ("body.kind", "enum", None, "Dog/properties/kind/enum", '"d"'),
        ],
    ),
    (
        {
            "oneOf": [CAT, DOG],
            "discriminator": {"propertyName": "kind", "mapping": {"c": "Cat", "d": "#/components/schemas/Dog"}},
        },
        {"kind": "e"},
        [("body.kind", "oneOf", "no variant has this 'kind'; known are c, d", "@/oneOf", '"e"')],
    ),
    (
        {
            "oneOf": [CAT, DOG],
            "discriminator": {"propertyName": "kind", "mapping": {"c": "Cat", "d": "#/components/schemas/Dog"}},
        },
        {"kind": "Cat", "meow": "x"},
        [("body.meow", "type", 'the value is not of type "integer"', "Cat/properties/meow/type", '"x"')],
    ),
    (
        {"oneOf": [CAT, DOG, OTHER], "discriminator": {"propertyName": "kind", "defaultMapping": "Other"}},
        {"x": "s"},
        [("body.x", "type", 'the value is not of type "integer"', "Other/properties/x/type", '"s"')],
    ),
    (
        {"oneOf": [CAT, DOG, OTHER], "discriminator": {"propertyName": "kind", "defaultMapping": "Other"}},
        {"kind": "cow", "x": "s"},
        [("body.x", "type", 'the value is not of type "integer"', "Other/properties/x/type", '"s"')],
    ),
    (
        {"oneOf": [CAT, DOG, OTHER], "discriminator": {"propertyName": "kind", "defaultMapping": "Other"}},
        {"kind": "Dog", "x": 1},
        [("body.bark", "missing", "'bark' is missing", "Dog/required", None)],
    ),
    (
        {"anyOf": [{"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}}, {"type": "null"}]},
        {"a": "x"},
        [("body.a", "type", 'the value is not of type "integer"', "@/anyOf/0/properties/a/type", '"x"')],
    ),
    (
        {"anyOf": [{"type": "null"}, {"type": "array", "items": {"type": "integer"}}]},
        ["x"],
        [("body[0]", "type", 'the value is not of type "integer"', "@/anyOf/1/items/type", '"x"')],
    ),
    (
        {"anyOf": [{"type": "null"}, {"type": "integer"}]},
        "x",
        [
            (
                "body",
                "anyOf",
                'fits no alternative: the value is not of type "null"; or the value is not of type "integer"',
                "@/anyOf",
                '"x"',
            )
        ],
    ),
    (
        {"anyOf": [{"type": "object", "required": ["a"]}]},
        {},
        [("body", "anyOf", "give at least one of a", "@/anyOf", None)],
    ),
    (
        {"anyOf": [{"type": "integer"}, {"maxLength": 1}]},
        "xx",
        [
            (
                "body",
                "anyOf",
                'fits no alternative: the value is not of type "integer"; or the value is longer than 1 character',
                "@/anyOf",
                '"xx"',
            )
        ],
    ),
    (
        {"anyOf": [{"type": "integer", "minimum": 3}, {"type": "integer", "multipleOf": 7, "minimum": 9}]},
        1,
        [
            (
                "body",
                "anyOf",
                f"fits no alternative: {LESS} 3; or {LESS} 9",
                "@/anyOf",
                "1",
            )
        ],
    ),
    ({"not": {"type": "string", "description": "no text"}}, "x", [("body", "not", "no text", "@/not", '"x"')]),
    ({"not": {"type": "string"}}, "x", [("body", "not", None, "@/not", '"x"')]),
    ({"contains": {"const": 1, "description": "one"}}, [2], [("body", "contains", "one", "@/contains", None)]),
    ({"contains": {"const": 1}}, [2], [("body", "contains", None, "@/contains", None)]),
    ({"minimum": 3, "description": "d"}, 1, [("body", "minimum", None, "@/minimum", "1")]),
    (
        {"properties": {"a/b%20": {"type": "integer"}, "ü": {"type": "integer"}}},
        {"a/b%20": "x", "ü": "y"},
        [
            ('body["a/b%20"]', "type", 'the value is not of type "integer"', "@/properties/a~1b%20/type", '"x"'),
            ("body.ü", "type", 'the value is not of type "integer"', "@/properties/ü/type", '"y"'),
        ],
    ),
    ({"type": "integer"}, b"1", [("body", "type", None, "@", None)]),
    ({"type": "integer"}, "\ud800", [("body", "type", None, "@", None)]),
    (
        {"if": {"required": ["a"]}, "then": {"required": ["b"]}},
        {"a": 1},
        [("body.b", "missing", "'b' is missing", "@/then/required", None)],
    ),
    ({"propertyNames": {"maxLength": 2}}, {"abc": 1}, [("body", "propertyNames", None, "@/propertyNames", None)]),
    ({"uniqueItems": True}, [1, 1.0], [("body", "uniqueItems", None, "@/uniqueItems", None)]),
]


@pytest.mark.parametrize(("schema", "value", "expected"), CASES)
def test_what_is_said_of_a_value(schema: Any, value: Any, expected: list[Said]) -> None:
    validators = Validators(Document(posting(schema, SCHEMAS)))
    found = validators.violations(AT, value, "op", "body")
    assert [
        (
            violation.where,
            violation.rule,
            None if wanted[2] is None else violation.message,
            violation.pointer.replace(AT, "@").replace("/components/schemas/", ""),
            violation.excerpt,
        )
        for violation, wanted in zip(found, expected, strict=True)
    ] == expected
    assert {violation.operation for violation in found} <= {"op"}
    conform = validators.conformity(AT)
    assert conform([value]) is (not expected)
    assert conform([]) is True
    assert validators.violations(AT, value, "op", "body") == found
    assert validators.at(AT) is validators.at(AT)


@pytest.mark.parametrize("name", ["50%", "a%20b", "a b", "{id}", "ü", "a/b~"])
def test_a_schema_is_found_whatever_its_name_is(name: str) -> None:
    schemas = {name: {"type": "array", "items": {"$ref": f"#/components/schemas/{quote(escape(name), safe='~')}"}}}
    pointer = f"/components/schemas/{escape(name)}"
    (found,) = Validators(Document(document({}, schemas))).violations(pointer, [[5]], None, "body")
    assert (found.where, found.rule, found.pointer, found.operation) == ("body[0][0]", "type", f"{pointer}/type", None)


@pytest.mark.parametrize("more", [-1, 0, 1, 500])
def test_a_thousand_violations_of_a_value_are_reported_and_that_there_are_more(more: int) -> None:
    validators = Validators(Document(posting({"items": {"type": "integer"}})))
    found = validators.violations(AT, ["x"] * (1000 + more), "op", "body")
    assert MOST == 1000
    assert len(found) == 1000 + min(more, 1)
    assert found[999 + min(more, 0)].where == f"body[{999 + min(more, 0)}]"
    if more > 0:
        assert (found[-1].where, found[-1].rule, found[-1].pointer) == ("body", "type", f"{AT}/items/type")
        assert found[-1].message == "and further violations; only the first 1000 of one value are reported"


def test_a_schema_that_cannot_be_compiled_is_said_once_and_checks_nothing() -> None:
    validators = Validators(Document(posting({"type": "string", "pattern": "("})))
    for _ in range(2):
        assert validators.violations(AT, 5, "op", "body") == []
        assert validators.conformity(AT)([5]) is True
    assert {problem.pointer for problem in validators.unusable} == {f"#{AT}"}
    assert validators.unusable[0].message.startswith("this schema cannot be used: ")


PARAMETERS = [
    parameter("path", "id", {"type": "integer"}),
    parameter("query", "q", {"type": "integer"}),
    parameter("query", "r", {"type": "string"}) | {"required": True},
    parameter("query", "free", True),
    parameter("cookie", "c", {"type": "integer"}) | {"required": True},
]


def test_the_values_of_a_location_are_checked_together() -> None:
    """Each operation by its own parameters; only what is declared is admitted."""
    paths = {
        "/a/{id}": {
            "get": operation(parameters=PARAMETERS),
            "post": operation(
                operationId="other", parameters=[PARAMETERS[0], parameter("query", "q", {"type": "string"})]
            ),
        }
    }
    made = Document(document(paths))
    validators = Validators(made)
    first, other = made.operations.values()

    def found(operation_: Any, location: str, values: Any) -> list[tuple[str, str, str]]:
        wrong = validators.group_violations(operation_, location, values)
        return [(v.where, v.rule, v.pointer.rpartition("/get/")[2]) for v in wrong]

    assert found(first, "query", {"q": 1, "r": "a", "free": [None]}) == []
    assert found(first, "query", {"q": "a"}) == [
        ("query.q", "type", "parameters/1/schema/type"),
        ("query.r", "missing", first.pointer),
    ]
    assert found(other, "query", {"q": "a"}) == []
    assert found(other, "query", {"q": 1})[0][:2] == ("query.q", "type")
    (wrong,) = validators.group_violations(first, "query", {"r": "a", "ri": 1})
    assert (wrong.where, wrong.rule, wrong.message) == (
        "query.ri",
        "undeclared",
        "'ri' is not declared; did you mean 'r'?",
    )
    assert found(first, "path", {}) == [("path.id", "missing", first.pointer)]
    assert found(first, "cookie", {}) == [("cookie.c", "missing", first.pointer)]


def test_all_arguments_are_checked_by_one_call() -> None:
    """A location without required parameters may be missing; so may a body that is not required."""

    def valid(own: Any, arguments: Any) -> bool:
        made = Document(document({"/a/{id}": {"post": operation(**own)}}))
        (only,) = made.operations.values()
        return Validators(made).whole(only).is_valid(arguments)

    path, query, _, _, cookie = PARAMETERS
    integer = body({"type": "integer"})
    cases: list[tuple[dict[str, Any], Any, bool]] = [
        ({"parameters": [path]}, {"path": {"id": 1}}, True),
        ({"parameters": [path]}, {"path": {"id": "a"}}, False),
        ({"parameters": [path]}, {}, False),
        ({"parameters": [path]}, {"path": {"id": 1}, "query": {"x": 1}}, False),
        ({"parameters": [path]}, {"path": {"id": 1}, "body": 5}, False),
        ({"parameters": [path, query]}, {"path": {"id": 1}}, True),
        ({"parameters": [path, cookie]}, {"path": {"id": 1}}, False),
        ({"parameters": [path, cookie]}, {"path": {"id": 1}, "cookie": {"c": 1}}, True),
        ({"parameters": [path], "requestBody": integer}, {"path": {"id": 1}}, True),
        ({"parameters": [path], "requestBody": integer}, {"path": {"id": 1}, "body": "a"}, False),
        ({"parameters": [path], "requestBody": integer | {"required": True}}, {"path": {"id": 1}}, False),
        ({"parameters": [path], "requestBody": integer | {"required": True}}, {"path": {"id": 1}, "body": 5}, True),
        (
            {"parameters": [path], "requestBody": {"content": {"a/b": {}}}},
            {"path": {"id": 1}, "body": b""[:0].decode()},
            True,
        ),
    ]
    assert [valid(own, arguments) for own, arguments, _ in cases] == [wanted for _, _, wanted in cases]
