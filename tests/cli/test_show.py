"""`operations` and `show`: complete, within the width, and with a valid example call, for any document."""

from __future__ import annotations

import itertools
import json
import re
import shlex
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from apicontract.cli import curl, describe, show
from apicontract.openapi.document import Document
from tests.cli.conftest import Done, Run
from twelvelabs_contract import Contract, Operation
from twelvelabs_contract.contract import bundled

ROOT = Path(__file__).parents[2]
OTHERS = [
    ROOT / "tests/codegen/documents/bookshop/expected/bookshop_api/openapi.json",
    ROOT / "tests/client/tiny_api/openapi.json",
    ROOT / "tests/support/orchard.yaml",
]


def _in_lists(schema: object, depth: int) -> object:
    return {"type": "array", "items": _in_lists(schema, depth - 1)} if depth else schema


def shown(done: Done) -> tuple[str, str]:
    """Return what is shown of an operation, and its example, each on one line, so that wrapping does not matter."""
    assert (done.status, done.err) == (0, "")
    body, _, example = done.out.partition("\nExample\n")
    assert all(len(line) <= 80 for line in body.splitlines()), body
    return " ".join(body.split()), example


def called(command: str) -> httpx.Request:
    """Make the request that a curl command would send; files have some bytes."""
    words = iter(shlex.split(command.replace("\\\n", " ")))
    assert next(words) == "curl"
    method, url, body = "GET", "", b""
    headers: dict[str, str] = {}
    fields: list[tuple[str, tuple[str | None, bytes]]] = []
    for word in words:
        match word:
            case "-X":
                method = next(words)
            case "-H":
                name, _, value = next(words).partition(": ")
                headers[name] = value
            case "-d":
                body = next(words).encode()
            case "--form-string" | "-F":
                name, _, value = next(words).partition("=")
                assert value.startswith("@") == (word == "-F")
                fields.append((name, (value[1:] if word == "-F" else None, value.encode())))
            case _:
                url = word
    if fields:
        return httpx.Request(method, url, headers=headers, files=fields)
    return httpx.Request(method, url, headers=headers, content=body or None)


def test_operations_lists_each_on_one_line_for_a_pipe(cli: Run, contract: Contract) -> None:
    done = cli("operations")
    *lines, blank, count = done.out.splitlines()
    assert (done.status, blank, count) == (0, "", f"{len(contract.operations)} operations of TwelveLabs API 1.3")
    assert sorted(re.split(r"\s{2,}", line) for line in lines) == sorted(
        [o.method, o.id, o.path, o.summary] for o in contract.operations
    )


@pytest.mark.parametrize("width", [40, 80, 140, 200])
def test_operations_fit_a_terminal(cli: Run, contract: Contract, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setattr("apicontract.cli.show.terminal_width", lambda _: width)
    monkeypatch.setattr("apicontract.cli.terminal.is_terminal", lambda _: True)
    monkeypatch.setenv("COLUMNS", str(width))
    done = cli("operations")
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in done.out.splitlines()]
    assert all(len(line) <= width for line in lines)
    flat = " ".join(" ".join(lines).split())
    squeezed = flat.replace(" ", "")
    assert all(f"{o.method}{o.id}{o.path}" in squeezed for o in contract.operations)
    if width >= 140:
        assert len([line for line in lines if line]) == len(contract.operations) + 1
    if width in (80, 200):
        assert all(f"{o.method} {o.id} {o.path} {o.summary}" in flat for o in contract.operations)


@pytest.mark.parametrize(("width", "columns"), [(None, 4), (46, 2), (47, 3), (100, 3)])
def test_a_row_has_two_lines_if_less_than_thirty_characters_are_left(width: int | None, columns: int) -> None:
    rows = [show._Row("GET", "a.list", "/a", "Says what there is."), show._Row("GET", "a", "/", "")]
    assert len(show._listing(rows, width).columns) == columns, "the others take 17"


