"""The files of a spec directory become one document, with the origin of every part."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from apicontract.openapi.pointer import fragment, split
from codegen.bundle import load
from codegen.problems import DocumentWrong, Location, Problem
from tests.codegen.edits import RIGHT, edited, reported

if TYPE_CHECKING:
    from collections.abc import Iterator


def references(value: Any) -> Iterator[str]:
    """Find every reference in a document."""
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for held in value.values():
            yield from references(held)
    elif isinstance(value, list):
        for held in value:
            yield from references(held)


def write(folder: Path, files: dict[str, str]) -> Path:
    spec = folder / "spec"
    for name, text in files.items():
        (spec / name).parent.mkdir(parents=True, exist_ok=True)
        (spec / name).write_text(text)
    return spec


def test_every_reference_leads_into_the_document() -> None:
    """After bundling, no reference names a file, and each one finds a component."""
    document = load(RIGHT).document
    found = list(references(document))
    assert len(found) > 20
    for reference in found:
        _, section, name = split(reference)
        assert name in document["components"][section]


def test_components_are_sorted_and_the_rest_keeps_its_order() -> None:
    """Components come by section, then by name; keys, paths and properties stand as they were written."""
    document = load(RIGHT).document
    components = document["components"]
    assert list(components) == ["schemas", "responses", "parameters", "examples", "headers", "securitySchemes"]
    assert all(list(held) == sorted(held) for held in components.values())
    assert list(document) == [
        "openapi", "info", "servers", "security", "tags", "x-client", "paths", "components"
    ]  # fmt: skip
    assert list(document["paths"]) == ["/notes", "/notes/{note_id}", "/search", "/search/{token}", "/ask"]
    assert list(components["schemas"]["NoteCreate"]["properties"]) == ["text", "file", "colour", "labels"]


def test_a_discriminator_leads_to_components() -> None:
    """The values of a mapping are references without the word."""
    event = load(RIGHT).document["components"]["schemas"]["Event"]
    assert event["discriminator"]["mapping"]["start"] == "#/components/schemas/Start"
    assert {"$ref": "#/components/schemas/Start"} in event["oneOf"]


def test_what_is_called_ref_in_data_stays(tmp_path: Path) -> None:
    """In an example, a default, or the name of a property, `$ref` means nothing."""
    edits = [
        {
            "file": "schemas/ask.yaml",
            "old": "    text: {type: string, description: The answer.}",
            "new": "    text: {type: string, description: The answer.}\n"
            "    $ref: {type: string, default: '#/Nope', description: A name.}",
        },
        {"file": "paths/ask.yaml", "old": "value: {text: Because.}", "new": "value: {text: Because., $ref: '#/Nope'}"},
    ]
    spec = edited(tmp_path, edits)
    assert reported(spec) == []
    assert load(spec).document["components"]["schemas"]["Reply"]["properties"]["$ref"]["default"] == "#/Nope"


def test_recursive_schemas_are_kept(tmp_path: Path) -> None:
    """A schema may hold itself: a name stands for it."""
    new = "    labels: {$ref: '#/Labels'}\n    answers: {type: array, description: More., items: {$ref: '#/Note'}}"
    spec = edited(tmp_path, [{"file": "schemas/notes.yaml", "old": "    labels: {$ref: '#/Labels'}", "new": new}])
    assert reported(spec) == []


def test_an_alias_definition_is_kept(tmp_path: Path) -> None:
    """A definition that is a reference to another becomes a component that is one."""
    edits = [
        {"file": "schemas/search.yaml", "old": "'notes.yaml#/Note'", "new": "'#/Hit'"},
        {"file": "schemas/search.yaml", "old": "Found:\n", "new": "Hit: {$ref: 'notes.yaml#/Note'}\nFound:\n"},
    ]
    spec = edited(tmp_path, edits)
    assert reported(spec) == []
    assert load(spec).document["components"]["schemas"]["Hit"] == {"$ref": "#/components/schemas/Note"}


def test_a_description_may_stand_beside_a_reference(tmp_path: Path) -> None:
    """What a property is here, its schema need not say."""
    edit = {"file": "schemas/notes.yaml", "old": "{$ref: '#/Pages'}", "new": "{$ref: '#/Pages', description: Where.}"}
    pages = load(edited(tmp_path, [edit])).document["components"]["schemas"]["NotePage"]["properties"]["pages"]
    assert pages == {"$ref": "#/components/schemas/Pages", "description": "Where."}


@pytest.mark.parametrize(
    ("pointer", "place"),
    [
        ("#", Location("right/openapi.yaml", 1, "#")),
        ("#/info/version", Location("right/openapi.yaml", 2, "#/info/version")),
        ("/paths/~1notes/get/operationId", Location("right/paths/notes.yaml", 3, "#/~1notes/get/operationId")),
        ("#/paths/~1search~1{token}", Location("right/paths/search.yaml", 26, "#/~1search~1{token}")),
        ("#/components/schemas/Note/properties/id", Location("right/schemas/notes.yaml", 6, "#/Note/properties/id")),
        ("#/components/schemas/Note/not/there", Location("right/schemas/notes.yaml", 1, "#/Note/not/there")),
        (
            "#/components/securitySchemes/Key/in",
            Location("right/openapi.yaml", 18, "#/components/securitySchemes/Key/in"),
        ),
    ],
)
def test_a_pointer_is_located_in_its_file(pointer: str, place: Location) -> None:
    """A pointer into the bundle, with or without its `#`, leads to file, line and pointer of the text."""
    assert load(RIGHT).at(pointer) == place


def test_pointers_are_written_and_split_alike() -> None:
    """Splitting undoes writing, whatever the tokens hold."""
    for tokens in ((), ("a",), ("",), ("a/b", "c~d", "~1", "0"), ("", "")):
        assert split(fragment(tokens)) == tokens
    assert fragment(()) == "#"


def test_percent_encoded_references_are_followed(tmp_path: Path) -> None:
    """A fragment is a URI part: braces may be written as they are, or encoded."""
    edit = {"file": "openapi.yaml", "old": "#/~1notes~1{note_id}", "new": "#/~1notes~1%7Bnote_id%7D"}
    assert reported(edited(tmp_path, [edit])) == []


@pytest.mark.parametrize("name", ["openapi.yml", "openapi.json"])
def test_the_root_may_have_other_names(name: str, tmp_path: Path) -> None:
    """The root is `openapi.yaml`, `.yml` or `.json`, and JSON is read like YAML."""
    spec = edited(tmp_path, [])
    (spec / "openapi.yaml").rename(spec / name)
    if name.endswith(".json"):
        import json

        from codegen.yaml12 import read

        source, _ = read(spec / name, name)
        assert source is not None
        (spec / name).write_text(json.dumps(source.data))
    assert reported(spec) == []


def test_two_roots_are_refused(tmp_path: Path) -> None:
    """Nobody should have to guess which of two documents counts."""
    spec = edited(tmp_path, [{"file": "openapi.yml", "new": "openapi: 3.1.0\n"}])
    assert reported(spec) == [
        "spec/openapi.yml:1: #: the document has two root files; keep one of openapi.yaml, openapi.yml"
    ]


@pytest.mark.parametrize("name", ["none", "file"])
def test_a_directory_without_a_root_is_refused(name: str, tmp_path: Path) -> None:
    """An absent directory, and a file in its place, are problems of the root file."""
    (tmp_path / "file").write_text("openapi: 3.1.0\n")
    with pytest.raises(DocumentWrong) as caught:
        load(tmp_path / name)
    (problem,) = caught.value.problems
    assert problem.file == f"{name}/openapi.yaml"
    assert problem.line == 1


def test_a_symbolic_link_does_not_lead_out(tmp_path: Path) -> None:
    """A link below the spec directory to a file above it is refused like the file itself."""
    spec = edited(tmp_path, [])
    shutil.move(spec / "schemas" / "ask.yaml", tmp_path / "ask.yaml")
    (spec / "schemas" / "ask.yaml").symlink_to(tmp_path / "ask.yaml")
    problems = [problem for problem in reported(spec) if "ask.yaml" in problem]
    assert problems
    assert all("leads out of the spec directory; move the definition below" in problem for problem in problems)


def test_a_linked_spec_directory_is_named_as_given(tmp_path: Path) -> None:
    """Problems name the directory as the caller does, wherever it really is."""
    edited(tmp_path, [{"file": "schemas/ask.yaml", "old": "'#/Start'\n", "new": "'#/Strat'\n"}])
    (tmp_path / "link").symlink_to(tmp_path / "spec")
    assert [problem.split(":")[0] for problem in reported(tmp_path / "link")] == ["link/schemas/ask.yaml"]


def test_the_working_directory_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative directory is named by its last part, also when it is the current one."""
    spec = edited(tmp_path, [{"file": "schemas/ask.yaml", "old": "'#/Start'\n", "new": "'#/Strat'\n"}])
    absolute = reported(spec)
    monkeypatch.chdir(tmp_path)
    assert reported(Path("spec")) == absolute
    monkeypatch.chdir(spec)
    assert reported(Path()) == absolute


