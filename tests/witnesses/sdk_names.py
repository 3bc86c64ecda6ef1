"""Read from the source of the vendor's Python SDK what it can send: operations, and the names in each request.

Its code is not run. Its generator writes each call as one expression: a path, a method, and mappings of names for the
query, the headers and the body; a field that is sent on some condition is inside a conditional mapping.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from apicontract.changes.drift import Route, route_of

_CALLS = ("request", "stream")
_PLACES = {"params": "query", "headers": "header", "json": "body", "data": "body", "files": "body"}
_OWN_HEADERS = ("content-type", "accept")


def names(folder: Path) -> Mapping[Route, frozenset[str]]:
    """Return the names of each operation, by method and path."""
    found: dict[Route, frozenset[str]] = {}
    for file in sorted(folder.rglob("raw*client.py")):
        for call in calls(ast.parse(file.read_text(encoding="utf-8"))):
            route, carried = read(call)
            found[route] = found.get(route, frozenset()) | carried
    return found


def calls(node: ast.AST) -> Iterator[ast.Call]:
    """Yield the calls that send a request."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and _is_sent(call.func):
            yield call


def _is_sent(function: ast.Attribute) -> bool:
    return (
        function.attr in _CALLS and isinstance(function.value, ast.Attribute) and function.value.attr == "httpx_client"
    )


def read(call: ast.Call) -> tuple[Route, frozenset[str]]:
    """Return method and path of a call, and the names of what it carries."""
    given = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    method = given.get("method")
    carried = {
        f"{place}.{name}"
        for key, place in _PLACES.items()
        if key in given
        for name in _keys(given[key])
        if not (place == "header" and name.lower() in _OWN_HEADERS)
    }
    verb = method.value if isinstance(method, ast.Constant) else "GET"
    return route_of(str(verb), _path(call.args[0]) if call.args else ""), frozenset(carried)


def _path(node: ast.expr) -> str:
    """Return a path with `{}` for each of its parameters."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return str(node.value) if isinstance(node, ast.Constant) else "{}"


def _keys(node: ast.expr) -> Iterator[str]:
    """Yield the keys of a mapping, those of mappings that are unpacked into it included."""
    for part in ast.walk(node):
        if isinstance(part, ast.Dict):
            nested = part is not node and not _is_unpacked(part, node)
            yield from (str(key.value) for key in part.keys if isinstance(key, ast.Constant) and not nested)


def _is_unpacked(part: ast.Dict, node: ast.expr) -> bool:
    """Whether a mapping is one that is unpacked into another, and not the value of one of its keys."""
    for holder in ast.walk(node):
        if isinstance(holder, ast.Dict):
            for key, value in zip(holder.keys, holder.values, strict=True):
                if key is None and any(inner is part for inner in ast.walk(value)):
                    return True
    return False