def test_operations_of_a_resource_are_listed_together(cli: Run) -> None:
    lines = cli("operations", "--edition", "2026-10-06").out.splitlines()[:-2]
    resources = [line.split()[1].partition(".")[0] for line in lines]
    newest = Contract.load()
    assert len(lines) == len(newest.operations) + len(newest.document.webhooks)  # webhooks are one group more
    assert len(list(itertools.groupby(resources))) == len(set(resources))


def test_what_there_is_can_be_read_by_a_program(cli: Run, contract: Contract) -> None:
    listed = json.loads(cli("operations", "--format", "json").out)
    assert [(one["id"], one["method"], one["path"]) for one in listed] == [
        (o.id, o.method, o.path) for o in contract.operations
    ]
    names = [one["name"] for one in json.loads(cli("schemas", "--format", "json").out)]
    assert names == list(contract.document.schemas)
    listed_schemas = cli("schemas").out
    assert all(name in listed_schemas for name in names)
    assert cli("operations", "--format", "junit").status == 2


@pytest.mark.parametrize("path", [None, *OTHERS], ids=lambda path: path.parent.name if path else "bundled")
def test_an_operation_for_a_program_needs_nothing_else(cli: Run, path: Path | None) -> None:
    spec = ("--spec", path) if path else ()
    for one in json.loads(cli("operations", "--format", "json", *spec).out)[::4]:
        found = json.loads(cli("show", one["id"], "--format", "json", *spec).out)
        assert (found["method"], found["path"]) == (one["method"], one["path"])
        for reference in re.findall(r'"#/components/([^/"]+)/([^/"]+)', json.dumps(found)):
            assert reference[1] in found["components"][reference[0]]


def test_show_says_what_the_document_says(cli: Run, contract: Contract) -> None:
    for operation in contract.operations:
        text, _ = shown(cli("show", operation.id))
        deprecated = " deprecated" * operation.deprecated
        assert text.startswith(f"{operation.id} {operation.method} {operation.path}{deprecated} {operation.summary} ")
        for parameter in operation.parameters:
            assert f" {parameter.name} {parameter.location} " in text
        for key, response in operation.responses.items():
            assert re.search(rf" {key} ({'|'.join(map(re.escape, response.content)) or 'no body'}) ", text)
        if operation.request_body:
            for content in operation.request_body.content.values():
                fields = describe.properties(contract.document, content.schema, content.schema_pointer)
                assert all(f" {name} " in text for name in fields)


@pytest.mark.parametrize(
    ("operation", "said"),
    [
        ("tasks.list", "page_limit query integer, 1 to 50, default 10 "),
        ("tasks.list", "sort_option query asc | desc, default desc "),
        ("tasks.retrieve", "task_id path string, at least 1 character, required "),
        ("search.create", "search_options list, each visual | audio, at least 1 item, required "),
        ("search.create", "- at least one of query_text, query_media_url, query_media_file "),
        ("search.create", "- query_media_url needs query_media_type "),
        ("search.create", "- if sort_option is clip_count: group_by is video "),
        ("search.create", "filter JSON text SearchFilter "),
        ("search.create", "- the next page is search.retrieve with page_token from /page_info/next_page_token"),
        (
            "indexes.create",
            "models[].model_options list, each visual | audio, at least 1 item, no duplicates, required ",
        ),
        ("indexes.create", "add-ons need at least one model whose name begins with `marengo`"),
        ("embed.create", "- at most one of image_url, image_file (the client rejects more, the API does not)"),
        ("analyze", "stream_end StreamEndResponse Last event of a stream."),
        ("analyze", "requested by stream = true; begins with stream_start, ends with stream_end"),
        ("analyze", "429 no body The rate limit is used up."),
        ("tasks.list", "- page has the number of the page; the number of pages is at /page_info/total_page"),
        ("tasks.list", "Key - in the header x-api-key"),
    ],
)
def test_show_puts_the_rules_in_words(cli: Run, operation: str, said: str) -> None:
    assert said in shown(cli("show", operation))[0]


