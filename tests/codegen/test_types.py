"""The types of arguments, of responses and of fields, by the schema."""

from __future__ import annotations

import dataclasses
from copy import deepcopy
from typing import Any

import pytest

from codegen.bundle import load
from codegen.resolve import resolve
from codegen.schemas import Schemas
from codegen.types import WIDEST, Types, is_model
from codegen.view import Place, View
from tests.codegen.edits import RIGHT

BUNDLE = load(RIGHT)
VIEW = View(BUNDLE)
AT = ("components",)
TEXT = {"type": "string"}
NOTE, LABELS = ({"$ref": f"#/components/schemas/{name}"} for name in ("Note", "Labels"))
FILE = {"type": "string", "format": "binary"}
LITERAL = "Literal['a', 1] | None"
ROWS: list[tuple[dict[str, Any], str, str, str]] = [
    (TEXT, "str", "", "str"),
    ({"type": ["null", "string"]}, "str | None", "", "str | None"),
    ({"type": ["integer", "number", "boolean"]}, "int | float | bool", "", "int | float | bool"),
    ({"type": "array", "items": TEXT}, "Sequence[str]", "str | Sequence[str]", "builtins.list[str]"),
    (
        {"type": ["null", "array"], "items": TEXT},
        *("Sequence[str] | None", "str | Sequence[str] | None", "builtins.list[str] | None"),
    ),
    ({"type": "array", "items": NOTE}, "Sequence[Note | Mapping[str, object]]", "", "builtins.list[Note]"),
    ({"type": "array", "items": LABELS}, "Sequence[Mapping[str, str]]", "", "builtins.list[Labels]"),
    (
        {"type": "array", "items": {"type": "array", "items": TEXT}},
        *("Sequence[Sequence[str]]", "", "builtins.list[builtins.list[str]]"),
    ),
    ({"type": "array", "items": FILE}, "Sequence[FileInput]", "FileInput | Sequence[FileInput]", "builtins.list[str]"),
    (FILE, "FileInput", "", "str"),
    (NOTE, "Note | Mapping[str, object]", "", "Note"),
    (LABELS, "Mapping[str, str]", "", "Labels"),
    ({"anyOf": [NOTE, TEXT]}, "Note | Mapping[str, object] | str", "", "Note | str"),
    ({"anyOf": [{"type": "null"}, TEXT]}, "str | None", "", "str | None"),
    ({"oneOf": [TEXT, {"type": "integer"}, TEXT]}, "str | int", "", "str | int"),
    ({"type": "string", "anyOf": [{"type": "integer"}]}, "str", "", "str"),
    ({}, "object", "", "Any"),
    ({"anyOf": [TEXT, {}]}, "object", "", "Any"),
    ({"type": "object", "additionalProperties": {}}, "Mapping[str, object]", "", "builtins.dict[str, Any]"),
    ({"enum": ["a", 1, None]}, LITERAL, "", LITERAL),
    ({"enum": [None, "a", 1]}, LITERAL, "", LITERAL),
    ({"const": "a"}, "Literal['a']", "", "Literal['a']"),
    ({"const": None}, "None", "", "None"),
    (
        {"type": "string", "contentMediaType": "application/json", "contentSchema": LABELS},
        *("str | Mapping[str, str]", "", "str"),
    ),
    (
        {
            "type": "string",
            "contentMediaType": "application/json",
            "contentSchema": {"type": ["object", "null"], "additionalProperties": TEXT},
        },
        *("str | Mapping[str, str]", "", "str"),
    ),
    ({"type": "string", "contentMediaType": "text/html", "contentSchema": LABELS}, "str", "", "str"),
]


@pytest.mark.parametrize(("schema", "argument", "exploded", "answer"), ROWS)
def test_a_schema_has_a_type_on_each_side(schema: Any, argument: str, exploded: str, answer: str) -> None:
    """An array that is exploded takes one of its items too, if that is no list and no mapping."""
    types, place = Types(VIEW), Place(schema, AT)
    assert types.argument(place) == argument
    assert types.argument(place, exploded=True) == (exploded or argument)
    assert types.answer(place) == answer
    assert types.nullable(place) is ("None" in argument.split(" | "))


@pytest.mark.parametrize(("number", "told"), [(WIDEST, []), (WIDEST + 1, ["a union of 101 schemas is too wide"])])
def test_a_union_is_not_too_wide_to_be_parsed(number: int, told: list[str]) -> None:
    view = View(BUNDLE)
    answer = Types(view).answer(Place({"anyOf": [{"const": one} for one in range(number)]}, AT))
    assert answer.count("Literal") == (0 if told else number)
    assert [problem.message for problem in view.problems] == told


