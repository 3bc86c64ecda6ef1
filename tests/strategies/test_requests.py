"""Generated requests: the valid ones conform, and the invalid ones break the rule that they name, and no other."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apicontract.openapi.violation import where
from apicontract.strategies import (
    Broken,
    RequestCase,
    Twist,
    Upload,
    boundary_cases,
    boundary_requests,
    invalid_cases,
    invalid_requests,
    valid_requests,
)
from tests.strategies.documents import every_operation, few, reported
from tests.support.orchard import ORCHARD, contract_of
from twelvelabs_contract import Contract, Operation


def conforms(contract: Contract, case: RequestCase) -> None:
    assert reported(contract.check_request(case.request())) == [], case
    assert reported(contract.check_arguments(contract.operation(case.operation), case.instances)) == [], case
    assert case.tag is None
    assert case.twist is None


def breaks_what_it_says(contract: Contract, case: RequestCase) -> None:
    assert case.tag is not None
    expected = [(case.tag.where, case.tag.rule)]
    assert reported(contract.check_request(case.request())) == expected, case
    found = reported(contract.check_arguments(contract.operation(case.operation), case.instances))
    assert found == (expected if case.twist is None else []), case


@every_operation
def test_every_boundary_case_conforms(contract: Contract, operation: str) -> None:
    for case in boundary_cases(contract, operation):
        conforms(contract, case)


@every_operation
def test_every_valid_request_conforms(contract: Contract, operation: str) -> None:
    @few
    @given(st.one_of(valid_requests(contract, operation), boundary_requests(contract, operation)))
    def check(case: RequestCase) -> None:
        conforms(contract, case)

    check()


@every_operation
def test_every_invalid_case_breaks_what_its_tag_says_and_nothing_else(contract: Contract, operation: str) -> None:
    for case in invalid_cases(contract, operation):
        breaks_what_it_says(contract, case)


@every_operation
def test_every_invalid_request_breaks_what_its_tag_says_and_nothing_else(contract: Contract, operation: str) -> None:
    @settings(few, max_examples=25)
    @given(invalid_requests(contract, operation))
    def check(case: RequestCase) -> None:
        breaks_what_it_says(contract, case)

    check()


@every_operation
def test_a_case_can_be_pasted(contract: Contract, operation: str) -> None:
    """What repr shows makes an equal case, and an equal request: every fourth is tried."""
    names = {"contract": contract, "RequestCase": RequestCase, "Broken": Broken, "Twist": Twist, "Upload": Upload}
    for case in (*boundary_cases(contract, operation)[::4], *invalid_cases(contract, operation)[::4]):
        again = eval(repr(case), names)  # noqa: S307 - the text is ours
        assert again == case
        assert again.about == case.about
        assert again.request() == case.request()


def declared(contract: Contract, operation: Operation) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield location, name and schema of each parameter and each top-level property of the body, read by hand."""
    for parameter in operation.parameters:
        if parameter.location in ("path", "query"):
            yield parameter.location, parameter.name, contract.document.resolve(parameter.schema, "")[0]
    if operation.request_body:
        content = next(iter(operation.request_body.content.values()))
        schema, _ = contract.document.resolve(content.schema, content.schema_pointer)
        for name, value in schema.get("properties", {}).items():
            yield "body", name, contract.document.resolve(value, "")[0]


@every_operation
def test_every_bound_is_a_boundary_case(contract: Contract, operation: str) -> None:
    """Each minimum, maximum, length, count and listed value of each parameter and property is given, and left out."""
    cases = [case.arguments for case in boundary_cases(contract, operation)]
    found = contract.operation(operation)
    for location, name, schema in declared(contract, found):
        groups = [arguments[location] for arguments in cases if isinstance(arguments.get(location), dict)]
        values = [group[name] for group in groups if name in group]
        assert values, f"{name} is never given"
        for keyword in ("minimum", "maximum"):
            if keyword in schema:
                assert schema[keyword] in values, (name, keyword)
        for keyword in ("minLength", "maxLength", "minItems", "maxItems"):
            if keyword in schema and "pattern" not in schema and "contentMediaType" not in schema:
                # An array of the query that is not at its least has at least one item, or it is not sent.
                assert schema[keyword] in map(len, values), (name, keyword)
        for value in schema.get("enum", ()):
            assert value in values, (name, value)
        for value in schema.get("items", {}).get("enum", ()):
            assert any(value in items for items in values), (name, value)
        if schema.get("type") == "boolean":
            assert {True, False} <= set(values), name
        if location == "query" and not next(p for p in found.parameters if p.name == name).required:
            assert any(name not in group for group in groups), f"{name} is never absent"


@every_operation
def test_every_rule_of_every_field_is_broken_by_a_case(contract: Contract, operation: str) -> None:
    """Each bound, length, list, pattern and format, the kinds of values, the key, and the body as a whole."""
    found = contract.operation(operation)
    tags = {(case.tag.where, case.tag.rule) for case in invalid_cases(contract, operation) if case.tag}
    root = {"body": "form" if any(tag.startswith("form") for tag, _ in tags) else "body"}
    for location, name, schema in declared(contract, found):
        place = where(root.get(location, location), [name])
        # Some rules cannot be broken alone: `type` under `enum`, or too many items of few values that must differ.
        for rule in ("minimum", "maximum", "exclusiveMinimum", "minLength", "maxLength", "enum", "pattern", "format"):
            if rule in schema and schema[rule] not in ("double", "binary"):
                assert (place, rule) in tags, (place, rule)
        if schema.get("type") in ("integer", "number", "boolean") and "enum" not in schema:
            assert (place, "type") in tags, place
    for name in found.key_headers:
        assert (f"header.{name}", "missing") in tags
    body = ("body", "undeclared") if found.request_body is None else ("body", "missing")
    assert (body in tags) is (found.request_body is None or found.request_body.required)