def test_every_example_call_conforms(contract: Contract) -> None:
    for operation in contract.operations:
        request = called(curl.curl(contract, operation))
        assert contract.find(request) is operation
        assert contract.check_request(request) == [], operation.id


def test_an_unknown_operation_is_reported_with_the_nearest(cli: Run) -> None:
    done = cli("show", "tasks.lits")
    assert (done.status, done.out) == (2, "")
    assert (
        done.err
        == "error: no operation 'tasks.lits' in the document; did you mean 'tasks.list'? (`operations` lists all)\n"
    )


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.parts[-2])
def test_any_document_can_be_shown(cli: Run, path: Path) -> None:
    operations: tuple[Operation, ...] = Contract.load(path).operations
    listed = cli("operations", "--spec", path).out
    for operation in operations:
        assert operation.id in listed
        text, example = shown(cli("show", operation.id, "--spec", path))
        assert all(parameter.name in text for parameter in operation.parameters)
        method = example.split()[2] if example.split()[1] == "-X" else "GET"
        assert method == operation.method


def document(**operation: object) -> dict[str, object]:
    """Return a document of one operation, `GET /a`."""
    found = {"operationId": "a", "responses": {"200": {"description": "Fine."}}, **operation}
    return {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {"/a": {"get": found}}}


def test_the_text_of_a_document_is_neither_markup_nor_steers_the_terminal(cli: Run) -> None:
    text = "[bold]b[/bold] \x1b[31m :smile: \u202e"
    schema = {"type": "string", "description": text, "default": text, "pattern": text}
    given = document(
        summary=text,
        description=text,
        operationId=f"a {text}",
        parameters=[{"name": text, "in": "query", "required": True, "schema": schema, "description": text}],
        requestBody={"content": {"application/json": {"schema": {"type": "object", "properties": {text: schema}}}}},
    )
    Path("d.json").write_text(json.dumps(given), encoding="utf-8")
    for arguments in (["operations"], ["show", f"a {text}"]):
        done = cli(*arguments, "--spec", "d.json")
        assert done.status == 0
        assert "[bold]b[/bold]" in done.out
        assert all(character.isprintable() for character in done.out.replace("\n", ""))


@pytest.mark.parametrize("count", [200, 201])
def test_two_hundred_fields_are_shown(cli: Run, count: int) -> None:
    schema = {"type": "object", "properties": {f"f{number:03}": {"type": "string"} for number in range(count)}}
    given = document(requestBody={"content": {"application/json": {"schema": schema}}})
    Path("d.json").write_text(json.dumps(given), encoding="utf-8")
    text, _ = shown(cli("show", "a", "--spec", "d.json"))
    assert len(re.findall(r" f[0-9]{3} string", text)) == 200
    assert ("… and more" in text) is (count > 200)


