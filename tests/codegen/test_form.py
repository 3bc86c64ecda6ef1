"""What has the wrong form is reported once, with its words and fix, and left out."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from codegen.bundle import load
from codegen.form import FORMS, beside_reference, cleaned
from codegen.rules.validators import Validators, parse
from codegen.view import View
from tests.codegen.edits import RIGHT

BUNDLE = load(RIGHT)
RIGHT_VALUES: dict[str, tuple[Any, ...]] = {
    "text": ("", "a"),
    "flag": (True, False),
    "count": (0, 5),
    "number": (0, 1.5, -1),
    "texts": ([], ["a", "b"]),
    "text_or_texts": ("a", [], ["a"]),
    "texts_by_name": ({}, {"a": [], "b": ["c"]}),
    "text_by_name": ({}, {"a": "b"}),
    "groups": ([], [[]], [["a"], ["b", "c"]]),
    "requirements": ([], [{}], [{"a": []}, {"b": ["c"]}]),
    "values": ([], [1, {}]),
    "settings": ({}, {"a": 1}),
    "any": (None, 1, [], {}),
}
WRONG_VALUES: dict[str, tuple[Any, ...]] = {
    "text": (None, 1, ["a"]),
    "flag": (None, 0, 1, "true"),
    "count": (None, -1, 1.0, 1.5, True, False, "1"),
    "number": (None, True, False, "1"),
    "texts": (None, "a", ["a", 1], [None], {}),
    "text_or_texts": (None, 1, ["a", 1], {}),
    "texts_by_name": (None, [], {"a": "b"}, {"a": ["b"], "c": [1]}),
    "text_by_name": (None, [], {"a": "b", "c": 1}),
    "groups": (None, {}, "a", ["a"], [["a"], [1]], [["a"], "b"]),
    "requirements": (None, {}, [1], [{"a": []}, {"b": [1]}], [[]]),
    "values": (None, {}, "a"),
    "settings": (None, [], "a"),
    "any": (),
}


@pytest.mark.parametrize("form", FORMS)
def test_each_form_has_its_values(form: str) -> None:
    assert [value for value in RIGHT_VALUES[form] if not FORMS[form](value)] == []
    assert [value for value in WRONG_VALUES[form] if FORMS[form](value)] == []


NOTE = ("components", "schemas", "Note")
TEXT = (*NOTE, "properties", "text")
TITLE = ("info", "title")
REQUIRED = ("paths", "/notes", "get", "parameters", 0, "required")
FLAG_OR_MAPPING = "'additionalProperties' must be true, false or a mapping, and is "
COUNT = "'minLength' must be a whole number, 0 or more, and is "
LEFT = "correct it"
REPORTED: list[tuple[tuple[str | int, ...], Any, str, str]] = [
    *((TITLE, value, f"'title' must be a string, and is {said}", fix) for value, said, fix in (
        (5, "the number 5", "quote it"), (1.5, "the number 1.5", "quote it"), (True, "the boolean true", "quote it"),
        (False, "the boolean false", "quote it"), (None, "null", LEFT), ([], "a list", LEFT), ({}, "a mapping", LEFT),
    )),
    *((TITLE, value, "'title' is empty", "write it, or remove the key") for value in ("", " \n")),
    *((("tags",), value, f"'tags' must be a list, and is {said}", LEFT)
      for value, said in ((5, "the number 5"), ({}, "a mapping"), (None, "null"))),
    (("tags", 0), 1, "this tag must be a mapping, and is the number 1", LEFT),
    (("tags", 0), {}, "this tag has no 'name'", "add it"),
    *(((*TEXT, "additionalProperties"), value, f"{FLAG_OR_MAPPING}{said}", LEFT)
      for value, said in ((5, "the number 5"), (None, "null"), ([], "a list"))),
    *((REQUIRED, value, f"'required' must be true or false, and is {said}", LEFT)
      for value, said in (("yes", "the string 'yes'"), (1, "the number 1"))),
    *(((*TEXT, "minLength"), value, f"{COUNT}{said}", LEFT)
      for value, said in ((-1, "the number -1"), (2.0, "the number 2.0"), (True, "the boolean true"))),
    ((*TEXT, "minimum"), True, "'minimum' must be a number, and is the boolean true", LEFT),
    *(((*TEXT, key), "a", f"the key {key!r} is not understood in this schema", fix) for key, fix in (
        ("descripton", "did you mean 'description'?"), ("Description", "did you mean 'description'?"),
        ("descr", "remove it"), ("zzz", "remove it"),
    )),
    ((*TEXT, "$ref"), 7, "'$ref' must be a string, and is the number 7", "quote it"),
    ((*NOTE, "properties"), [], "'properties' must be a mapping, and is a list", LEFT),
    ((*NOTE, "properties", "text"), 5, "this schema must be a mapping, and is the number 5", LEFT),
    ((*NOTE, "required"), ["id", 1], "'required' must be a list of strings, and contains something else", LEFT),
    ((*NOTE, "required"), "id", "'required' must be a list of strings, and is the string 'id'", LEFT),
    ((*NOTE, "x-exclusive"), [["a"], [1]],
     "'x-exclusive' must be a list of lists of strings, and contains something else", LEFT),
    ((*NOTE, "dependentRequired"), {"a": "b"},
     "'dependentRequired' must be a mapping of names to lists of strings, and contains something else", LEFT),
    (("info",), 5, "'info' must be a mapping, and is the number 5", LEFT),
    (("paths", "/notes"), 5, "this path item must be a mapping, and is the number 5", LEFT),
]  # fmt: skip


def changed(place: tuple[str | int, ...], value: Any) -> Any:
    """Return the right document with another value."""
    document = deepcopy(BUNDLE.document)
    held: Any = document
    for token in place[:-1]:
        held = held[token]
    held[place[-1]] = value
    return document


def found_in(document: Any) -> tuple[Any, list[tuple[Any, str, str]]]:
    """Return the cleaned document, and what was reported."""
    reported: list[tuple[Any, str, str]] = []
    copied, _ = cleaned(document, lambda tokens, message, fix: reported.append((tokens, message, fix)))
    return copied, reported


@pytest.mark.parametrize(("place", "value", "message", "fix"), REPORTED)
def test_what_has_the_wrong_form_is_reported(place: tuple[str | int, ...], value: Any, message: str, fix: str) -> None:
    """Once, at its place."""
    _, reported = found_in(changed(place, value))
    assert reported == [(tuple(map(str, place)), message, fix)]


@pytest.mark.parametrize(
    ("place", "value"),
    [
        *(((*TEXT, "additionalProperties"), value) for value in (True, False, {"type": "string"})),
        *(((*TEXT, "minLength"), value) for value in (0, 1)),
        *(((*TEXT, "minimum"), value) for value in (0, -1.5)),
        (REQUIRED, True),
        (TEXT, {"$ref": "#/components/schemas/Note", "description": "One.", "deprecated": True}),
    ],
)
def test_what_has_the_right_form_is_kept(place: tuple[str | int, ...], value: Any) -> None:
    document = changed(place, value)
    assert found_in(document) == (document, [])


def test_a_reference_without_its_target_is_nothing() -> None:
    """What stands beside it would be read as an object of its own."""
    copied, _ = found_in(changed(TEXT, {"$ref": 7, "description": "One."}))
    assert copied["components"]["schemas"]["Note"]["properties"]["text"] == {}


def test_a_key_that_is_there_in_the_wrong_form_is_not_missing_too() -> None:
    document = changed(("info",), {"title": 5})
    assert [message for _, message, _ in found_in(document)[1]] == [
        "'title' must be a string, and is the number 5",
        "this info has no 'version'",
    ]


def test_little_stands_beside_a_reference() -> None:
    assert beside_reference("schema") == ("description", "deprecated", "x-instead", "x-sunset")
    assert beside_reference("parameter") == beside_reference("response") == ("summary", "description")


HELD = {"type": "array", "items": {"$ref": "#/components/schemas/Labels"}}
JSON_TEXT = {"type": ["string", "null"], "contentMediaType": "application/json", "contentSchema": HELD}
BREAKS = "the JSON text breaks its contentSchema at "


@pytest.mark.parametrize(
    ("instance", "message"),
    [
        ("[]", None),
        ('[{"a": "b"}]', None),
        (None, None),
        ("", "the text is invalid JSON: Expecting value: line 1 column 1 (char 0)"),
        ("[NaN]", "the text is invalid JSON: NaN is not JSON"),
        ("[-Infinity]", "the text is invalid JSON: -Infinity is not JSON"),
        ("[" * 100_000, "the text is invalid JSON: it is nested too deeply"),
        ("{}", f'{BREAKS}#: {{}} is not of type "array"'),
        ('[{"a": "b"}, {"c": 1}]', f'{BREAKS}#/1/c: 1 is not of type "string"'),
    ],
)
def test_json_in_a_text_is_held_to_its_schema(instance: Any, message: str | None) -> None:
    """Also behind references, within lists; what is no text has none."""
    view = View(BUNDLE)
    view.document = changed(TEXT, JSON_TEXT)
    found = [said for _, said in Validators(view).errors(TEXT, instance)]
    assert found == ([] if message is None else [message])


@pytest.mark.parametrize("length", [140, 141])
def test_both_ends_of_a_long_message_are_kept(length: int) -> None:
    """The instance comes first, the rule last; 160 characters are not too long."""
    view = View(BUNDLE)
    view.document = changed(TEXT, {"type": "string", "enum": ["a"]})
    (said,) = [one for _, one in Validators(view).errors(TEXT, "b" * length)]
    cut = f'"{"b" * 79} ... {"b" * 61}" is not one of "a"'
    assert said == (f'"{"b" * 140}" is not one of "a"' if length == 140 else cut)


def test_formats_are_asserted() -> None:
    view = View(BUNDLE)
    view.document = changed(TEXT, {"type": "string", "format": "uri"})
    assert list(Validators(view).errors(TEXT, "a b")) == [((), '"a b" is not a "uri"')]
    assert list(Validators(view).errors(TEXT, "https://a.test")) == []


def test_json_is_parsed_strictly() -> None:
    assert parse('{"a": 1}') == {"a": 1}
    for text in ("NaN", "Infinity", "-Infinity", "", "{"):
        with pytest.raises(ValueError, match=r"is not JSON|line 1 column"):
            parse(text)