def test_each_alternative_of_a_rule_between_fields_is_a_boundary_case(contract: Contract) -> None:
    """A search by text, by the address of an image, by a file, and by both kinds; offsets absent and together."""
    cases = [set(case.arguments["body"]) for case in boundary_cases(contract, "search.create")]
    kinds = {"query_text", "query_media_url", "query_media_file"}
    given_kinds = {frozenset(case & kinds) for case in cases}
    assert {frozenset({kind}) for kind in kinds} <= given_kinds
    assert any(len(found) > 1 and "query_text" in found for found in given_kinds)
    offsets = {"video_start_offset_sec", "video_end_offset_sec"}
    cases = [set(case.arguments["body"]) for case in boundary_cases(contract, "embed.tasks.create")]
    assert {frozenset(case & offsets) for case in cases} == {frozenset(), frozenset(offsets)}


@pytest.mark.parametrize(
    ("operation", "where", "rule"),
    [
        ("search.create", "form", "anyOf"),
        ("search.create", "form.query_media_type", "dependentRequired"),
        ("search.create", "form.group_by", "missing"),
        ("search.create", "form.group_by", "const"),
        ("search.create", "form.search_options", "encoding"),
        ("search.create", "form.filter", "encoding"),
        ("search.create", "form.filter.duration", "anyOf"),
        ("search.create", "form.include_user_metadata", "type"),
        ("indexes.create", "body.models", "contains"),
        ("embed.tasks.create", "form.video_start_offset_sec", "dependentRequired"),
        ("embed.tasks.create", "form.video_file", "encoding"),
        ("tasks.retrieve", "path.task_id", "minLength"),
        ("tasks.retrieve", "path.task_id", "encoding"),
        ("tasks.list", "query.status", "encoding"),
        ("tasks.list", "query.status[1]", "enum"),
        ("tasks.list", "query.unknown", "undeclared"),
        ("indexes.videos.list", "query.user_metadata", "encoding"),
        ("gist", "body.types", "uniqueItems"),
        ("gist", "header.content-type", "media_type"),
        ("manage_videos.partial_update_video_information", "body.user_metadata.key", "type"),
    ],
)
def test_rules_that_a_reader_of_the_document_would_break(
    contract: Contract, operation: str, where: str, rule: str
) -> None:
    tags = {(case.tag.where, case.tag.rule) for case in invalid_cases(contract, operation) if case.tag}
    assert (where, rule) in tags


def test_null_and_the_next_float_are_among_the_invalid_values(contract: Contract) -> None:
    bodies = [case.arguments.get("body") for case in invalid_cases(contract, "analyze")]
    values = [body["temperature"] for body in bodies if isinstance(body, dict) and "temperature" in body]
    expected: list[object] = [-1, -5e-324, 2, 1.0000000000000002, None, "True", [], {}, ""]
    assert all(wrong in values for wrong in expected)


def test_a_request_goes_where_it_is_sent(contract: Contract) -> None:
    """The base URL and the key are the caller's; without them it goes to the server that the contract checks."""
    (case,) = (case for case in boundary_cases(contract, "tasks.retrieve"))
    request = case.request("http://127.0.0.1:8080/v9/", key="k")
    assert request.url == "http://127.0.0.1:8080/v9/tasks/a"
    assert request.headers.get("x-api-key") == "k"
    local = Contract.load(base_url="http://127.0.0.1:8080/v9")
    assert boundary_cases(local, "tasks.retrieve")[0].request().url == request.url


def test_exclusive_fields_are_not_given_together(contract: Contract) -> None:
    """The client refuses both (ledger A30), though the document does not."""
    for case in boundary_cases(contract, "embed.create"):
        assert not {"image_url", "image_file"} <= set(case.arguments["body"])


def test_building_is_done_once(contract: Contract) -> None:
    assert valid_requests(contract, "gist") is valid_requests(contract, "gist")
    assert boundary_cases(contract, "gist") is boundary_cases(contract, "gist")
    assert invalid_cases(contract, "gist") is invalid_cases(contract, "gist")


def digest(contract: Contract) -> str:
    cases = [
        make(contract, operation.id) for operation in contract.operations for make in (boundary_cases, invalid_cases)
    ]
    return sha256(repr(cases).encode()).hexdigest()


def test_the_lists_are_the_same_in_every_process() -> None:
    """Neither the hash seed nor what was asked for before decides the order."""
    program = f"from tests.strategies.test_requests import *; print(digest(Contract.load({str(ORCHARD)!r})))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "1"},
    )
    assert done.stdout.strip() == digest(contract_of("orchard"))


def test_an_unknown_operation_is_reported(contract: Contract) -> None:
    for make in (valid_requests, boundary_requests, boundary_cases, invalid_requests, invalid_cases):
        with pytest.raises(LookupError, match=r"no operation 'task\.list'"):
            make(contract, "task.list")
