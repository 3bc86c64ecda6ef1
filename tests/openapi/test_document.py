"""Any OpenAPI 3.1 file becomes operations, or a problem with its location."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from apicontract.openapi import yaml12
from apicontract.openapi.document import Document, load
from apicontract.openapi.pointer import unescape
from tests.support import things
from tests.support.styles import STYLES
from twelvelabs_contract import Contract, DocumentInvalid, Headers, Request

YAML = """
openapi: 3.1.0
info: {title: Pets, version: '1'}
servers:
  - url: https://{region}.example.com/v2/
    variables: {region: {enum: [eu], default: eu}}
paths:
  /pets/{pet}:
    parameters:
      - {name: pet, in: path, required: true, schema: {type: string}}
      - {name: brief, in: query, schema: {type: boolean}}
    get:
      parameters:
        - {name: brief, in: query, required: true, schema: {type: integer}}
      responses: {'200': {$ref: '#/components/responses/Pet'}}
  /pets/mine:
    get:
      operationId: mine
      responses: {2XX: {description: any}, default: {description: refused}}
components:
  responses:
    Pet:
      description: a pet
      content: {application/vnd.pet+json: {schema: {$ref: '#/components/schemas/Pet'}}}
  schemas:
    Pet: {type: object, properties: {name: {type: string}, on: {type: boolean}, of: {$ref: '#/components/schemas/Pet'}}}