def test_schemas_that_hold_themselves_end(cli: Run) -> None:
    ref = {"$ref": "#/components/schemas/Tree"}
    tree = {
        "type": "object",
        "properties": {"left": ref, "list": {"type": "array", "items": ref}, "any": {"anyOf": [ref]}},
    }
    nest = {"type": "array", "items": {"$ref": "#/components/schemas/Nest"}}
    given = document(
        parameters=[{"name": "n", "in": "query", "schema": {"$ref": "#/components/schemas/Nest"}}],
        requestBody={"content": {"application/json": {"schema": ref}}},
    )
    given["components"] = {"schemas": {"Tree": tree, "Nest": nest}}
    Path("d.json").write_text(json.dumps(given), encoding="utf-8")
    text, _ = shown(cli("show", "a", "--spec", "d.json"))
    assert "list[].left" not in text
    assert " list list, each Tree " in text


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ({"required": ["a"], "description": "An a is there."}, "An a is there."),
        ({"required": ["a"]}, "a is given"),
        ({"required": ["a", "b"]}, "a and b are given"),
        ({"required": ["a"], "properties": {"a": {"const": 1}, "b": {"enum": [2, 3]}}}, "a is 1 and b is 2 | 3"),
        ({"properties": {"a": {"contains": {"const": "x", "description": "x is in a"}}}}, "x is in a"),
        ({"properties": {"a": {"contains": {"const": "x"}}}}, 'a contains {"const": "x"}'),
        ({"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, "at least one of a, b"),
        (True, "true"),
        ({"minProperties": 1}, '{"minProperties": 1}'),
    ],
)
def test_a_condition_of_a_rule_is_said_in_its_own_words_or_in_those_of_its_parts(condition: object, words: str) -> None:
    found = Document({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}})
    assert list(describe.rules(found, {"not": condition}, "")) == [f"not: {words}"]
    schema = {"if": condition, "then": {"required": ["c"]}, "else": {"required": ["d"]}}
    assert list(describe.rules(found, schema, "")) == [f"if {words}: c is given", f"unless {words}: d is given"]


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        (True, "anything"),
        (False, "nothing"),
        ({}, "anything"),
        ({"type": ["string", "null"], "maxLength": 1}, "string or null, at most 1 character"),
        ({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}, "number, more than 0, less than 1"),
        ({"type": "number", "minimum": 2}, "number, at least 2"),
        ({"type": "integer", "minimum": -1, "maximum": 0}, "integer, -1 to 0"),
        ({"type": "number", "maximum": 2, "multipleOf": 0.5}, "number, at most 2, a multiple of 0.5"),
        ({"const": None}, "null"),
        ({"enum": ["a b", "", 1, True]}, '"a b" | "" | 1 | true'),
        ({"anyOf": [{"type": "string", "enum": ["x"]}, {"type": "string"}]}, "string, known are x"),
        ({"oneOf": [{"type": "integer"}, {"type": "array", "items": {}}]}, "integer or list, each anything"),
        ({"type": "object", "minProperties": 1, "maxProperties": 3}, "object, at least 1 key, at most 3 keys"),
        ({"type": "string", "format": "uri", "pattern": "^a"}, "string, matching ^a, uri"),
        ({"type": "string", "format": "binary"}, "file"),
        ({"type": "number", "format": "float"}, "number"),
        ({"type": "number", "format": "double"}, "number"),
        ({"type": "integer", "format": "int32", "uniqueItems": True}, "integer, no duplicates, int32"),
        ({"const": "é " * 79}, f'"{"é " * 79}"'),
        ({"const": "é " * 79 + "a"}, f'"{"é " * 79}…'),
        (
            {"type": "string", "minLength": 2, "minItems": 1, "maxItems": 2},
            "string, at least 2 characters, at least 1 item, at most 2 items",
        ),
        (_in_lists({"type": "string"}, 8), "list, each " * 8 + "string"),
        (_in_lists({"type": "string"}, 9), "list, each " * 9 + "…"),
    ],
)
def test_a_schema_in_words(contract: Contract, schema: object, words: str) -> None:
    assert describe.describe(contract.document, schema, "/somewhere") == words


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"oneOf": [{"required": ["a"]}, {"required": ["b", "c"]}]}, ["exactly one of a, b with c"]),
        ({"not": {"required": ["a", "b"]}}, ["not: a and b are given"]),
        (
            {"if": {"required": ["a"]}, "then": {"required": ["b"]}, "else": False},
            ["if a is given: b is given", "unless a is given: false"],
        ),
        (
            {"if": {"properties": {"a": {"enum": [1, 2]}}}, "then": {"minProperties": 2}},
            ['if a is 1 | 2: {"minProperties": 2}'],
        ),
        (
            {"allOf": [{"dependentRequired": {"a": ["b", "c"]}}, {"allOf": [{"dependentRequired": {"d": ["e"]}}]}]},
            ["a needs b and c", "d needs e"],
        ),
        (
            {"oneOf": [{"required": ["a"]}], "x-exclusive": [["a", "b"]]},
            ["exactly one of a", "at most one of a, b (the client rejects more, the API does not)"],
        ),
        ({"anyOf": [{"type": "string"}]}, []),
        ({"anyOf": [{"description": "Anything."}, {"required": ["a"]}]}, []),
        ({"anyOf": [{"description": "An a.", "required": ["a"]}, {"required": ["b"]}]}, ["at least one of a, b"]),
    ],
)
def test_rules_between_fields_in_words(contract: Contract, schema: object, words: list[str]) -> None:
    assert list(describe.rules(contract.document, schema, "/somewhere")) == words