@pytest.mark.parametrize("schema", [{"enum": [1.5]}, {"enum": []}, {"const": {}}, {"enum": ["a", []]}])
def test_not_every_value_can_be_listed(schema: Any) -> None:
    view = View(BUNDLE)
    assert Types(view).answer(Place(schema, AT)) == "Any"
    (problem,) = view.problems
    assert problem.message == "a listed value is neither text, nor a whole number, nor true, false or null"


@pytest.mark.parametrize(
    ("schema", "model"),
    [
        ({"type": "object", "properties": {}}, True),
        ({"type": "object", "additionalProperties": False}, True),
        ({"type": "object", "properties": {}, "additionalProperties": True}, True),
        ({"type": "object", "additionalProperties": TEXT}, False),
        ({"type": ["object", "null"], "properties": {}}, False),
        ({"properties": {}}, False),
    ],
)
def test_an_object_with_properties_or_closed_is_a_class(schema: Any, *, model: bool) -> None:
    assert is_model(Place(schema, AT)) is model


BOUNDS = {"minimum": 1, "maximum": 2, "exclusiveMinimum": 0, "exclusiveMaximum": 3, "multipleOf": 1}
NULL = {"type": "null"}
MAP = {"type": "object", "additionalProperties": TEXT}
TWO: dict[str, Any] = {
    "oneOf": [{"$ref": "#/components/schemas/Start"}, {"$ref": "#/components/schemas/End"}],
    "discriminator": {
        "propertyName": "kind",
        "mapping": {"start": "#/components/schemas/Start", "end": "#/components/schemas/End"},
    },
}
REDUCED: list[tuple[dict[str, Any], dict[str, Any]]] = [
    (
        {**TEXT, "minLength": 1, "maxLength": 2, "pattern": "a", "format": "uri", "default": "a"},
        {**TEXT, "minLength": 1, "maxLength": 2},
    ),
    (FILE, FILE),
    ({"type": ["string", "null"], "maxLength": 2}, {"type": ["string", "null"], "maxLength": 2}),
    (
        {"type": ["string", "integer", "null"], "maxLength": 2, "minimum": 1},
        {"anyOf": [{**TEXT, "maxLength": 2}, {"type": "integer", "minimum": 1}, NULL]},
    ),
    (
        {"type": "array", "items": TEXT, "minItems": 1, "maxItems": 2, "uniqueItems": True},
        {"type": "array", "items": TEXT, "minItems": 1, "maxItems": 2},
    ),
    *(({"type": kind, "format": "double", **BOUNDS}, {"type": kind, **BOUNDS}) for kind in ("number", "integer")),
    ({"enum": ["a", None]}, {"anyOf": [{"enum": ["a"]}, NULL]}),
    ({"const": "a"}, {"enum": ["a"]}),
    ({"anyOf": [TEXT, {}]}, {}),
    ({"anyOf": [TEXT, NOTE]}, {"anyOf": [TEXT, NOTE]}),
    (NOTE, NOTE),
    ({}, {}),
    (TWO, TWO),
]


def reduced(name: str, schema: Any) -> Any:
    """Return what is left of the schema of a property of Note, or of a named schema."""
    document: Any = deepcopy(BUNDLE.document)
    if name == "Note":
        document["components"]["schemas"]["Note"]["properties"] = {"text": schema}
    else:
        document["components"]["schemas"][name] = schema
    view = View(dataclasses.replace(BUNDLE, document=document))
    models = {model.name: model for model in Schemas(view, Types(view)).models()}
    assert list(models) == sorted(models)
    return models["Note"].schema["properties"]["text"] if name == "Note" else models[name].schema


@pytest.mark.parametrize(("schema", "left"), REDUCED)
def test_a_model_has_the_types_and_bounds_of_a_schema(schema: Any, left: Any) -> None:
    """Within a class, and as a name of its own."""
    assert reduced("Note", schema) == left
    assert reduced("Other", schema) == left


@pytest.mark.parametrize(
    ("required", "needed"),
    [
        ([], []),
        (["text"], ["text"]),
        (["_id"], ["id"]),
        (["class"], ["class_"]),
        (["createdAt"], ["created_at"]),
        (["text", "createdAt", "_id", "class"], ["class_", "created_at", "id", "text"]),
        (["id", "class_", "created_at"], []),
        (["other"], []),
    ],
)
def test_a_property_is_required_by_its_name_on_the_wire(required: list[str], needed: list[str]) -> None:
    """What is left has the names of the fields, sorted; a name that is that of a field alone requires nothing."""
    wire = {"text": "text", "_id": "id", "class": "class_", "createdAt": "created_at"}
    schema = {"type": "object", "properties": dict.fromkeys(wire, TEXT), "required": required}
    left = {"type": "object", "properties": dict.fromkeys(wire.values(), TEXT), "required": needed}
    assert reduced("Other", schema) == left
    del schema["required"]
    assert reduced("Other", schema) == {**left, "required": []}