"""


@pytest.fixture(params=["yaml", "json"])
def pets(request: pytest.FixtureRequest, tmp_path: Path) -> Contract:
    """Return the same document, read from each kind of file."""
    path = tmp_path / f"openapi.{request.param}"
    path.write_text(YAML if request.param == "yaml" else json.dumps(yaml12.load(YAML.encode())))
    return Contract.load(path)


def test_operations_come_in_document_order(pets: Contract) -> None:
    assert [operation.id for operation in pets.operations] == ["GET /pets/{pet}", "mine"]
    assert pets.operation("mine").path == "/pets/mine"


def test_an_operation_overrides_the_parameters_of_its_path(pets: Contract) -> None:
    found = {parameter.name: parameter for parameter in pets.operation("GET /pets/{pet}").parameters}
    assert found.keys() == {"pet", "brief"}
    assert found["brief"].required
    assert found["brief"].schema == {"type": "integer"}


def test_a_literal_path_goes_before_a_parameter(pets: Contract) -> None:
    def found(url: str) -> str | None:
        operation = pets.find(Request("GET", url))
        return operation.id if operation else None

    assert found("https://eu.example.com/v2/pets/mine") == "mine"
    assert found("https://eu.example.com/v2/pets/yours") == "GET /pets/{pet}"
    assert found("https://us.example.com/v2/pets/mine") is None


def test_references_between_responses_and_schemas_are_followed(pets: Contract) -> None:
    """A response by reference, a media type with a suffix, and a schema that contains itself."""
    payload = {"name": "Rex", "of": {"name": 5}}
    reported = pets.check_payload(payload, operation="GET /pets/{pet}", status=200)
    assert [(v.where, v.pointer) for v in reported] == [
        ("body.of.name", "/components/schemas/Pet/properties/name/type")
    ]


def test_a_status_falls_under_its_range(pets: Contract) -> None:
    operation = pets.operation("mine")
    assert [getattr(operation.response(status), "key", None) for status in (204, 302, 404)] == [
        "2XX",
        "default",
        "default",
    ]


def test_a_path_parameter_is_unquoted(pets: Contract) -> None:
    request = Request("GET", "https://eu.example.com/v2/pets/a%2Fb?brief=1", Headers())
    assert pets.check_request(request) == []


def test_a_status_goes_before_its_range() -> None:
    assert [getattr(things.GET.response(status), "key", None) for status in (200, 201)] == ["200", "2XX"]


def test_a_tilde_is_unescaped_last() -> None:
    """RFC 6901, section 4: `~01` is `~1`, and not a slash."""
    assert unescape("~01") == "~1"


def test_a_parameter_is_known_by_name_and_place() -> None:
    """A header and a query parameter of the same name are two."""
    assert [p.location for p in things.GET.parameters if p.name == "word"] == ["header", "query"]


def test_an_operation_shows_itself_in_a_line(contract: Contract) -> None:
    assert repr(contract.operation("tasks.list")) == "<Operation tasks.list: GET /tasks>"
    assert STYLES.schemas == {}


def paths(**methods: Any) -> dict[str, Any]:
    """Make a document of one path."""
    return {"openapi": "3.1.0", "paths": {"/a": methods}}


WRONG: dict[str, tuple[Any, str]] = {
    "a version that is not known": ({"openapi": "4.0.0"}, r"#/openapi: OpenAPI 3.0, 3.1 or 3.2 is needed"),
    "no OpenAPI": ({"a": "2.0"}, r"#/openapi: "),
    "Swagger 2.0": ({"swagger": "2.0"}, "#/swagger: this is Swagger 2.0; convert it to OpenAPI 3 first"),
    "a list": ([], "contains list, not an OpenAPI object"),
    "paths as a list": ({"openapi": "3.1.0", "paths": []}, "#/paths: a mapping is needed"),
    "a path as a list": ({"openapi": "3.1.0", "paths": {"/a": []}}, "#/paths/~1a: a mapping is needed"),
    "an operation as a list": (paths(get=[]), "#/paths/~1a/get: a mapping is needed"),
    "parameters as a mapping": (paths(get={"parameters": {}, "x": 1} | {"parameters": {"a": 1}}), "a list is needed"),
    "a body as a list": (paths(get={"requestBody": []}), "#/paths/~1a/get/requestBody: a mapping is needed"),
    "a media type as a list": (
        paths(get={"requestBody": {"content": {"a/b": []}}}),
        "#/paths/~1a/get/requestBody/content/a~1b: a mapping is needed",
    ),
    "servers as texts": ({"openapi": "3.1.0", "servers": ["https://x.example"]}, "#/servers/0: a mapping is needed"),
    "a reference to nothing": (
        paths(get={"parameters": [{"$ref": "#/components/parameters/P"}]}),
        "#/components/parameters/P: there is nothing here",
    ),
    "a reference to nothing deep in a schema": (
        paths(get={"responses": {"200": {"content": {"a/b": {"schema": {"items": {"$ref": "#/nowhere"}}}}}}}),
        "#/nowhere: there is nothing here",
    ),
    "a reference to a file": (
        {"openapi": "3.1.0", "paths": {"/a": {"$ref": "paths.yaml#/a"}}},
        "leads nowhere: files in the folder of the document are read",
    ),
    "a reference to itself": ({"openapi": "3.1.0", "paths": {"/a": {"$ref": "#/paths/~1a"}}}, "leads back to itself"),
    "a schema that is only itself": (
        {"openapi": "3.1.0", "components": {"schemas": {"A": {"$ref": "#/components/schemas/A"}}}},
        "leads back to itself",
    ),
    "a parameter without a name": (paths(get={"parameters": [{"in": "query"}]}), "a parameter needs `name` and `in`"),
    "an extension that is not understood": (
        paths(get={"x-streaming": {"flags": "stream"}}),
        "#/paths/~1a/get/x-streaming: x-streaming is not understood",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_document_that_cannot_be_used_is_refused(name: str, tmp_path: Path) -> None:
    document, message = WRONG[name]
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(document))
    with pytest.raises(DocumentInvalid, match=message):
        Contract.load(path)


def test_a_document_nested_too_deeply_is_refused(tmp_path: Path) -> None:
    for name in ("openapi.json", "openapi.yaml"):
        (tmp_path / name).write_text("[" * 100_000)
        with pytest.raises(DocumentInvalid, match=name):
            Contract.load(tmp_path / name)


@pytest.mark.parametrize(
    ("schema", "pointer"),
    [
        ({"type": "strng"}, "/type"),
        ({"pattern": "("}, "/pattern"),
        ({"minimum": "1"}, "/minimum"),
        ({"maxItems": math.inf}, "/maxItems"),  # what is read of 1e999
        ({"maximum": math.inf}, "/maximum"),
        ([], ""),
    ],
)
def test_what_is_no_schema_is_reported_when_loaded_and_checks_nothing(schema: Any, pointer: str) -> None:
    raw = paths(get={"parameters": [{"name": "q", "in": "query", "schema": schema}]})
    contract = Contract(Document(raw), base_url="https://a.example")
    assert contract.check_request(Request("GET", "https://a.example/a?q=1")) == []
    assert [notice.pointer for notice in contract.notices] == [f"#/paths/~1a/get/parameters/0/schema{pointer}"]


@pytest.mark.parametrize(
    "text", ["a: [", "a: 1\na: 2", "a: !!python/name:os.system x", "\t- a", "a: b: c", "{", "\x00", "? [a]\n: b"]
)
def test_text_that_is_no_document_is_refused(text: str, tmp_path: Path) -> None:
    for name in ("openapi.yaml", "openapi.json"):
        path = tmp_path / name
        path.write_text(text)
        with pytest.raises(DocumentInvalid, match=name):
            Contract.load(path)


def test_a_missing_file_is_reported_as_one(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Contract.load(tmp_path / "none.yaml")


KEYS: dict[str, Any] = {
    "header": {"type": "apiKey", "in": "header", "name": "X-H"},
    "query": {"type": "apiKey", "in": "query", "name": "q"},
    "cookie": {"type": "apiKey", "in": "cookie", "name": "c"},
    "bearer": {"type": "http", "scheme": "Bearer"},
    "basic": {"type": "http", "scheme": "basic"},
    "digest": {"type": "http", "scheme": "digest"},
    "oauth": {"type": "oauth2"},
    "openid": {"type": "openIdConnect"},
    "tls": {"type": "mutualTLS"},
}


@pytest.mark.parametrize(
    ("security", "places", "headers", "alternatives", "queries"),
    [
        ([["header"]], [["header"]], ("X-H",), (("X-H",),), ()),
        ([["query"]], [["query"]], (), (), ("q",)),
        ([["cookie"]], [["cookie"]], (), (), ()),
        ([["header", "query"]], [["header", "query"]], (), (), ("q",)),
        ([["query"], ["header"]], [["query"], ["header"]], ("X-H",), (), ("q",)),
        ([["header"], []], [["header"], []], ("X-H",), (), ()),
        ([["bearer"], ["oauth"], ["openid"]], [["bearer"], ["bearer"], ["bearer"]], (), (), ()),
        ([["basic"], ["digest"], ["tls"]], [["basic"], ["other"], ["other"]], (), (), ()),
        ([], [], (), (), ()),
        (None, [["header"]], ("X-H",), (("X-H",),), ()),
    ],
)
def test_the_credentials_of_an_operation(
    security: Any, places: Any, headers: Any, alternatives: Any, queries: Any
) -> None:
    """Its own, or those of the document, which are not those of what the API sends."""
    own: dict[str, Any] = {} if security is None else {"security": [{name: [] for name in names} for names in security]}
    get = {"operationId": "a", "responses": {}, **own}
    raw = {
        "openapi": "3.1.0",
        "security": [{"header": []}],
        "paths": {"/a": {"get": get}},
        "webhooks": {"w": {"post": {}}},
    }
    document = Document({**raw, "components": {"securitySchemes": KEYS}})
    found = document.operations["a"]
    assert [[one.place for one in each] for each in found.security] == places
    assert (found.key_headers, found.key_alternatives, found.key_queries) == (headers, alternatives, queries)
    (webhook,) = document.webhooks.values()
    assert webhook.security == ()


def test_a_file_of_json_is_read_as_json(tmp_path: Path) -> None:
    """YAML has no tabs before a key, and no escape for a slash."""
    path = tmp_path / "a.json"
    path.write_text('{\n\t"openapi":\t"3.1.0",\n\t"paths": {"\\/a": {}}\n}', encoding="utf-8")
    assert load(path).raw["paths"] == {"/a": {}}
