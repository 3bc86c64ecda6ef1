"""Mistakes on the way to the wire: what is sent for each, and the credentials and arguments that are left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from apicontract.openapi.document import Document
from apicontract.strategies import invalid_cases
from tests.support.small import HOST, body, document, operation, parameter
from twelvelabs_contract import Contract

INTEGER = {"type": "integer"}
STRING = {"type": "string"}
LIST = {"type": "array", "items": INTEGER}
FILE = {"type": "string", "contentMediaType": "application/octet-stream"}


def form(name: str, schema: Any, media: str = "multipart/form-data", **more: Any) -> dict[str, Any]:
    """Make the body of an operation that takes a form with one field."""
    return {"requestBody": {"required": True, **body({"type": "object", "properties": {name: schema}}, media, **more)}}


def contract_of(path: str = "/a", method: str = "post", **own: Any) -> Contract:
    """Make the contract of one operation."""
    return Contract(Document(document({path: {method: operation(**own)}})))


def mistakes(contract: Contract) -> Iterator[str]:
    """Yield each mistake that is not one of a value, with the URL and the body that are sent."""
    for case in invalid_cases(contract, "op"):
        if case.twist is not None or (case.tag and case.tag.rule in ("missing", "undeclared")):
            sent = case.request()
            text = sent.body.decode("latin-1").replace("\r\n", "\n")
            text = text.replace("--boundary-of-the-parts", "-").replace("Content-Disposition: form-data; ", "")
            yield f"{case.about} -> {sent.url.removeprefix(HOST)} {text}".strip()


MISTAKES: list[tuple[str, str, dict[str, Any], list[str]]] = [
    (
        "a path",
        "/a/{p}",
        {"parameters": [parameter("path", "p", STRING)]},
        [
            "path.p: no_text -> /a/%FF",
            "path.p: percent -> /a/%zz",
            "path.p: dots -> /a/..",
            "a body where none is declared -> /a/a {}",
        ],
    ),
    (
        "a path of another style",
        "/a/{p}",
        {"parameters": [parameter("path", "p", INTEGER, style="label")]},
        ["a body where none is declared -> /a/.1 {}"],
    ),
    (
        "a path of a list",
        "/a/{p}",
        {"parameters": [parameter("path", "p", LIST)]},
        ["a body where none is declared -> /a/1 {}"],
    ),
    (
        "a scalar",
        "/a",
        {"parameters": [parameter("query", "p q", INTEGER)]},
        [
            "query.unknown: unknown is not declared -> /a?unknown=a",
            'query["p qs"]: p qs is not declared -> /a?p%20qs=a',
            'query["p q"]: twice -> /a?p%20q=1&p%20q=1',
            'query["p q"]: no_text -> /a?p%20q=%FF',
            'query["p q"]: percent -> /a?p%20q=%zz',
            "a body where none is declared -> /a {}",
        ],
    ),
    (
        "a scalar that does not explode",
        "/a",
        {"parameters": [parameter("query", "p", INTEGER, explode=False)]},
        [
            "query.unknown: unknown is not declared -> /a?unknown=a",
            "query.ps: ps is not declared -> /a?ps=a",
            "query.p: twice -> /a?p=1&p=1",
            "query.p: no_text -> /a?p=%FF",
            "query.p: percent -> /a?p=%zz",
            "a body where none is declared -> /a {}",
        ],
    ),
    (
        "a list",
        "/a",
        {"parameters": [parameter("query", "é", LIST)]},
        [
            "query.unknown: unknown is not declared -> /a?unknown=a",
            "query.és: és is not declared -> /a?%C3%A9s=a",
            "query.é: brackets -> /a?%C3%A9%5B%5D=1",
            "query.é: joined -> /a?%C3%A9=1,0",
            "query.é: listed -> /a?%C3%A9=%5B1%2C%200%5D",
            "a body where none is declared -> /a {}",
        ],
    ),
    (
        "a list of strings",
        "/a",
        {"parameters": [parameter("query", "p", {"type": "array", "items": {"enum": ["a", "b"]}})]},
        [
            "query.unknown: unknown is not declared -> /a?unknown=a",
            "query.ps: ps is not declared -> /a?ps=a",
            "query.p: brackets -> /a?p%5B%5D=a",
            "query.p: joined -> /a?p=a,b",
            "query.p: listed -> /a?p=%5B%22a%22%2C%20%22b%22%5D",
            "a body where none is declared -> /a {}",
        ],
    ),
    (
        "a list that does not explode",
        "/a",
        {"parameters": [parameter("query", "p", LIST, explode=False)]},
        [
            "query.unknown: unknown is not declared -> /a?unknown=a",
            "query.ps: ps is not declared -> /a?ps=a",
            "a body where none is declared -> /a {}",
        ],
    ),
    (
        "a list by spaces",
        "/a",
        {"parameters": [parameter("query", "p", LIST, style="spaceDelimited", explode=True)]},
        [
            "query.unknown: unknown is not declared -> /a?unknown=a",
            "query.ps: ps is not declared -> /a?ps=a",
            "a body where none is declared -> /a {}",
        ],
    ),
    (
        "an object",
        "/a",
        {
            "parameters": [
                parameter(
                    "query",
                    "p",
                    {
                        "type": "object",
                        "properties": {"b": INTEGER, "c": STRING},
                        "additionalProperties": False,
                        "required": ["c"],
                    },
                )
            ]
        },
        [
            "query.p.c: c is missing -> /a?b=1",
            "query.p.unknown: unknown is not declared -> /a?c=a&unknown=a",
            "query.p.cs: cs is not declared -> /a?c=a&cs=a",
            "query.p: brackets -> /a?p%5Bc%5D=a",
            "query.p: listed -> /a?p=%7B%22c%22%3A%20%22a%22%7D",
            "a body where none is declared -> /a {}",
        ],
    ),
    (
        "an object with others",
        "/a",
        {"parameters": [parameter("query", "p", {"type": "object", "additionalProperties": STRING})]},
        [
            "query.p: brackets -> /a?p%5Ba%5D=a",
            "query.p: listed -> /a?p=%7B%22a%22%3A%20%22a%22%7D",
            "a body where none is declared -> /a {}",
        ],
    ),
    (
        "an object in depth",
        "/a",
        {
            "parameters": [
                parameter(
                    "query",
                    "p",
                    {"type": "object", "properties": {"b": INTEGER}, "additionalProperties": False},
                    style="deepObject",
                )
            ]
        },
        [
            "query.unknown: unknown is not declared -> /a?unknown=a",
            "query.ps: ps is not declared -> /a?ps=a",
            "query.p.unknown: unknown is not declared -> /a?p[unknown]=a",
            "query.p.bs: bs is not declared -> /a?p[bs]=a",
            "a body where none is declared -> /a {}",
        ],
    ),
    (
        "required",
        "/a",
        {
            "parameters": [
                {**parameter("query", "p", INTEGER), "required": True},
                {**parameter("header", "X-H", INTEGER), "required": True},
                {**parameter("cookie", "c", INTEGER), "required": True},
            ]
        },
        [
            "query.p: p is missing -> /a",
            "query.unknown: unknown is not declared -> /a?p=1&unknown=a",
            "query.ps: ps is not declared -> /a?p=1&ps=a",
            "query.p: twice -> /a?p=1&p=1",
            "query.p: no_text -> /a?p=%FF",
            "query.p: percent -> /a?p=%zz",
            "header.X-H: X-H is missing -> /a?p=1",
            "cookie.c: c is missing -> /a?p=1",
            "a body where none is declared -> /a?p=1 {}",
        ],
    ),
    (
        "a body",
        "/a",
        {
            "requestBody": body(
                {"type": "object", "required": ["é", "z"], "properties": {"é": {"const": "ü"}, "z": INTEGER}}
            )
        },
        [
            'body.é: é is missing -> /a {"z":1}',
            'body.z: z is missing -> /a {"Ã©":"Ã¼"}',
            'media_type -> /a {"Ã©":"Ã¼","z":1}',
            'no_json -> /a {"Ã©":"Ã¼","z":1}]',
            'key_twice -> /a {"Ã©": "Ã¼", "Ã©":"Ã¼","z":1}',
        ],
    ),
    (
        "a required body",
        "/a",
        {"requestBody": {"required": True, **body(INTEGER)}},
        ["media_type -> /a 1", "no_json -> /a 1]", "the body is missing -> /a"],
    ),
    ("a body of any kind", "/a", {"requestBody": body(STRING, "application/*")}, []),
    ("text", "/a", {"requestBody": body(INTEGER, "text/plain")}, ["media_type -> /a 1"]),
    (
        "a field",
        "/a",
        form("p", INTEGER),
        [
            "media_type -> /a ---",
            "no_boundary -> /a ---",
            'form.p: twice -> /a -\nname="p"\n\n1\n-\nname="p"\n\n1\n---',
            'form.p: named -> /a -\nname="p"; filename="field.txt"\n\n1\n---',
            'form.p: no_text -> /a -\nname="p"\n\nÿ\n---',
            "the body is missing -> /a",
        ],
    ),
    (
        "a field of anything",
        "/a",
        form("p", {}),
        [
            "media_type -> /a ---",
            "no_boundary -> /a ---",
            'form.p: twice -> /a -\nname="p"\n\na\n-\nname="p"\n\na\n---',
            "the body is missing -> /a",
        ],
    ),
    (
        "a list of fields",
        "/a",
        form("p", LIST),
        [
            "media_type -> /a ---",
            "no_boundary -> /a ---",
            'form.p: brackets -> /a -\nname="p[]"\n\n1\n---',
            'form.p: joined -> /a -\nname="p"\n\n1,0\n---',
            'form.p: listed -> /a -\nname="p"\n\n[1, 0]\n---',
            "the body is missing -> /a",
        ],
    ),
    (
        "a list of objects",
        "/a",
        form("p", {"type": "array", "items": {"type": "object"}}),
        ["media_type -> /a ---", "no_boundary -> /a ---", "the body is missing -> /a"],
    ),
    (
        "a file",
        "/a",
        form("p", FILE),
        [
            "media_type -> /a ---",
            "no_boundary -> /a ---",
            'form.p: nameless -> /a -\nname="p"\nContent-Type: video/mp4\n\na\n---',
            "the body is missing -> /a",
        ],
    ),
    (
        "a list of files",
        "/a",
        form("p", {"type": "array", "items": FILE}),
        [
            "media_type -> /a ---",
            "no_boundary -> /a ---",
            'form.p: nameless -> /a -\nname="p"\nContent-Type: video/mp4\n\na\n---',
            "the body is missing -> /a",
        ],
    ),
    (
        "a field in a URL",
        "/a",
        form("p", INTEGER, "application/x-www-form-urlencoded"),
        ["media_type -> /a p=1", "form.p: twice -> /a p=1&p=1", "the body is missing -> /a"],
    ),
    (
        "a list in a URL",
        "/a",
        form("p", LIST, "application/x-www-form-urlencoded"),
        [
            "media_type -> /a p=1",
            "form.p: brackets -> /a p%5B%5D=1",
            "form.p: joined -> /a p=1%2C0",
            "form.p: listed -> /a p=%5B1%2C+0%5D",
            "the body is missing -> /a",
        ],
    ),
    (
        "a styled field",
        "/a",
        form("p", LIST, "application/x-www-form-urlencoded", encoding={"p": {"style": "pipeDelimited"}}),
        ["media_type -> /a p=1", "the body is missing -> /a"],
    ),
]
"""An operation by what it takes, its path, and its mistakes in their order, with the URL and the body of each."""


@pytest.mark.parametrize(("path", "own", "found"), [row[1:] for row in MISTAKES], ids=[row[0] for row in MISTAKES])
def test_the_mistakes_of_an_operation_are_these(path: str, own: dict[str, Any], found: list[str]) -> None:
    assert [*mistakes(contract_of(path, **own))] == found


@pytest.mark.parametrize(
    ("security", "found"),
    [
        ([], []),
        ([{"A": []}], [("header.X-A", [])]),
        ([{"A": [], "B": []}], [("header.X-A", [("x-b", "k")]), ("header.X-B", [("x-a", "k")])]),
        ([{"A": []}, {"B": []}], [("header.X-A", [])]),
        ([{"A": []}, {"A": [], "B": []}], [("header.X-A", [])]),
        ([{"A": []}, {}], []),
    ],
)
def test_a_key_is_left_out_where_no_other_is_enough(security: Any, found: Any) -> None:
    schemes = {name: {"type": "apiKey", "in": "header", "name": f"X-{name}"} for name in ("A", "B")}
    own = operation(security=security)
    raw = document({"/a": {"get": own}}, components={"securitySchemes": schemes})
    cases = [case for case in invalid_cases(Contract(Document(raw)), "op") if case.twist]
    assert [(case.tag.where, [*case.request(key="k").headers.items]) for case in cases if case.tag] == found
    assert {(case.tag.rule, case.about) for case in cases if case.tag} <= {("missing", "the API key is missing")}


def test_a_value_inside_of_another_is_broken_in_fewer_ways_and_once_where_it_comes_again() -> None:
    """Ten values of an argument and of its parts, four of what is below; of a schema that came before, one."""
    count = {"$ref": "#/components/schemas/Count"}
    deep = {"type": "object", "properties": {"b": {"type": "object", "properties": {"c": INTEGER}}}}
    row = {"type": "object", "properties": {"one": count, "a": deep, "two": count, "three": {"type": "integer"}}}
    own = operation(requestBody=body(row))
    contract = Contract(Document(document({"/a": {"post": own}}, {"Count": {"type": "integer"}})))
    found = Counter(f"{case.tag.where} {case.tag.rule}" for case in invalid_cases(contract, "op") if case.tag)
    places = {"body": 10, "body.one": 10, "body.a": 10, "body.a.b": 4, "body.a.b.c": 4, "body.two": 1, "body.three": 10}
    assert {place: found[f"{place} type"] for place in places} == places