def test_the_size_of_a_map_is_said_of_a_name_alone() -> None:
    for kind in ("object", ["object", "null"]):
        schema = {**MAP, "type": kind, "minProperties": 1, "maxProperties": 2}
        assert reduced("Note", schema) == {**MAP, "type": kind}
        assert reduced("Other", schema) == schema


def test_an_alias_that_contains_itself_is_written_out_once() -> None:
    other = {"$ref": "#/components/schemas/Other"}
    assert reduced("Other", {"anyOf": [TEXT, {"type": "array", "items": other}]}) == {
        "anyOf": [TEXT, {"type": "array", "items": {}}]
    }


@pytest.mark.parametrize("length", [1, 2, 3])
def test_aliases_that_lead_back_to_the_first_are_written_out_once(length: int) -> None:
    document: Any = deepcopy(BUNDLE.document)
    names = [f"Alias{number}" for number in range(length)]
    for name, following in zip(names, [*names[1:], names[0]], strict=True):
        items = {"type": "array", "items": {"$ref": f"#/components/schemas/{following}"}}
        document["components"]["schemas"][name] = {"anyOf": [TEXT, items]}
    types = Types(View(dataclasses.replace(BUNDLE, document=document)))
    first = Place({"$ref": "#/components/schemas/Alias0"}, AT)
    written = "object"
    for _ in names:
        written = f"str | Sequence[{written}]"
    assert types.argument(first) == written
    assert types.answer(first) == "Alias0"


def test_a_view_leads_through_each_branch_and_keeps_the_first() -> None:
    """Of two properties of one name the first counts; where a branch leads no further, the next is tried."""
    one = {"type": "object", "properties": {"a": {"type": "string"}, "b": TEXT}}
    two = {"type": "object", "properties": {"a": {"type": "object", "properties": {"c": {"type": "integer"}}}}}
    union = Place({"anyOf": [one, two]}, AT)
    assert VIEW.properties(union)["a"].value == TEXT
    assert list(VIEW.properties(union)) == ["a", "b"]
    found = VIEW.lead(union, "/a/c")
    assert found is not None
    assert found.tokens == (*AT, "anyOf", "1", "properties", "a", "properties", "c")
    assert [VIEW.lead(union, pointer) for pointer in ("/a/d", "/c", "a", "/b/c")] == [None] * 4
    assert VIEW.types(Place({"anyOf": [TEXT, {"type": ["integer", "string"]}]}, AT)) == ["string", "integer"]


@pytest.mark.parametrize(
    ("shared", "own", "expected"),
    [
        (["query one"], ["query two"], ["query one: shared", "query two: own"]),
        (["header one"], ["query one"], ["header one: shared", "query one: own"]),
        (["path one", "cookie one"], ["query one"], ["path one: shared", "cookie one: shared", "query one: own"]),
        (["query one", "header two"], ["query one"], ["header two: shared", "query one: own"]),
        (["query one"], ["query two", "query one"], ["query two: own", "query one: own"]),
        (["query One"], ["query one"], ["query One: shared", "query one: own"]),
        (["query one"], [], ["query one: shared"]),
        ([], ["query one"], ["query one: own"]),
    ],
)
def test_parameters_of_a_path_come_before_those_of_its_operation_which_replace_them(
    shared: list[str], own: list[str], expected: list[str]
) -> None:
    """A parameter is replaced by one of the same name in the same location, and is found by both."""
    document: Any = deepcopy(BUNDLE.document)
    item, listed = document["paths"]["/notes"], {"shared": shared, "own": own}
    for holder, said in ((item, "shared"), (item["get"], "own")):
        pairs = (one.split() for one in listed[said])
        holder["parameters"] = [{"in": place, "name": name, "description": said} for place, name in pairs]
    (operation,) = (
        one for one in View(dataclasses.replace(BUNDLE, document=document)).operations if one.id == "notes.list"
    )
    found = {f"{one.value['in']} {one.value['name']}": one for one in operation.parameters}
    assert [f"{pair}: {one.value['description']}" for pair, one in found.items()] == expected
    assert len(operation.parameters) == len(expected)
    for location in ("path", "query", "header", "cookie"):
        assert operation.parameter(location, "one") == found.get(f"{location} one")


@pytest.mark.parametrize(
    ("token", "value"),
    [("0", "a"), ("1", "b"), ("2", {}), ("-1", {}), ("x", {}), ("", {}), ("\u0661", {}), ("01", "b")],
)
def test_a_step_into_a_list_is_a_position(token: str, value: Any) -> None:
    assert Place(["a", "b"], AT).below(token) == Place(value, (*AT, token))