def test_the_fields_of_five_levels_are_shown(contract: Contract) -> None:
    schema: dict[str, object] = {"type": "string"}
    for _ in range(6):
        schema = {"type": "object", "required": ["a"], "properties": {"a": schema, "b": {}}}
    found = list(describe.fields(contract.document, schema, "/somewhere"))
    assert [field.name for field in found if field.required] == [".".join("a" * n) for n in range(1, 6)]
    assert [field.name for field in found if not field.required] == [
        ".".join(["a"] * n + ["b"]) for n in reversed(range(5))
    ]


def test_a_call_without_examples_names_what_to_fill_in() -> None:
    given = document(
        operationId="b",
        parameters=[{"name": "q", "in": "query", "required": True, "schema": {"type": "string"}}],
        requestBody={"content": {"text/plain": {"schema": {"type": "string"}}}},
    )
    contract = Contract(Document(given))
    command = curl.curl(contract, contract.operations[0])
    assert urlsplit(shlex.split(command)[1]).query == "q=Q"
    assert "content-type: text/plain" in command


@pytest.mark.parametrize(("required", "query"), [((), "p=1"), (("q",), "q=2"), (("q", "r"), "q=2&r=R")])
def test_a_call_has_the_query_that_it_needs_or_one_that_it_may_have(required: tuple[str, ...], query: str) -> None:
    schemas = {"o": {}, "p": {"default": 1}, "q": {"default": 2}, "r": {}}
    parameters = [
        {"name": name, "in": "query", "required": name in required, "schema": held} for name, held in schemas.items()
    ]
    contract = Contract(Document(document(parameters=parameters)))
    assert urlsplit(shlex.split(curl.curl(contract, contract.operations[0]))[1]).query == query


def test_text_that_begins_like_a_file_is_sent_as_text() -> None:
    properties = {"t": {"type": "string"}, "f": {"type": "string", "format": "binary"}}
    content = {
        "schema": {"type": "object", "properties": properties},
        "examples": {"e": {"value": {"t": "@x", "f": "a"}}},
    }
    contract = Contract(Document(document(requestBody={"content": {"multipart/form-data": content}})))
    assert shlex.split(curl.curl(contract, contract.operations[0]).replace("\\\n", " "))[2:] == [
        "--form-string",
        "t=@x",
        "-F",
        "f=@a",
    ]


def test_an_operation_without_an_id_is_named_by_method_and_path(cli: Run) -> None:
    given = {"openapi": "3.1.0", "paths": {"/pets": {"post": {"summary": "Add.", "responses": {}}}}}
    Path("d.json").write_text(json.dumps(given), encoding="utf-8")
    assert cli("operations", "--spec", "d.json").out.splitlines()[0].split() == ["POST", "/pets", "Add."]
    for name in ("POST /pets", "post /pets"):
        assert cli("show", name, "--spec", "d.json").out.startswith("POST /pets\nAdd.\n")
        assert "POST /pets documents no" in cli("validate", "-", "--operation", name, "--spec", "d.json").err
    assert cli("show", "post", "--spec", "d.json").status == 2