def test_problems_of_all_files_come_together(tmp_path: Path) -> None:
    """A file that cannot be read hides nothing in the others, and is reported once."""
    edits = [
        {"file": "schemas/ask.yaml", "new": "a: [\n"},
        {"file": "schemas/search.yaml", "old": "notes.yaml#/Note", "new": "notes.yaml#/None"},
    ]
    assert reported(edited(tmp_path, edits)) == [
        "spec/schemas/ask.yaml:2: #/a: this is not valid YAML: while parsing a flow node, did not find expected node "
        "content; correct the syntax",
        "spec/schemas/search.yaml:17: #/Found/properties/data/items/$ref: the $ref 'notes.yaml#/None' leads nowhere: "
        "spec/schemas/notes.yaml has no 'None'; did you mean 'Note'?",
    ]


def test_hidden_files_are_no_part_of_the_document(tmp_path: Path) -> None:
    """A file or directory whose name begins with a dot belongs to other tools."""
    spec = edited(tmp_path, [{"file": ".lint.yaml", "new": "a: 1\n"}])
    (spec / ".tool").mkdir()
    (spec / ".tool" / "settings.json").write_text("{}")
    assert reported(spec) == []


def test_aliases_are_not_shared(tmp_path: Path) -> None:
    """What an alias repeats is copied: a change in one place of the document is one change."""
    edits = [
        {"file": "schemas/ask.yaml", "old": "question: {type", "new": "question: &text {type"},
        {"file": "schemas/ask.yaml", "old": "text: {type: string, description: The answer.}", "new": "text: *text"},
    ]
    schemas = load(edited(tmp_path, edits)).document["components"]["schemas"]
    first, second = (schemas[a]["properties"][b] for a, b in (("AskRequest", "question"), ("Reply", "text")))
    assert first == second
    assert first is not second


def test_a_report_is_sorted_and_never_empty() -> None:
    """Problems sort by file and line; the same one is reported once."""
    first, second = Problem("a.yaml", 9, "#/z", "m", "f"), Problem("a.yaml", 10, "#/a", "m", "f")
    assert DocumentWrong([second, first, second]).problems == (first, second)
    with pytest.raises(ValueError, match="at least one"):
        DocumentWrong([])
