"""An `x-` extension is one entry of one table: its reader, its keys, and their documentation."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from apicontract.openapi.document import Document, DocumentInvalid
from apicontract.openapi.extensions import EXTENSIONS, Extension, Key
from codegen.rules.extensions import RULES
from codegen.view import Place, View
from tests.codegen.edits import edited, reported

README = Path(__file__).parents[2] / "spec" / "README.md"


@dataclass(frozen=True)
class Rate:
    """How many calls the service takes."""

    calls: float
    header: str | None = None


RATE = Extension(
    "operation",
    keys={"calls": Key("calls in a minute", "number"), "header": Key("where the rest of them is", optional=True)},
    reader=Rate,
)


def some(view: View, _: Place, settings: Place) -> None:
    """Check that there are calls."""
    if settings.value["calls"] < 1:
        view.report(settings.below("calls").tokens, "no call is taken", "write 1 or more")


def test_an_extension_added_from_outside_is_read_checked_and_documented(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(EXTENSIONS, "x-rate", RATE)
    monkeypatch.setitem(RULES, "x-rate", some)

    def operation(rate: object) -> Document:
        return Document({"openapi": "3.1.0", "paths": {"/a": {"get": {"operationId": "get", "x-rate": rate}}}})

    assert operation({"calls": 5}).operations["get"].extensions == {"x-rate": Rate(5)}
    with pytest.raises(DocumentInvalid, match="#/paths/~1a/get/x-rate: x-rate is not understood"):
        operation({"call": 5})
    assert list(RATE.rows()) == [
        "| `calls` | calls in a minute |",
        "| `header` | optional: where the rest of them is |",
    ]
    at, place = "x-waiting: {method: notes.wait,", "spec/paths/notes.yaml:79: #/~1notes~1{note_id}/get/x-rate"
    for rate, problems in {
        "{calls: 60}": [],
        "{calls: 0}": [f"{place}/calls: no call is taken; write 1 or more"],
        "{calls: many, head: X}": [
            f"{place}/calls: 'calls' is not a number; write a number",
            f"{place}/head: x-rate does not know 'head' here; its keys are calls, header",
        ],
        "60": [f"{place}: 'x-rate' must be a mapping, and is the number 60; correct it"],
    }.items():
        edit = {"file": "paths/notes.yaml", "old": at, "new": f"x-rate: {rate}\n    {at}"}
        assert reported(edited(tmp_path, [edit])) == problems


def test_the_documentation_has_the_keys_of_each_extension() -> None:
    sections = README.read_text().partition("\n## Extensions\n")[2].split("\n### ")[1:]
    found = {section.split("`")[1]: section for section in sections}
    assert found.keys() == EXTENSIONS.keys()
    for name, extension in EXTENSIONS.items():
        rows = [line for line in found[name].splitlines() if line.startswith("| `")]
        assert rows == list(extension.rows()), name


def test_what_must_agree_with_the_rest_of_the_document_has_a_rule() -> None:
    assert RULES.keys() <= EXTENSIONS.keys()
    assert EXTENSIONS.keys() - RULES.keys() == {"x-client"}  # names of its own, that lead nowhere


def test_what_a_key_must_be_is_said_in_words() -> None:
    """A pattern is for machines: who reads a problem is told what to write."""
    settings = EXTENSIONS["x-client"].keys
    for name in ("api_key_environment", "base_url_environment"):
        assert settings[name].wanted == "the name of an environment variable in capitals"
    for extension in EXTENSIONS.values():
        for keys in extension.variants.values() if extension.variants else (extension.keys,):
            assert [name for name, key in keys.items() if key.pattern and not key.wanted] == []


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [
        ("api_key_environment", ["A", "A_1"], ["", "1A", "_A", "a", "A-B"]),
        ("base_url_environment", ["A", "A_1"], ["", "1A", "_A", "a", "A-B"]),
        ("class", ["A", "Ab1"], ["", "a", "1A", "A_b"]),
    ],
)
def test_the_names_of_a_client_have_a_form(key: str, right: list[str], wrong: list[str]) -> None:
    pattern = EXTENSIONS["x-client"].keys[key].pattern
    assert pattern is not None
    assert [name for name in (*right, *wrong) if pattern.fullmatch(name)] == right
