"""Make an invalid document out of the valid one."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from codegen import editions
from codegen.bundle import Bundle, load
from codegen.problems import DocumentWrong
from codegen.view import View
from codegen.yaml12 import read

HERE = Path(__file__).parent
RIGHT = HERE / "right"


@dataclass(frozen=True, slots=True)
class Case:
    """One wrong document: what is changed in the right one, and what is then reported."""

    name: str
    edits: list[dict[str, Any]]
    problems: list[str]


def cases() -> list[Case]:
    """Read all cases of the folder `wrong`."""
    found = []
    for path in sorted(HERE.glob("wrong/*.yaml")):
        source, problems = read(path, path.name)
        assert source is not None
        assert not problems
        found += [Case(f"{path.stem}.{name}", **case) for name, case in source.data.items()]
    return found


def edited(folder: Path, edits: list[dict[str, Any]]) -> Path:
    """Write the right document into `folder/spec`, changed."""
    spec = folder / "spec"
    for name, text in (_right() | _changes(edits)).items():
        (spec / name).parent.mkdir(parents=True, exist_ok=True)
        if text is not None:
            (spec / name).write_text(text)
    return spec


@contextmanager
def changed(spec: Path, edits: list[dict[str, Any]]) -> Iterator[None]:
    """Change a written right document for a while: only the files in question are touched, which is fast."""
    changes = _changes(edits)
    try:
        for name, text in changes.items():
            _put(spec / name, text)
        yield
    finally:
        for name in changes:
            _put(spec / name, _right().get(name))


def _put(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink()
    else:
        path.write_text(text)


def _changes(edits: list[dict[str, Any]]) -> dict[str, str | None]:
    """Give the new text of each file that is edited; `None` where it is removed. An old text must stand there once."""
    texts: dict[str, str | None] = {}
    for edit in edits:
        name = edit["file"]
        text = texts.get(name, _right().get(name, ""))
        if "old" in edit:
            assert text is not None
            assert text.count(edit["old"]) == 1, edit
            text = text.replace(edit["old"], edit["new"])
        else:
            text = edit.get("new")
        texts[name] = text
    return texts


@cache
def _right() -> dict[str, str]:
    return {path.relative_to(RIGHT).as_posix(): path.read_text() for path in sorted(RIGHT.rglob("*.yaml"))}


def reported(spec: Path) -> list[str]:
    """List what is reported about a document."""
    try:
        editions.check(load(spec))
    except DocumentWrong as wrong:
        return [str(problem) for problem in wrong.problems]
    return []


def told(module: ModuleType, *changes: tuple[tuple[str | int, ...], Any]) -> list[str]:
    """Return the messages of a module of rules about the right document with some other values."""
    bundle = _bundle()
    changed = deepcopy(bundle.document)
    for place, value in changes:
        held: Any = changed
        for token in place[:-1]:
            held = held[token]
        held[place[-1]] = deepcopy(value)
    view = View(dataclasses.replace(bundle, document=changed))
    before = len(view.problems)
    module.check(view)
    return [problem.message for problem in view.problems[before:]]


@cache
def _bundle() -> Bundle:
    return load(RIGHT)
