"""JSON in the strings of a value: which schemas ask for it, and what is said of it."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from apicontract.checks.instances import Instances
from apicontract.checks.patterns import unusable
from apicontract.checks.validation import Validators
from apicontract.openapi.document import Document
from apicontract.openapi.operation import MediaType
from tests.support.small import posting

NUMBER: dict[str, Any] = {
    "type": "string",
    "contentMediaType": "application/json",
    "contentSchema": {"type": "object", "properties": {"n": {"type": "integer"}}},
}
INTEGER = {"type": "integer"}
PROPERTIES = {"properties": {"t": NUMBER}}
AT = "/paths/~1a/post/requestBody/content/application~1json/schema"


def instances(schema: Any, schemas: Any = None) -> tuple[Instances, MediaType]:
    """Return the checker of the bodies of a schema, and their media type."""
    document = Document(posting(schema, schemas))
    body = document.operations["op"].request_body
    assert body is not None
    return Instances(document, Validators(document)), body.content["application/json"]


def wrong(schema: Any, value: Any, schemas: Any = None) -> list[tuple[str, str]]:
    """Return where and by which rule a value is wrong, as every way to check it says."""
    checker, content = instances(schema, schemas)
    found = [(violation.where, violation.rule) for violation in checker.check("op", content, value, "body")]
    assert checker.conforms(content, value) is (not found)
    checked = checker.checker("op", content, "body")(value)
    assert [(violation.where, violation.rule) for violation in checked] == list(dict.fromkeys(found))
    conform = checker.conformity(content)
    assert conform is None or conform([value]) is (not found)
    return found


GOOD, BAD, NO_JSON = '{"n": 1}', '{"n": "x"}', "{"
KIND_T = {"properties": {"kind": {"const": "t"}, **PROPERTIES["properties"]}, "required": ["kind"]}
KIND_U = {"properties": {"kind": {"const": "u"}}, "required": ["kind"]}
REF = {"$ref": "#/components/schemas/A"}


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        (PROPERTIES, {"t": GOOD}, []),
        (PROPERTIES, {"t": BAD}, [("body.t.n", "type")]),
        (PROPERTIES, {"t": NO_JSON}, [("body.t", "encoding")]),
        (PROPERTIES, {"t": 5}, [("body.t", "type")]),
        (PROPERTIES, {}, []),
        (PROPERTIES, [], []),
        ({"properties": {"a": INTEGER, "t": NUMBER}}, {"a": "x", "t": BAD}, [("body.a", "type"), ("body.t.n", "type")]),
        ({"properties": {"s": NUMBER, "t": NUMBER}}, {"s": 5, "t": BAD}, [("body.s", "type"), ("body.t.n", "type")]),
        ({"properties": {"a/b": NUMBER}}, {"a/b": BAD}, [('body["a/b"].n', "type")]),
        ({"allOf": [PROPERTIES, {}]}, {"t": BAD}, [("body.t.n", "type")]),
        ({"allOf": [PROPERTIES, REF, REF]}, {"t": BAD, "a": GOOD}, [("body.t.n", "type")]),
        ({"properties": {"a/b": NUMBER}}, {"a/b": NO_JSON}, [('body["a/b"]', "encoding")]),
        ({"properties": {"a/b": NUMBER}}, {"a/b": 5}, [('body["a/b"]', "type")]),
        ({"anyOf": [KIND_T, KIND_U]}, {"kind": "t", "t": BAD}, [("body.t.n", "type")]),
        ({"anyOf": [KIND_T, KIND_U]}, {"kind": "u", "t": BAD}, []),
        ({"oneOf": [KIND_U, KIND_T]}, {"kind": "t", "t": BAD}, [("body.t.n", "type")]),
        ({"oneOf": [KIND_U, KIND_T]}, {"kind": "u", "t": BAD}, []),
        (REF, {"below": {"a": BAD}, "a": GOOD}, []),
        (True, {"t": BAD}, []),
        ({"type": "integer"}, "\ud800", [("body", "type")]),
        ({"type": "integer"}, b"1", [("body", "type")]),
        ({"type": "integer"}, 5, []),
    ],
)  # fmt: skip
def test_json_in_strings_is_checked_where_the_value_fits(schema: Any, value: Any, expected: Any) -> None:
    """Of all parts that apply together, and of the branches that a value fits; each part once."""
    schemas = {"A": {"properties": {"a": NUMBER, "below": {"$ref": "#/components/schemas/A"}}}}
    found = wrong(schema, value, schemas)
    assert found == expected or sorted(found) == sorted(expected)


@pytest.mark.parametrize("coding", ["base64", "base64url"])
def test_what_is_said_of_json_in_base64(coding: str) -> None:
    """Padded or not, in either alphabet; the pointer is that of the string, or of the broken rule in its JSON."""
    schema = {"properties": {"t": {**NUMBER, "contentEncoding": coding}}}
    for text in ('{"s":"???>>>~~~"}', "{}", '{"n":1} '):
        encoded = base64.b64encode(text.encode()).decode()
        for written in (encoded, encoded.rstrip("="), encoded.translate(str.maketrans("+/", "-_"))):
            assert wrong(schema, {"t": written}) == []
    assert wrong(schema, {"t": "e30==="}) == []
    checker, content = instances(schema)
    (found,) = checker.check("op", content, {"t": base64.b64encode(b'{"n": "x"}').decode()}, "body")
    assert (found.where, found.pointer) == ("body.t.n", f"{AT}/properties/t/contentSchema/properties/n/type")
    for given in ("e30!", "e3!!0", "e30 ", "{}", "e"):
        (found,) = checker.check("op", content, {"t": given}, "form")
        assert (found.where, found.rule, found.pointer) == ("form.t", "encoding", f"{AT}/properties/t")
        assert found.message.startswith("invalid JSON in base64: ")
        assert found.excerpt == f'"{given}"'


def test_a_body_without_a_schema_may_be_anything() -> None:
    checker, content = instances(True)
    free = content._replace(schema=None)
    assert checker.check("op", free, object(), "body") == []
    assert checker.conforms(free, object())
    assert checker.checker("op", free, "body")(object()) == []
    conform = checker.conformity(free)
    assert conform is not None
    assert conform([object()])


def test_many_values_are_checked_by_one_call_unless_strings_hold_json() -> None:
    checker, content = instances({"type": "integer"})
    conform = checker.conformity(content)
    assert conform is not None
    assert [conform(values) for values in ([], [1, 2], [1, "a"], [1, "\ud800"])] == [True, True, False, False]
    checker, content = instances(PROPERTIES)
    assert checker.conformity(content) is None


def test_a_broken_pattern_is_named_at_its_first_place() -> None:
    broken = {"properties": {name: {"type": "string", "pattern": "("} for name in "ab"}}
    (problem,) = unusable(Document(posting(broken))).values()
    assert problem.pointer == "#/paths/~1a/post/responses/200/content/application~1json/schema/properties/a/pattern"
    assert problem.message.startswith("not a pattern that can be checked (")
    assert unusable(Document(posting({"pattern": r"\bword\b"}))) == {}
