"""Generated models parse responses of an API, and serialise them unchanged."""

from __future__ import annotations

import ast
import builtins
import enum
import importlib
import keyword
import typing
from types import ModuleType
from typing import Any

import pydantic
import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from codegen import names
from codegen.api import Field, Model
from codegen.models import render
from tests.codegen.conftest import Package


@pytest.fixture(scope="module")
def models(bookshop: Package) -> ModuleType:
    """Import the models of the bookshop."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(bookshop.parent))
        return importlib.import_module("bookshop_api.models")


def classes(module: ModuleType) -> list[type[BaseModel]]:
    """Return the model classes of a module."""
    held = (getattr(module, name) for name in module.__all__)
    return [model for model in held if isinstance(model, type) and issubclass(model, BaseModel)]


def written(schema: Any) -> tuple[str, str]:
    """Return the annotations of a required and of an optional field of a reduced schema."""
    fields = (Field("first", "first", ""), Field("second", "second", ""))
    model = Model(
        "Holder",
        "",
        "OpenModel",
        fields,
        {"type": "object", "properties": {"first": schema, "second": schema}, "required": ["first"]},
    )
    other = Model("Other", "", "OpenModel", (), {"type": "object", "properties": {}, "required": []})
    tree = ast.parse(render((model, other)))
    holder = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "Holder")
    first, second = (ast.unparse(node) for node in holder.body if isinstance(node, ast.AnnAssign))
    return first.removeprefix("first: "), second.removeprefix("second: ")


@pytest.mark.parametrize(
    ("schema", "required", "optional"),
    [
        ({"type": "string"}, "str", "str | None = None"),
        ({"type": ["string", "null"]}, "str | None", "str | None = None"),
        ({"type": "null"}, "None", "None = None"),
        ({}, "Any", "Any | None = None"),
        ({"type": "string", "format": "binary"}, "bytes", "bytes | None = None"),
        ({"enum": ["a", 1, True]}, "Literal['a', 1, True]", "Literal['a', 1, True] | None = None"),
        (
            {"anyOf": [{"enum": ["a"]}, {"type": "string"}]},
            "Literal['a'] | str",
            "Literal['a'] | str | None = None",
        ),
        (
            {"type": "integer", "minimum": 1, "maximum": 50},
            "Annotated[int, Field(ge=1, le=50)]",
            "Annotated[int | None, Field(ge=1, le=50)] = None",
        ),
        (
            {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1},
            "Annotated[list[Annotated[str, Field(min_length=1)]], Field(min_length=1)]",
            "Annotated[list[Annotated[str, Field(min_length=1)]] | None, Field(min_length=1)] = None",
        ),
        ({"$ref": "#/components/schemas/Other"}, "Other", "Other | None = None"),
        (
            {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Other"}},
            "dict[str, Other]",
            "dict[str, Other] | None = None",
        ),
        (
            {"type": "array", "items": {"anyOf": [{"$ref": "#/components/schemas/Other"}, {"type": "null"}]}},
            "list[Other | None]",
            "list[Other | None] | None = None",
        ),
    ],
)
def test_a_schema_becomes_an_annotation(schema: Any, required: str, optional: str) -> None:
    assert written(schema) == (required, optional)


def test_the_model_generator_keeps_every_name_that_a_schema_or_field_may_have() -> None:
    """A name that it took for itself would come back as another one."""
    known = {name for module in (builtins, enum, pydantic, typing) for name in dir(module)} | {"Model", "HTTPThing"}
    holders = [
        Model(name, "", "OpenModel", (), {"type": "object", "properties": {}, "required": []})
        for name in sorted(known)
        if names.is_class_name(name)
    ]
    assert len(holders) > 100
    wire = {field for name in known | {*keyword.kwlist} if (field := names.identifier(name, names.FIELD_NAMES))}
    fields = tuple(Field(name, name, "") for name in sorted(wire))
    schema = {name: {"type": "array", "items": {"type": "integer"}} for name in wire}
    fielded = Model("Fielded", "", "OpenModel", fields, {"type": "object", "properties": schema, "required": []})
    classes = {
        node.name: node for node in ast.parse(render((*holders, fielded))).body if isinstance(node, ast.ClassDef)
    }
    assert set(classes) == {"Fielded", *(model.name for model in holders)}
    written = [node.target for node in classes["Fielded"].body if isinstance(node, ast.AnnAssign)]
    assert {ast.unparse(target) for target in written} == wire


def test_every_optional_field_of_a_response_takes_null(models: ModuleType) -> None:
    seen = 0
    for model in classes(models):
        given = dict.fromkeys((f.alias or name for name, f in model.model_fields.items() if not f.is_required()), None)
        needed = {"kind": {"PaperBook": "paper", "SoundBook": "sound"}.get(model.__name__), "text": "t"}
        needed["type"] = model.__name__.lower()
        required = {name: needed[name] for name, f in model.model_fields.items() if f.is_required() and name in needed}
        if model.model_config.get("extra") == "allow":
            model.model_validate(given | required)
            seen += len(given)
    assert seen > 10


def test_unknown_keys_and_unknown_values_are_kept(models: ModuleType) -> None:
    payload = {"kind": "paper", "_id": "b1", "copy": 3, "pageCount": None, "state": "eaten", "new": {"a": [1]}}
    book = TypeAdapter(models.Book).validate_python(payload)
    assert (book.id, book.copy_, book.page_count, book.state) == ("b1", 3, None, "eaten")
    assert book.model_dump(by_alias=True, exclude_unset=True) == payload


def test_a_timestamp_is_given_back_as_it_came(models: ModuleType) -> None:
    payload = {"kind": "sound", "recorded_at": "2025-08-01T00:00:00.000Z"}
    assert models.SoundBook.model_validate(payload).model_dump(exclude_unset=True) == payload


def test_a_union_is_read_by_its_discriminator(models: ModuleType) -> None:
    reader = TypeAdapter(models.Book)
    assert type(reader.validate_python({"kind": "sound"})).__name__ == "SoundBook"
    book = reader.validate_python({"kind": "paper", "sequel": {"kind": "paper", "sequel": {"kind": "sound"}}})
    assert type(book.sequel.sequel).__name__ == "SoundBook"
    with pytest.raises(ValidationError):
        reader.validate_python({"kind": "clay"})


def test_a_map_is_a_plain_dict(models: ModuleType) -> None:
    notes = models.Notes(texts={"margin": "dull"})
    assert notes.texts == {"margin": "dull"}
    assert type(notes.texts) is dict
    assert TypeAdapter(models.NoteTexts).validate_python({"a": "b"}) == {"a": "b"}


def test_requests_are_closed_and_bounded(models: ModuleType) -> None:
    models.NewBook(title="t", authors=[models.Author(name="n")], class_="poem")
    changes: list[dict[str, Any]] = [
        {"title": ""},
        {"title": "t" * 201},
        {"authors": []},
        {"class": "cake"},
        {"new": 1},
    ]
    for wrong in changes:
        with pytest.raises(ValidationError):
            models.NewBook.model_validate({"title": "t", "authors": [{"name": "n"}]} | wrong)


def test_fields_can_be_given_by_either_name(models: ModuleType) -> None:
    assert models.PaperBook(kind="paper", id="b") == models.PaperBook.model_validate({"kind": "paper", "_id": "b"})


def test_hostile_names_keep_their_wire_names(hostile_names: Package) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(hostile_names.parent))
        strange = importlib.import_module("names_api.models").Strange
    payload = {"__class__": "a", "_private": "b", "model_config": "c", "True": True, 'q"""': "d", "new\nline": "e"}
    payload |= {"properties": "f", "enum": ["g"], "required": False, "$ref": "#/components", "x-since": "2026-01-01"}
    assert strange.model_validate(payload).model_dump(by_alias=True, exclude_unset=True) == payload
    assert strange.model_validate(payload).class_ == "a"


def test_the_module_defines_and_does_nothing(bookshop: Package) -> None:
    tree = ast.parse(bookshop.files["models.py"])
    kinds = {type(node) for node in tree.body}
    assert kinds == {ast.Expr, ast.ImportFrom, ast.Assign, ast.ClassDef, ast.AnnAssign}
    assert b"RootModel" not in bookshop.files["models.py"]
    assert b"model_rebuild" not in bookshop.files["models.py"]


def test_every_class_and_field_is_described(bookshop: Package) -> None:
    for node in ast.parse(bookshop.files["models.py"]).body:
        if isinstance(node, ast.ClassDef):
            assert ast.get_docstring(node)
            for held, following in zip(node.body[1::2], node.body[2::2], strict=True):
                assert isinstance(held, ast.AnnAssign)
                assert isinstance(following, ast.Expr)