@pytest.mark.parametrize(
    ("schema", "shown"),
    [
        ({"type": "integer"}, "1"),
        ({"$ref": "#/x"}, "7"),
        ({"type": ["integer", "string"]}, "ID"),
        ({"type": "string"}, "ID"),
        (True, "ID"),
    ],
)
def test_the_call_has_a_number_where_one_is_needed(schema: object, shown: str) -> None:
    identifier = {"name": "id", "in": "path", "required": True, "schema": schema}
    paths = {"/pets/{id}": {"get": {"parameters": [identifier], "responses": {}}}}
    contract = Contract(Document({"openapi": "3.1.0", "paths": paths, "x": {"type": "integer", "minimum": 7}}))
    assert curl.curl(contract, contract.operations[0]) == f"curl /pets/{shown}"


@pytest.mark.parametrize(
    ("parameter", "shown"),
    [
        ({"example": 1, "schema": {"default": 2}}, "1"),
        ({"examples": {"x": {"value": 3}, "y": {"value": 4}}, "schema": {"default": 2}}, "3"),
        ({"schema": {"default": 2, "examples": [5], "enum": [6]}}, "2"),
        ({"schema": {"examples": [5, 7], "enum": [6]}}, "5"),
        ({"schema": {"enum": [6, 5]}}, "6"),
        ({"example": 0, "schema": {"default": 2}}, "0"),
        ({"example": False, "schema": {"default": True}}, "false"),
        ({"examples": {"x": {"value": 0}}, "schema": {"default": 2}}, "0"),
        ({"schema": {"type": "integer", "minimum": 3, "default": 0, "enum": [6]}}, "0"),
        ({"schema": {"type": "integer", "minimum": 3, "examples": [0, 7]}}, "0"),
        ({"schema": {"type": "boolean", "enum": [False, True]}}, "false"),
        ({"examples": {"x": {"$ref": "#/kept"}}, "schema": {"default": 2}}, "9"),
        ({"examples": {}, "schema": {"default": 2}}, "2"),
        ({"examples": {"x": {"summary": "without a value"}}, "schema": {"type": "integer", "minimum": 3}}, "3"),
        ({"schema": {"type": "number", "minimum": 0}}, "0"),
        ({"schema": {"$ref": "#/day"}}, "7"),
    ],
)
@pytest.mark.parametrize(("place", "path", "url"), [("path", "/pets/{id}", "/pets/"), ("query", "/pets", "/pets?id=")])
def test_the_call_has_the_example_that_is_nearest(
    parameter: dict[str, object], shown: str, place: str, path: str, url: str
) -> None:
    given = {"name": "id", "in": place, "required": True, **parameter}
    paths = {path: {"get": {"parameters": [given], "responses": {}}}}
    contract = Contract(
        Document({"openapi": "3.1.0", "paths": paths, "kept": {"value": 9}, "day": {"type": "integer", "default": 7}})
    )
    assert shlex.split(curl.curl(contract, contract.operations[0])) == ["curl", f"{url}{shown}"]


@pytest.mark.parametrize("found", [{"example": 0}, {"example": False}, {"schema": {"default": 0}}, {"example": ""}])
def test_an_optional_parameter_whose_example_counts_as_false_is_shown(found: dict[str, object]) -> None:
    given: list[dict[str, object]] = [
        {"schema": {}, **held, "name": name, "in": "query"} for name, held in (("o", {}), ("p", found), ("q", found))
    ]
    contract = Contract(Document(document(parameters=given)))
    query = urlsplit(shlex.split(curl.curl(contract, contract.operations[0]))[1]).query
    assert query.partition("=")[0] == "p"
    assert "q" not in query