def test_a_discriminator_is_called_as_its_field() -> None:
    """The model is discriminated by the attribute, whose name may not be that on the wire."""
    left = reduced("Other", {**TWO, "discriminator": {**TWO["discriminator"], "propertyName": "class"}})
    assert left["discriminator"]["propertyName"] == "class_"
    left = reduced("Other", {**TWO, "discriminator": {**TWO["discriminator"], "propertyName": "mediaKind"}})
    assert left["discriminator"]["propertyName"] == "media_kind"


@pytest.mark.parametrize(
    ("operation", "path", "name"),
    [
        ("upload", (), "upload_"),
        ("things.upload", ("things",), "upload"),
        ("things.cached_property", ("things",), "cached_property_"),
        ("cached_property", (), "cached_property_"),
        ("close.things", ("close_",), "things"),
        ("things.close.more", ("things", "close"), "more"),
        ("models.list", ("models",), "list"),
        ("class", (), "class_"),
    ],
)
def test_a_name_is_taken_where_it_has_a_meaning(operation: str, path: tuple[str, ...], name: str) -> None:
    """On the client more names have one than on what is below it."""
    document: Any = deepcopy(BUNDLE.document)
    document["paths"]["/notes/{note_id}"]["delete"]["operationId"] = operation
    api = resolve(View(dataclasses.replace(BUNDLE, document=document)), "notes_api")
    assert api is not None
    resource = api.client
    for step in path:
        (resource,) = (child for child in resource.children if child.attribute == step)
    assert name in [method.name for method in resource.methods]


@pytest.mark.parametrize(
    ("name", "right"), [("Notebook", True), ("Client", False), ("Resource", False), ("notes", False)]
)
def test_a_client_is_called_as_no_class_that_it_uses(name: str, *, right: bool) -> None:
    """Nor is its asynchronous sister."""
    document: Any = deepcopy(BUNDLE.document)
    document["x-client"]["class"] = name
    view = View(dataclasses.replace(BUNDLE, document=document))
    assert (resolve(view, "notes_api") is not None) is right
    assert [problem.message for problem in view.problems] == [f"the client class cannot be called {name!r}"] * (
        not right
    )


@pytest.mark.parametrize(
    ("location", "style", "single"),
    [
        ("query", {"style": "form", "explode": True}, True),
        ("query", {"style": "form"}, True),
        ("query", {"explode": True}, True),
        ("query", {"style": "form", "explode": False}, False),
        ("query", {"style": "pipeDelimited", "explode": False}, False),
        ("header", {"explode": True}, False),
    ],
)
@pytest.mark.parametrize("kind", ["array", ["array"], ["array", "null"], ["null", "array"]])
def test_one_item_may_be_given_for_a_list_that_is_exploded_in_a_query(
    location: str, style: dict[str, Any], kind: Any, *, single: bool
) -> None:
    document: Any = deepcopy(BUNDLE.document)
    several = {"in": location, "name": "several", "description": "One.", "example": ["a"], **style}
    document["paths"]["/notes"]["get"]["parameters"].append({**several, "schema": {"type": kind, "items": TEXT}})
    api = resolve(View(dataclasses.replace(BUNDLE, document=document)), "notes_api")
    assert api is not None
    (notes,) = (child for child in api.client.children if child.attribute == "notes")
    (listing,) = (method for method in notes.methods if method.name == "list")
    (argument,) = (one for one in listing.arguments if one.name == "several")
    one = "str | " if single else ""
    left_out = " | Omit" if "null" in kind else ""
    assert argument.annotation == f"{one}Sequence[str]{left_out} | None"


@pytest.mark.parametrize(
    ("media", "annotation"),
    [
        ("text/plain", "bytes | str"),
        ("text/csv", "bytes | str"),
        ("application/octet-stream", "bytes"),
        ("application/text", "bytes"),
        ("image/png", "bytes"),
    ],
)
@pytest.mark.parametrize("required", [True, False])
def test_a_body_that_is_sent_unchanged_is_bytes_or_text(media: str, annotation: str, *, required: bool) -> None:
    document: Any = deepcopy(BUNDLE.document)
    body = {"required": required, "content": {media: {"schema": FILE}}}
    document["paths"]["/notes"]["post"]["requestBody"] = body
    api = resolve(View(dataclasses.replace(BUNDLE, document=document)), "notes_api")
    assert api is not None
    (notes,) = (child for child in api.client.children if child.attribute == "notes")
    (create,) = (method for method in notes.methods if method.name == "create")
    (argument,) = create.arguments
    assert (argument.name, argument.annotation) == ("body", annotation + " | None" * (not required))
    assert argument.default == (None if required else "None")
    assert [(group.location, group.members, group.whole) for group in create.call.groups] == [("body", (), "body")]
