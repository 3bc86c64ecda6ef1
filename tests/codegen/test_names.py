"""Names of a document become valid Python names, or are reported."""

from __future__ import annotations

import keyword
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

import apicontract.client
from codegen import names
from codegen.__main__ import WRONG, run


@pytest.mark.parametrize(
    ("wire", "python"),
    [
        ("page_limit", "page_limit"),
        ("_id", "id"),
        ("__class__", "class_"),
        ("class", "class_"),
        ("None", "none"),
        ("match", "match"),
        ("type", "type"),
        ("float", "float_"),
        ("pageLimit", "page_limit"),
        ("HTTPStatus2Code", "http_status2_code"),
        ("X-Request-Id", "x_request_id"),
        ("filter[since]", "filter_since"),
        ("2fa", "value_2fa"),
        ("über größe", "uber_gro_e"),
        ("ﬁle", "file"),
        ("²", "value_2"),
        ("日本", None),
        ("__", None),
        ("", None),
        ("a" * 100, "a" * 100),
        ("a" * 101, None),
    ],
)
def test_a_name_is_cleaned(wire: str, python: str | None) -> None:
    assert names.identifier(wire, names.ANNOTATION_NAMES) == python


@pytest.mark.parametrize("taken", [names.ARGUMENT_NAMES, names.CLIENT_NAMES, names.ATTRIBUTE_NAMES, names.FIELD_NAMES])
@given(wire=st.one_of(st.text(), st.sampled_from(sorted(names.FIELD_NAMES | names.CLIENT_NAMES)), st.just("__init__")))
def test_law_a_cleaned_name_is_free_and_public(taken: frozenset[str], wire: str) -> None:
    name = names.identifier(wire, taken)
    if name is not None:
        assert name.isidentifier()
        assert name.isascii()
        assert not keyword.iskeyword(name)
        assert not name.startswith("_")
        assert name not in taken


@given(wire=st.text())
def test_law_cleaning_twice_changes_nothing(wire: str) -> None:
    name = names.identifier(wire, names.FIELD_NAMES)
    if name is not None:
        assert names.identifier(name, names.FIELD_NAMES) == name


@pytest.mark.parametrize(
    ("attribute", "class_name"),
    [
        ("tasks", "Tasks"),
        ("spare_parts", "SpareParts"),
        ("async_", "Async"),
        ("answer", "Answer_"),
        ("resource", "Resource_"),
        ("exception", "Exception_"),
    ],
)
def test_a_class_is_called_like_its_resource(attribute: str, class_name: str) -> None:
    assert names.class_name(attribute) == class_name


@pytest.mark.parametrize(
    "text", ["lower", "None", "Answer", "TypeError", "Über", "A b", "", "X" * 101, "__class__", "A\n"]
)
def test_some_names_are_no_class(text: str) -> None:
    assert not names.is_class_name(text)


@pytest.mark.parametrize(
    "text", ["", "a-b", "class", "1a", "a.b", "../a", "typing", "pydantic", "_a", "é", "a" * 101, "a\n"]
)
def test_some_names_are_no_package(text: str) -> None:
    assert not names.is_package_name(text)


def test_fields_stay_clear_of_all_that_pydantic_defines() -> None:
    assert {name for name in dir(BaseModel) if not name.startswith("_")} <= names.FIELD_NAMES


def test_methods_stay_clear_of_all_that_the_base_classes_define() -> None:
    runtime = apicontract.client
    client = {name for base in (runtime.SyncClient, runtime.AsyncClient) for name in dir(base) if name[0] != "_"}
    resource = {name for base in (runtime.SyncResource, runtime.AsyncResource) for name in dir(base) if name[0] != "_"}
    assert client <= names.CLIENT_NAMES
    assert not resource


def test_the_front_door_offers_every_error_of_the_runtime_and_what_annotations_of_callers_say() -> None:
    errors = {
        name
        for name in apicontract.client.__all__
        if isinstance(held := getattr(apicontract.client, name), type) and issubclass(held, Exception)
    }
    said = {"AsyncPager", "AsyncStream", "FileInput", "Page", "Pager", "RequestOptions", "Stream"}
    assert errors | said == names.RUNTIME_NAMES


def test_schemas_cannot_take_a_name_of_the_runtime() -> None:
    assert set(apicontract.client.__all__) <= names.CLASS_NAMES


def test_a_package_of_another_distribution_is_not_hidden() -> None:
    """Nor a module of Python; what this project installs may be written again."""
    assert names.installed_by("httpx") == "httpx"
    assert names.installed_by("yaml") in ("PyYAML", "pyyaml")
    assert names.installed_by("twelvelabs_api") is None
    assert names.installed_by("no_such_package") is None
    errors = StringIO()
    assert run(["--spec", "nowhere", "--package", "httpx"], StringIO(), errors) == WRONG
    assert errors.getvalue() == "httpx has installed a package httpx, which this one would hide; choose another name\n"


@pytest.mark.parametrize("name", ["con", "aux", "nul", "com1", "lpt9"])
def test_no_file_has_the_name_of_a_device(name: str) -> None:
    assert names.module_name(name) == f"{name}_"
    assert not names.is_package_name(name)
    assert not names.is_package_name(name.upper())


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["+1", "-1", "1"], ["plus_1", "minus_1", "value_1"]),
        (["a", "A", "a_"], ["a", "a_2", "a_3"]),
        (["class", "Class", "a-b", "a b"], ["class_", "class_2", "a_b", "a_b_2"]),
        (["漢", "字", ""], ["value", "value_2", "value_3"]),
        (["a_2", "a", "A"], ["a_2", "a", "a_3"]),
        (["copy", "Copy"], ["copy_", "copy_2"]),
        (["b" * 120, "b" * 130], ["b" * 100, f"{'b' * 100}_2"]),
    ],
)
def test_names_that_would_be_the_same_are_numbered(texts: list[str], found: list[str]) -> None:
    """In another's document; each number is the lowest that is free."""
    assert list(names.numbered(texts, names.FIELD_NAMES).values()) == found


def test_a_name_of_a_device_is_no_module_and_no_package() -> None:
    """In any letters, on whatever system."""
    assert [names.module_name(name) for name in ("con", "nul", "models", "things")] == [
        "con_",
        "nul_",
        "models_",
        "things",
    ]
    assert [name for name in ("CON", "Nul", "con", "PRN") if names.is_package_name(name)] == []
