"""Read facts about methods from the source of the vendor's Python SDK: types, bounds, values, statuses of errors.

Its docstrings have the text of the vendor's dated references, and are read like those; its code is not run.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from apicontract.changes.drift import Route
from tests.references.extract import Facts, flags, parameter
from tests.witnesses.sdk_names import calls, read

_ARGUMENT = re.compile(r"^(\w+) : (.*)$")


def facts(folder: Path) -> Facts:
    """Return the facts of a package, as those of a dated reference."""
    return {"methods": {name: _facts(method) for name, method in _methods(folder)}}


def statuses(folder: Path) -> Mapping[Route, frozenset[str]]:
    """Return the statuses for which an operation has an error of its own, by method and path."""
    found: dict[Route, frozenset[str]] = {}
    for _, method in _methods(folder):
        for call in calls(method):
            route, _ = read(call)
            found[route] = found.get(route, frozenset()) | frozenset(_statuses(method))
    return found


def _methods(folder: Path) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield each method with its dotted name: `embed.tasks.create` of `embed/tasks/raw_client.py`."""
    for file in sorted(folder.rglob("raw*client.py")):
        holder = ".".join(file.parent.relative_to(folder).parts)
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("Async"):
                for method in node.body:
                    if isinstance(method, ast.FunctionDef) and any(calls(method)):
                        yield f"{holder}.{method.name}".lstrip("."), method


def _facts(method: ast.FunctionDef) -> Facts:
    sections = _sections(ast.get_docstring(method) or "")
    found = flags(sections[""])
    if method.returns is not None and "Pager[" in ast.unparse(method.returns):
        found["pages"] = True
    found["parameters"] = {
        name: parameter(type_, text)
        for name, type_, text in _arguments(sections.get("Parameters", ""))
        if name != "request_options"
    }
    return found


def _sections(docstring: str) -> Mapping[str, str]:
    """Cut a docstring at its titles, which are underlined."""
    parts = re.split(r"^(\w+)\n-+$", docstring, flags=re.MULTILINE)
    return {"": parts[0]} | dict(zip(parts[1::2], parts[2::2], strict=True))


def _arguments(section: str) -> Iterator[tuple[str, str, str]]:
    """Yield name, type and text of each argument."""
    name, type_, text = "", "", list[str]()
    for line in [*section.splitlines(), "end : "]:
        head = _ARGUMENT.match(line)
        if head is None:
            text.append(line)
            continue
        if name:
            yield name, type_, inspect.cleandoc("\n".join(text))
        name, type_, text = head[1], head[2], []


def _statuses(method: ast.FunctionDef) -> Iterator[str]:
    """Yield each status that is compared with, one by one."""
    for node in ast.walk(method):
        if isinstance(node, ast.Compare) and isinstance(node.left, ast.Attribute) and node.left.attr == "status_code":
            for value in node.comparators:
                if isinstance(value, ast.Constant) and isinstance(node.ops[0], ast.Eq):
                    yield str(value.value)
