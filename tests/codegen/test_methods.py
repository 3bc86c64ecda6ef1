"""Which methods operations become, and what each of them calls."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from codegen.api import Method, Resource
from codegen.bundle import load
from codegen.editions import read
from tests.codegen.edits import edited

WAITING = "reason: /reason}"
TOGETHER = {"file": "paths/notes.yaml", "old": WAITING, "new": "reason: /reason, together: notes.wait_for_all}"}


def methods(folder: Path, *edits: dict[str, Any]) -> tuple[dict[str, Method], list[str]]:
    """Return the methods of the right document, changed, by their dotted paths, and the problems."""
    api, view = read(load(edited(folder, [*edits])), "notes")
    found: dict[str, Method] = {}

    def collect(resource: Resource) -> None:
        found.update({".".join((*resource.path, method.name)): method for method in resource.methods})
        for child in resource.children:
            collect(child)

    if api is not None:
        collect(api.client)
    return found, [problem.message for problem in view.problems]


def test_each_operation_is_a_method_and_some_are_two(tmp_path: Path) -> None:
    found, problems = methods(tmp_path, TOGETHER)
    assert problems == []
    assert {path: (method.call.verb, method.call.answers) for path, method in found.items()} == {
        "ask": ("call", ("Reply",)),
        "ask_stream": ("stream", ("Event",)),
        "notes.list": ("pages", ("NotePage", "Note")),
        "notes.create": ("call", ("Note",)),
        "notes.delete": ("call_none", ()),
        "notes.status": ("call", ("NoteStatus",)),
        "notes.wait": ("wait", ("NoteStatus",)),
        "notes.wait_for_all": ("wait_for_all", ("NoteStatus",)),
        "search.create": ("call", ("Found",)),
        "search.query": ("pages", ("Found", "Note")),
        "search.retrieve": ("call", ("Found",)),
    }
    assert found["search.query"].http == "`POST /search`, then `GET /search/{token}`"
    assert found["search.query"].summary == "Search notes, page after page"
    assert (found["ask"].http, found["ask_stream"].http) == (
        "`POST /ask` with `stream` false",
        "`POST /ask` with `stream` true",
    )
    bodies = [dict(group.members) for name in ("ask", "ask_stream") for group in found[name].call.groups]
    assert bodies == [{"question": "question", "stream": "False"}, {"question": "question", "stream": "True"}]


@pytest.mark.parametrize("location", ["query", "header"])
def test_only_the_property_of_the_body_is_the_flag_of_a_stream(location: str, tmp_path: Path) -> None:
    """A parameter of the same name is an argument of both methods, and sent as it is given."""
    own = f"{{name: stream, in: {location}, description: A., schema: {{type: string}}, example: a}}"
    both = f"    parameters:\n    - {own}\n    requestBody:\n"
    more = {"file": "paths/ask.yaml", "old": "    requestBody:\n", "new": both}
    found, problems = methods(tmp_path, more)
    assert problems == []
    for name, fixed in (("ask", "False"), ("ask_stream", "True")):
        arguments = [(one.name, one.annotation, one.default) for one in found[name].arguments]
        assert arguments == [("question", "str", None), ("stream", "str | None", "None")]
        groups = {group.location: group.members for group in found[name].call.groups}
        assert groups == {location: (("stream", "stream"),), "body": (("question", "question"), ("stream", fixed))}
    flag = {"file": "paths/ask.yaml", "old": "method: ask_stream, ", "new": ""}
    found, (problem,) = methods(tmp_path, more, flag)
    assert found == {}
    assert f"the {location} 'stream' and the body 'stream' of 'ask' would both be the argument 'stream'" in problem


@pytest.mark.parametrize(
    ("groups", "flag", "plain"),
    [
        ("[[moreWords, class]]", ["`more_words`, `class_`"], ["`more_words`, `class_`"]),
        ("[[class, moreWords]]", ["`class_`, `more_words`"], ["`class_`, `more_words`"]),
        ("[[moreWords, stream, class]]", ["`more_words`, `stream`, `class_`"], ["`more_words`, `class_`"]),
        (
            "[[question, class], [question, moreWords]]",
            *[["`question`, `class_`", "`question`, `more_words`"]] * 2,
        ),
    ],
)
def test_arguments_that_exclude_each_other_are_called_as_in_python(
    groups: str, flag: list[str], plain: list[str], tmp_path: Path
) -> None:
    """Each group has its remark, which leaves out the flag where that is no argument."""
    old = "    question: {type: string, description: The question.}\n"
    texts = "".join(f"    {name}: {{type: string, description: Words.}}\n" for name in ("moreWords", "class"))
    marked = {"file": "schemas/ask.yaml", "old": "required: [question]", "new": f"x-exclusive: {groups}"}
    edits = (marked, {"file": "schemas/ask.yaml", "old": old, "new": old + texts})
    found, _ = methods(tmp_path, *edits)
    expected = [f"Give at most one of {names}." for names in plain]
    assert [list(found[name].remarks) for name in ("ask", "ask_stream")] == [expected] * 2
    found, _ = methods(tmp_path, *edits, {"file": "paths/ask.yaml", "old": "method: ask_stream, ", "new": ""})
    assert list(found["ask"].remarks) == [f"Give at most one of {names}." for names in flag]


def test_a_method_that_waits_for_several_jobs_takes_their_ids_and_says_what_it_does(tmp_path: Path) -> None:
    found, _ = methods(tmp_path, TOGETHER)
    one, many = found["notes.wait"], found["notes.wait_for_all"]
    settings = [("sleep_interval", "2.0"), ("timeout", "None"), ("callback", "None")]
    assert [(argument.name, argument.default) for argument in one.arguments] == [("note_id", None), *settings]
    assert [(argument.name, argument.default) for argument in many.arguments] == [("note_ids", None), *settings]
    assert many.arguments[0].annotation == "Sequence[str]"
    assert [(group.location, group.whole) for group in many.call.groups] == [("jobs", "note_ids"), ("waiting", None)]
    (remark,) = many.remarks
    for words in (
        "one request at a time",
        "the last response for each job",
        "`JobsFailed`",
        "the results of the others",
    ):
        assert words in remark
    assert "`JobTimeout`" in one.remarks[-1]


def test_several_jobs_differ_by_the_last_identifier_of_the_path(tmp_path: Path) -> None:
    short, own = "/notes/{note_id}", "description: The shelf., schema: {type: string}, example: s-1}"
    longer = "/shelves/{shelf_id}/notes/{note_id}"
    shelf = f"{{name: shelf_id, in: path, required: true, {own}"
    found, problems = methods(
        tmp_path,
        TOGETHER,
        {
            "file": "openapi.yaml",
            "old": "  /notes/{note_id}: {$ref: 'paths/notes.yaml#/~1notes~1{note_id}'}",
            "new": "  /shelves/{shelf_id}/notes/{note_id}: "
            "{$ref: 'paths/notes.yaml#/~1shelves~1{shelf_id}~1notes~1{note_id}'}",
        },
        {"file": "paths/notes.yaml", "old": f"{short}:\n", "new": f"{longer}:\n  parameters:\n    - {shelf}\n"},
    )
    assert problems == []
    names = [argument.name for argument in found["notes.wait_for_all"].arguments]
    assert names[:2] == ["shelf_id", "note_ids"]


@pytest.mark.parametrize("interval", ["0.5", "1", "30", "1.0"])
def test_a_method_waits_as_long_as_the_document_says(interval: str, tmp_path: Path) -> None:
    change = {"file": "paths/notes.yaml", "old": "interval: 2,", "new": f"interval: {interval},"}
    found, _ = methods(tmp_path, change)
    (default,) = (one.default for one in found["notes.wait"].arguments if one.name == "sleep_interval")
    assert default == str(float(interval))


@pytest.mark.parametrize(("name", "taken"), [("timeout", True), ("other", False)])
def test_an_argument_has_one_meaning(name: str, taken: bool, tmp_path: Path) -> None:
    own = f"{{name: {name}, in: query, description: A., schema: {{type: string}}, example: a}}"
    more = {"file": "paths/notes.yaml", "old": "example: n-1}\n", "new": f"example: n-1}}\n      - {own}\n"}
    _, problems = methods(tmp_path, more)
    assert problems == [f"{name!r} is an argument of 'notes.status', and of every method that waits"] * taken


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ("deprecated: true", "Deprecated since May."),
        ("deprecated: true\n    x-sunset: '2026-09-01'", "Deprecated and removed on 2026-09-01."),
        ("deprecated: true\n    x-instead: ask", "Deprecated: use `ask`."),
        ("deprecated: false", None),
    ],
)
def test_a_deprecated_method_says_so_in_the_words_of_its_marks_or_of_its_description(
    marks: str, said: str | None, tmp_path: Path
) -> None:
    edit = {
        "file": "paths/notes.yaml",
        "old": "Forgets a note.\n",
        "new": f"Forgets. Deprecated since May.\n    {marks}\n",
    }
    found, _ = methods(tmp_path, edit)
    assert found["notes.delete"].deprecated == said