def test_webhooks_are_listed_shown_and_their_payloads_checked(cli: Run, tmp_path: Path) -> None:
    """By name and by id."""
    spec = str(bundled())
    lines = cli("operations", "--spec", spec).out.splitlines()
    newest = Contract.load()
    counted = f"{len(newest.operations)} operations and {len(newest.document.webhooks)} webhooks"
    assert lines[-1].split(" of ")[0] == counted
    assert "POST webhooks.index_task_ready index.task.ready Receive" in " ".join(" ".join(lines).split())
    for name in ("analyze.task.ready", "webhooks.analyze_task_ready"):
        body, example = shown(cli("show", name, "--spec", spec))
        assert "in the header TL-Signature: v1 is the hmac-sha256 of {timestamp}.{body}" in body
        assert "more than 300 seconds away" in body
        assert json.loads(example)["type"] == "analyze.task.ready"
    file = tmp_path / "event.json"
    file.write_text(example)
    assert cli("validate", "--operation", "analyze.task.ready", "--spec", spec, str(file)).status == 0
    done = cli("validate", "--operation", "webhooks.analyze_task_failed", "--spec", spec, str(file))
    assert (done.status, "body.type" in done.out) == (1, True)
    done = cli("validate", "--operation", "analyze.task.ready", "--status", "200", "--spec", spec, str(file))
    assert (done.status, "it accepts no --status for its request body" in done.err) == (2, True)


def test_a_webhook_without_signature_and_example(cli: Run, tmp_path: Path) -> None:
    spec = tmp_path / "d.json"
    spec.write_text(json.dumps({"openapi": "3.1.0", "paths": {}, "webhooks": {"new": {"post": {"responses": {}}}}}))
    assert cli("operations", "--spec", str(spec)).out.splitlines()[0].split() == ["POST", "new"]
    done = cli("show", "new", "--spec", str(spec))
    assert (done.status, "Example" in done.out, "Signature" in done.out) == (0, False, False)


def test_every_schema_is_listed_with_its_title_or_else_its_description(cli: Run, tmp_path: Path) -> None:
    schemas = {
        "A": {"title": "T", "description": "D"},
        "B": {"description": "of\n two  lines"},
        "C": True,
        "D": {"$ref": "#/components/schemas/A"},
        "E": {"title": ""},
    }
    spec = tmp_path / "d.json"
    spec.write_text(
        json.dumps({"openapi": "3.1.0", "info": {"title": "Own"}, "paths": {}, "components": {"schemas": schemas}})
    )
    found = json.loads(cli("schemas", "--format", "json", "--spec", str(spec)).out)
    shown = ["T", "of\n two  lines", "", "", ""]
    assert [(one["name"], one["description"]) for one in found] == [*zip(schemas, shown, strict=True)]
    lines = cli("schemas", "--spec", str(spec)).out.splitlines()
    assert [line.split() for line in lines[:2]] == [["A", "T"], ["B", "of", "two", "lines"]]
    assert lines[-1] == "5 schemas of Own"


def test_keys_and_streams_and_pages_are_said_in_words(cli: Run, tmp_path: Path) -> None:
    schemes = {name: {"type": "apiKey", "in": "header", "name": name} for name in ("K1", "K2", "K3")}
    event = {"type": "object", "properties": {"kind": {"type": "string"}}}
    streaming = {"flag": "live", "first": "start", "last": ["end", "failed"], "end": "[DONE]", "event": "data"}
    kinds = {
        "oneOf": [event],
        "discriminator": {"propertyName": "kind", "mapping": {"start": "#/components/schemas/E"}},
    }
    stream = {"content": {"text/event-stream": {"schema": kinds}}}
    get = {
        "operationId": "a",
        "security": [{"K1": [], "K2": []}, {"K3": []}],
        "responses": {"200": stream, "204": {"description": "nothing"}, "4XX": {"content": {"text/plain": {}}}},
        "x-streaming": streaming,
    }
    components = {"securitySchemes": schemes, "schemas": {"E": {**event, "description": "The first."}}}
    spec = tmp_path / "d.json"
    spec.write_text(json.dumps({"openapi": "3.1.0", "paths": {"/a": {"get": get}}, "components": components}))
    body, _ = shown(cli("show", "a", "--spec", str(spec)))
    for words in (
        "Key - in the header K1 and K2 or K3",
        "204 no body nothing",
        "4XX text/plain anything",
        "Stream of 200, text/event-stream start E The first.",
        "requested by live = true; begins with start, ends with end or failed, then comes [DONE]",
    ):
        assert words in body, (words, body)
