"""What a schema says of a value, and the words of its violations, as documents use them."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from apicontract.checks import formats
from apicontract.checks.exchange import judge
from apicontract.openapi.document import Document
from apicontract.openapi.routing import Match
from apicontract.wire.messages import Exchange
from tests.support.small import HOST, JSON, answered, asked, body, document, load, operation, posting
from twelvelabs_contract import Contract, Headers, Request, Response

JSON_FIELDS = Headers(JSON)
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        (b'{"a": 1}', []),
        (b"{}", [("body.s.a", "missing")]),
        (b"no JSON", [("body.s", "encoding")]),
        (None, [("body.s", "encoding")]),
    ],
)
@pytest.mark.parametrize("url_safe", [True, False])
def test_json_in_base64(value: bytes | None, wrong: Any, url_safe: bool, tmp_path: Path) -> None:
    encode = base64.urlsafe_b64encode if url_safe else base64.b64encode
    coding = "base64url" if url_safe else "base64"
    schema = {
        "type": "string",
        "contentEncoding": coding,
        "contentMediaType": "application/json",
        "contentSchema": {"required": ["a"]},
    }
    contract = load(posting({"properties": {"s": schema}}), tmp_path)
    text = "%%%" if value is None else encode(value).decode().rstrip("=" if url_safe else "")
    assert asked(contract, "/a", json.dumps({"s": text}).encode()) == wrong


ASSERTED = (
    "date",
    "date-time",
    "duration",
    "email",
    "hostname",
    "ipv4",
    "ipv6",
    "time",
    "uri",
    "uri-reference",
    "uuid",
)
OTHERS = (
    *("idn-email", "idn-hostname", "iri", "iri-reference", "json-pointer", "regex", "relative-json-pointer"),
    *("uri-template", "byte", "binary", "int32", "double", "password", "unheard"),
)


@pytest.mark.parametrize("name", [*ASSERTED, *OTHERS])
def test_formats_are_asserted_that_are_listed_and_can_be_switched_off(name: str) -> None:
    assert (name in formats.ASSERTED) is (name in ASSERTED)
    raw = Document(posting({"format": name}))
    rules = [v.rule for v in Contract(raw).check_request(Request("POST", f"{HOST}/a", JSON_FIELDS, b'" ( "'))]
    assert rules == (["format"] if name in ASSERTED else [])
    assert Contract(raw, formats=False).check_request(Request("POST", f"{HOST}/a", JSON_FIELDS, b'" ( "')) == []


def test_a_parameter_whose_name_is_a_number_has_it_as_text(tmp_path: Path) -> None:
    raw = document({"/a": {"get": operation(parameters=[{"name": 1.5, "in": "query"}])}})
    contract = load(raw, tmp_path)
    assert asked(contract, "/a?1.5=a") == []
    (found,) = contract.check_request(Request("GET", f"{HOST}/a?1.4=a"))
    assert (found.where, found.message) == ('query["1.4"]', "'1.4' is not declared; did you mean '1.5'?")


@pytest.mark.parametrize("keyword", ["additionalProperties", "unevaluatedProperties"])
def test_what_a_schema_leaves_open_has_a_schema(keyword: str, tmp_path: Path) -> None:
    contract = load(posting({"properties": {"name": {}}, keyword: {"type": "integer"}}), tmp_path)
    ((_, rule),) = asked(contract, "/a", b'{"nam": "x"}')
    assert rule != "undeclared"


@pytest.mark.parametrize("keyword", ["additionalProperties", "unevaluatedProperties"])
def test_what_a_schema_closes_is_undeclared_however_it_does(keyword: str, tmp_path: Path) -> None:
    schema = {"properties": {"name": {}}, keyword: False}
    contract = load(posting(schema), tmp_path)
    (found,) = contract.check_request(Request("POST", f"{HOST}/a", JSON_FIELDS, b'{"nam": 1}'))
    assert (found.where, found.rule) == ("body.nam", "undeclared")
    assert "did you mean 'name'" in found.message


def test_encoded_content_is_not_read_as_it_is(tmp_path: Path) -> None:
    schema = {"type": "string", "contentMediaType": "application/json", "contentEncoding": "base64"}
    assert asked(load(posting({"properties": {"s": schema}}), tmp_path), "/a", b'{"s": "eyJmb28iOiAiYmFyIn0K"}') == []


HALF = b'{"s": "\\ud83d"}'


@pytest.mark.parametrize("content", [HALF, b'{"s": "\\ude00!"}', b'{"s": "\\\\\\ud83d\\ud83d\\ude00"}'])
def test_half_of_a_surrogate_pair_is_admitted_in_every_direction(content: bytes, tmp_path: Path) -> None:
    contract = load(posting({"properties": {"s": {"type": "string"}}}), tmp_path)
    assert asked(contract, "/a", content) == []
    assert answered(contract, content) == []


@pytest.mark.parametrize(
    ("schema", "value", "message"),
    [
        (
            {"oneOf": [{"type": "object"}, {"required": ["a"]}]},
            {"a": 1},
            "fits more than one alternative: number 1",
        ),
        ({"anyOf": [{"type": "null"}, {"type": "object", "required": ["a"]}]}, {}, "'a' is missing"),
        (
            {"anyOf": [{"type": "object", "maxProperties": 0}, {"type": "object", "minProperties": 2}, {"const": 1}]},
            "x",
            'fits no alternative: the value is not of type "object"; or ',
        ),
        ({"not": {"const": 5, "description": "five is taken"}}, 5, "five is taken"),
        ({"contains": {"const": 5, "description": "one is five"}}, [], "one is five"),
        ({"type": "boolean"}, "TRUE", 'the value is not of type "boolean"; write true or false in lower case'),
        ({"type": "boolean"}, "false", 'the value is not of type "boolean"; write it without quotes'),
        ({"const": "visual"}, "visuel", '"visual" was expected'),
        ({"const": "visual"}, "Visual", '"visual" was expected; upper and lower case count'),
        ({"const": "visual"}, 5, '"visual" was expected'),
        ({"const": 5}, "5", "5 was expected; write it without quotes"),
        ({"const": "5"}, 5, '"5" was expected; write it in quotes'),
        ({"enum": ["x"]}, "y", 'the value is not one of "x"'),
        ({"enum": ["x"]}, '"x"', 'the value is not one of "x"; leave out the quotes around it'),
        ({"enum": ["x"]}, "'x'", 'the value is not one of "x"; leave out the quotes around it'),
        ({"enum": ["x"]}, " x", 'the value is not one of "x"; leave out the spaces around it'),
        (
            {"enum": ["visual", "audio"]},
            "visuel",
            'the value is not one of "visual" or "audio"; did you mean \'visual\'?',
        ),
        (
            {"enum": ["visual", "audio"]},
            "AUDIO",
            'the value is not one of "visual" or "audio"; did you mean \'audio\'?',
        ),
        ({"enum": ["visual", "audio"]}, "none", 'the value is not one of "visual" or "audio"'),
        ({"enum": [1, 2, None]}, "2", "the value is not one of 1, 2 or null; write it without quotes"),
        ({"enum": [1, 2, None]}, "null", "the value is not one of 1, 2 or null; write it without quotes"),
        ({"enum": ["1", "true"]}, True, 'the value is not one of "1" or "true"; write it in quotes'),
        ({"enum": ["1", "true"]}, 2, 'the value is not one of "1" or "true"'),
    ],
)
def test_what_a_rule_says(schema: Any, value: Any, message: str, tmp_path: Path) -> None:
    contract = load(posting(schema), tmp_path)
    content = json.dumps(value).encode()
    (found,) = contract.check_request(Request("POST", f"{HOST}/a", body=content, headers=JSON_FIELDS))
    assert found.message.startswith(message) if message.endswith((": number 1", "; or ")) else found.message == message


TAGGED: dict[str, Any] = {
    "Pet": {
        "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
        "discriminator": {"propertyName": "kind"},
    },
    "Cat": {"required": ["kind", "meow"]},
    "Dog": {"required": ["kind", "bark"]},
}


def test_a_variant_is_known_by_the_mapping_or_its_name(tmp_path: Path) -> None:
    contract = load(posting({"$ref": "#/components/schemas/Pet"}, TAGGED), tmp_path)
    assert asked(contract, "/a", b'{"kind": "Cat"}') == [("body.meow", "missing")]
    both = b'{"kind": "Cat", "meow": 1, "bark": 1}'
    (found,) = contract.check_request(Request("POST", f"{HOST}/a", body=both, headers=JSON_FIELDS))
    assert "more than one alternative: Cat and Dog" in found.message


def test_a_tag_leads_where_the_mapping_says(tmp_path: Path) -> None:
    """By a reference or a name; a variant that is none of the union is not known."""
    mapping = {"c": "#/components/schemas/Cat", "d": "Dog", "cow": "#/components/schemas/Cow"}
    pet = {**TAGGED["Pet"], "discriminator": {"propertyName": "kind", "mapping": mapping}}
    contract = load(posting({"$ref": "#/components/schemas/Pet"}, {**TAGGED, "Pet": pet, "Cow": {}}), tmp_path)
    assert asked(contract, "/a", b'{"kind": "c", "x": 1}') == [("body.meow", "missing")]
    assert asked(contract, "/a", b'{"kind": "d", "x": 1}') == [("body.bark", "missing")]
    (found,) = contract.check_request(Request("POST", f"{HOST}/a", JSON_FIELDS, b'{"kind": "cow"}'))
    assert (found.where, found.message) == ("body.kind", "no variant has this 'kind'; known are c, d")


HEAD = {
    "Pet": {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"type": "string"}},
        "discriminator": {"propertyName": "kind", "mapping": {"cat": "#/components/schemas/Cat"}},
    },
    "Cat": {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"required": ["meow"]}]},
    "Dog": {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"required": ["bark"]}]},
}
"""A schema that others extend, and that alone has the discriminator."""


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        (b'{"kind": "cat", "meow": 1}', []),
        (b'{"kind": "cat"}', [("body.meow", "missing")]),
        (b'{"kind": "Dog", "bark": 1}', []),
        (b'{"kind": "Dog"}', [("body.bark", "missing")]),
        (b'{"meow": 1}', [("body.kind", "missing")]),
    ],
)
def test_a_reference_to_what_others_extend_means_the_one_that_its_tag_names(
    sent: bytes, wrong: Any, tmp_path: Path
) -> None:
    """By the mapping, else by the name of a schema that extends it; OpenAPI 3.1, 4.8.25."""
    contract = load(posting({"$ref": "#/components/schemas/Pet"}, HEAD), tmp_path)
    assert asked(contract, "/a", sent) == wrong


def _of_one_path() -> dict[str, Any]:
    """Make operations that differ in what is never sent, as those of Mistral and Box do."""

    def made(name: str, wants: Any, answers: Any) -> dict[str, Any]:
        content = {"required": True, **body({"properties": {"stream": wants}, "required": ["stream"]})}
        responses = {"200": {"description": "", **body(answers)}}
        return {"post": operation(operationId=name, requestBody=content, responses=responses)}

    return {
        "/talks": made("talk", {"const": False}, {"type": "object"}),
        "/talks#stream": made("stream", {"const": True}, {"type": "array"}),
        "/talks#other": made("other", {"const": True}, {"type": "string"}),
    }


@pytest.mark.parametrize(
    ("sent", "came", "whose", "wrong"),
    [
        (False, {}, "talk", []),
        (True, [], "stream", []),
        (True, "text", "other", []),
        (True, 5, "stream", [("stream", "body", "type")]),
        (1, {}, "talk", [("talk", "body.stream", "const")]),
    ],
)
def test_operations_that_differ_after_a_number_sign_are_distinguished_by_what_is_sent_and_answered(
    sent: Any, came: Any, whose: str, wrong: Any, tmp_path: Path
) -> None:
    contract = load(document(_of_one_path()), tmp_path)
    request = Request("POST", f"{HOST}/talks", JSON_FIELDS, json.dumps({"stream": sent}))
    response = Response(200, JSON_FIELDS, json.dumps(came))
    found = contract.check_exchange(request, response)
    assert [(one.operation, one.where, one.rule) for one in found] == wrong
    route = contract.route(request, response)
    assert isinstance(route, Match)
    assert (route.operation.id, len(route.others)) == (whose, 2)
    assert (contract.check_request(request) == []) == isinstance(sent, bool)
    assert contract.check_response(response, request=request) == [one for one in found if one.where == "body"]
    early = judge(contract, Exchange(request, None, False, True, frozenset(), ""))
    late = judge(contract, Exchange(request, response, True, True, frozenset(), ""), early)
    assert [*late.request, *late.response] == found, "whose it is, is known when the answer is there"


@pytest.mark.parametrize("kind", [FORM, "multipart/form-data; boundary=b", "text/plain", "application/json"])
def test_a_body_of_which_nothing_is_said_may_be_anything(kind: str, tmp_path: Path) -> None:
    contract = load(document({"/a": {"post": operation(requestBody={"content": {}})}}), tmp_path)
    content = b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b--\r\n'
    sent = b"[1]" if "json" in kind else b"a=1" if kind == FORM else content
    assert asked(contract, "/a", sent, {"content-type": kind}) == []
