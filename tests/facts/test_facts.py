"""The literal table of documented facts and the document agree both ways."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

import jsonschema_rs
import pytest

from tests.facts import analysis, embed, indexes, search, tasks, transfers, videos
from tests.facts.comparison import RULE_KEYWORDS, differences, gather
from tests.facts.found import ANNOTATIONS, Reading
from tests.facts.rows import Operation, Rule
from tests.facts.stated import stated
from twelvelabs_contract import Contract

MODULES: tuple[ModuleType, ...] = (analysis, tasks, indexes, videos, search, embed, transfers)
ROWS: dict[str, Operation] = {row.id: row for module in MODULES for row in module.OPERATIONS}
RULES = [(row, rule) for row in ROWS.values() for rule in row.rules]

GONE = object()

# Parts of a rule that no body can show, because the fields themselves already demand what they say.
SAID_TWICE = {
    ("indexes.create", "body", "/if/properties/addons/type"),
    ("indexes.create", "body", "/then/properties/models/contains/required"),
    ("indexes.create", "body", "/then/properties/models/contains/required/0"),
}


@pytest.fixture(scope="module")
def raw(contract: Contract) -> Mapping[str, Any]:
    """Return the bundled document as JSON."""
    return contract.document.raw


@pytest.fixture(scope="module")
def reading(raw: Mapping[str, Any]) -> Reading:
    """Return the document, read operation by operation."""
    return _read(raw)


def _read(raw: Mapping[str, Any]) -> Reading:
    reading = Reading(raw)
    for operation in reading.operations:
        gather(reading.found(operation))
    return reading


def _told(reading: Reading, operation: str) -> list[str]:
    return list(differences(operation, gather(stated(ROWS[operation])), gather(reading.found(operation))))


def _subject(row: Operation, rule: Rule) -> tuple[str, str]:
    """Return the operation and the place whose schema a rule speaks of."""
    root = "body" if row.form is None else "form"
    return row.id, f"{root}.{rule.at}:json" if rule.at else root


def _accepts(schema: Any, instance: Any) -> bool:
    return jsonschema_rs.Draft202012Validator(schema).is_valid(instance)


def test_the_table_has_the_28_operations_and_the_document_no_others(reading: Reading) -> None:
    assert len(ROWS) == sum(len(module.OPERATIONS) for module in MODULES) == 28
    assert sorted(reading.operations) == sorted(ROWS)


@pytest.mark.parametrize("operation", ROWS)
def test_the_document_says_what_the_table_states_and_nothing_else(reading: Reading, operation: str) -> None:
    """Each keyword of each parameter, body and answer is in a row, and each statement of a row in the document."""
    assert not (reported := _told(reading, operation)), "\n" + "\n".join(reported)


def test_the_service_is_where_the_reference_says(raw: Mapping[str, Any]) -> None:
    assert [server["url"] for server in raw["servers"]] == ["https://api.twelvelabs.io/v1.3"]
    (scheme,) = raw["components"]["securitySchemes"].values()
    assert {key: scheme[key] for key in scheme if key != "description"} == {
        "type": "apiKey",
        "in": "header",
        "name": "x-api-key",
    }
    assert raw["security"] == [{name: []} for name in raw["components"]["securitySchemes"]]
    assert raw["x-client"] == {
        "class": "TwelveLabs",
        "api_key_environment": "TWELVE_LABS_API_KEY",  # A38
        "base_url_environment": "TWELVELABS_BASE_URL",
    }


@pytest.mark.parametrize(("row", "rule"), RULES, ids=[f"{row.id}: {rule.says}" for row, rule in RULES])
def test_a_rule_holds(reading: Reading, row: Operation, rule: Rule) -> None:
    """The document accepts what keeps a rule, and refuses what breaks it because of a rule and of nothing else."""
    operation, place = _subject(row, rule)
    assert (operation, place) in reading.objects, f"{operation}: {place}: expected an object, found none"
    schema = reading.inlined(reading.objects[operation, place])
    without_rules = {key: value for key, value in schema.items() if key not in RULE_KEYWORDS}
    reported = [f"expected accepted, found refused: {body}" for body in rule.accepted if not _accepts(schema, body)]
    reported += [f"expected refused, found accepted: {body}" for body in rule.refused if _accepts(schema, body)]
    if schema != without_rules:
        reported += [f"refused without any rule: {body}" for body in rule.refused if not _accepts(without_rules, body)]
    assert not reported, "\n" + "\n".join(f"{operation}: {place}: {rule.says}: {line}" for line in reported)


def test_every_rule_of_the_document_is_in_the_table(reading: Reading) -> None:
    """Whatever part of a rule is taken away, a body of the table shows it; so the document has no rule of its own."""
    assert _unseen_rules(reading) == SAID_TWICE


def _unseen_rules(reading: Reading) -> set[tuple[str, str, str]]:
    unseen = set()
    for (operation, place), node in reading.objects.items():
        bodies = [
            body
            for row, rule in RULES
            if _subject(row, rule) == (operation, place)
            for body in (*rule.accepted, *rule.refused)
        ]
        schema = reading.inlined({**node})
        verdicts = [_accepts(schema, body) for body in bodies] if RULE_KEYWORDS & schema.keys() else []
        for pointer, weaker in _weakened(schema):
            if [_accepts(weaker, body) for body in bodies] == verdicts:
                unseen.add((operation, place, pointer))
    return unseen


PLANTED: list[tuple[str, tuple[Any, ...], Any, str]] = [
    (
        "tasks.list",
        ("components", "parameters", "PageLimit", "schema", "maximum"),
        51,
        "tasks.list: query.page_limit: maximum: expected 50, found 51",
    ),
    (
        "embed.tasks.create",
        ("components", "schemas", "EmbedTasksCreateRequest", "properties", "video_clip_length", "minimum"),
        GONE,
        "embed.tasks.create: form.video_clip_length: minimum: expected 2, found nothing",
    ),
    (
        "analyze",
        ("components", "schemas", "AnalyzeRequest", "properties", "prompt", "maxLength"),
        2000,
        "analyze: body.prompt: maxLength: expected nothing, found 2000",
    ),
    (
        "summarize",
        ("components", "schemas", "SummarizeRequest", "properties", "type", "enum"),
        ["summary", "chapter"],
        'summarize: body.type: enum: expected ["chapter", "highlight", "summary"], found ["chapter", "summary"]',
    ),
    (
        "indexes.update",
        ("components", "schemas", "IndexesUpdateRequest", "required"),
        [],
        "indexes.update: body.index_name: required: expected true, found nothing",
    ),
    (
        "tasks.transfers.get_logs",
        ("components", "schemas", "ImportLog", "properties", "ended_at", "type"),
        "string",
        "tasks.transfers.get_logs: 200 application/json.data[].ended_at: type: "
        'expected ["null", "string"], found "string"',
    ),
    (
        "search.retrieve",
        ("paths", "/search/{page_token}", "get", "responses", "404"),
        {"description": "Not there."},
        "search.retrieve: 404: declared: expected nothing, found true",
    ),
]


@pytest.mark.parametrize(("operation", "path", "value", "line"), PLANTED, ids=[planted[3] for planted in PLANTED])
def test_a_difference_is_reported(
    raw: Mapping[str, Any], operation: str, path: tuple[Any, ...], value: Any, line: str
) -> None:
    """A loosened, a lost and an invented constraint each name operation, place, keyword, and both sides."""
    changed = copy.deepcopy(dict(raw))
    parent: Any = changed
    for token in path[:-1]:
        parent = parent[token]
    if value is GONE:
        del parent[path[-1]]
    else:
        parent[path[-1]] = value
    assert line in _told(Reading(changed), operation)


def test_an_invented_rule_is_reported(raw: Mapping[str, Any]) -> None:
    """A rule that no row shows has a part that can be taken away unseen."""
    changed = copy.deepcopy(dict(raw))
    changed["components"]["schemas"]["TasksCreateRequest"]["not"] = {"required": ["video_file", "user_metadata"]}
    assert ("tasks.create", "form", "/not") in _unseen_rules(_read(changed))


def _weakened(schema: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield each schema that lacks one part of a rule, with the pointer of the part."""
    for pointer in [path for key in sorted(RULE_KEYWORDS & schema.keys()) for path in _paths(schema[key], (key,))]:
        weaker: Any = copy.deepcopy(dict(schema))
        parent = weaker
        for token in pointer[:-1]:
            parent = parent[token]
        del parent[pointer[-1]]
        if _is_schema(weaker):
            yield "".join(f"/{token}" for token in pointer), weaker


def _paths(node: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(node, Mapping):
        children: list[tuple[Any, Any]] = [(key, child) for key, child in node.items() if key not in ANNOTATIONS]
    else:
        children = list(enumerate(node)) if isinstance(node, list) else []
    for key, child in children:
        yield from _paths(child, (*path, key))


def _is_schema(schema: Any) -> bool:
    return jsonschema_rs.meta.is_valid(schema)
