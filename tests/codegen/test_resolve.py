"""Names with two meanings in one module are found, whatever in a method has them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from codegen import bundle
from codegen.resolve import resolve
from codegen.view import View
from tests.codegen.edits import edited

ASK: list[dict[str, Any]] = [{"file": "paths/ask.yaml", "old": "method: ask_stream, ", "new": ""}]
"""One method has both answers."""
ASYNC: list[dict[str, Any]] = [
    {"file": "paths/ask.yaml", "old": "ask.yaml#/Reply", "new": "ask.yaml#/AsyncReply"},
    {"file": "schemas/ask.yaml", "old": "Reply:\n", "new": "AsyncReply:\n"},
]


def named(operation: str) -> list[dict[str, Any]]:
    """Rename the operation that asks."""
    return [{"file": "paths/ask.yaml", "old": "operationId: ask\n", "new": f"operationId: {operation}\n"}]


def client(name: str) -> list[dict[str, Any]]:
    """Rename the client."""
    return [{"file": "openapi.yaml", "old": "class: Notebook", "new": f"class: {name}"}]


def listing(operation: str) -> list[dict[str, Any]]:
    """Rename the operation that lists notes."""
    return [{"file": "paths/notes.yaml", "old": "operationId: notes.list\n", "new": f"operationId: {operation}\n"}]


@pytest.mark.parametrize(
    ("edits", "name", "holder"),
    [
        (named("reply.put") + ASK, "Reply", "reply"),
        (named("event.put") + ASK, "Event", "event"),
        (named("reply.put") + ASK + ASYNC, "AsyncReply", "reply"),
        (named("things.reply.put") + ASK, "Reply", "things.reply"),
        (client("Reply") + ASK, "Reply", "the client"),
        (client("Event") + ASK, "Event", "the client"),
        (client("Reply"), "Reply", "the client"),
        (client("Event"), "Event", "the client"),
        (listing("note_page.list"), "NotePage", "note_page"),
        (listing("note.list"), "Note", "note"),
    ],
)
def test_a_schema_of_an_answer_is_called_as_no_class_beside_it(
    edits: list[dict[str, Any]], name: str, holder: str, tmp_path: Path
) -> None:
    """The answer with the flag and that without, the items of a page, and the page."""
    view = View(bundle.load(edited(tmp_path, edits)))
    assert resolve(view, "notes_api") is None
    (problem,) = view.problems
    assert f"the schema {name} and the class of {holder} have the same name" in str(problem)


@pytest.mark.parametrize(
    "edits", [[], ASK, client("Found"), named("found.put"), named("things.notes.put"), named("a.b.c.d.e.f.g.h")]
)
def test_a_name_that_another_module_has_is_no_clash(edits: list[dict[str, Any]], tmp_path: Path) -> None:
    view = View(bundle.load(edited(tmp_path, edits)))
    assert resolve(view, "notes_api") is not None
    assert not view.problems


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        (named("a.b.c.d.e.f.g.h.i"), "no client method can be derived from 'a.b.c.d.e.f.g.h.i'"),
        (named("things.!?"), "no client method can be derived from 'things.!?'"),
        (named("notebook.put"), "the client and a group of methods on it would both be the class Notebook"),
        (named("a.a.put"), "a and a group of methods on it would both be the class A"),
        (named("notes_.put"), "'notes' and 'notes_' are both notes in Python"),
    ],
)
def test_a_path_that_is_no_path_in_python_is_reported_once(
    edits: list[dict[str, Any]], said: str, tmp_path: Path
) -> None:
    view = View(bundle.load(edited(tmp_path, edits + ASK)))
    assert resolve(view, "notes_api") is None
    assert [said in str(problem) for problem in view.problems] == [True]
