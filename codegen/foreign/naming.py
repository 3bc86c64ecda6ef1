"""Derive names for parts of a document that have none, or none that is valid in Python.

Unlike in our own documents, a name that is taken is not a problem: the next one gets a number.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from codegen import names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from apicontract.openapi.operation import Operation

_LONGEST = 60
"""The maximum length of a derived name."""
_DEPTH = 4
"""The maximum number of segments of a client path."""
_PATH = re.compile(r"[\w-]+(?:[./][\w-]+)+")
"""Matches an operationId that spells a path, such as `repos/list-for-org`."""


def class_name(text: str) -> str:
    """Return any text as the name of a class."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    words = re.findall(r"[A-Za-z0-9]+", plain)
    name = "".join(word[0].upper() + word[1:] for word in words)
    if not name[:1].isalpha():
        name = f"Model{name}"
    if len(name) > _LONGEST:
        name = f"{name[: _LONGEST // 2]}{name[-_LONGEST // 2 :]}"
        name = name if name[0].isupper() else f"M{name[1:]}"
    return name if names.is_class_name(name) else f"{name}Model"


def unique(name: str, taken: Collection[str]) -> str:
    """Return a name, with the lowest number from 2 that makes it unique if it is taken."""
    if name not in taken:
        return name
    number = 2
    while f"{name}{number}" in taken:
        number += 1
    return f"{name}{number}"


def client_paths(operations: Iterable[tuple[Operation, Mapping[str, Any]]]) -> list[tuple[str, ...]]:
    """Return the client path of each operation.

    An id that spells a path is used as one; any other becomes a method of the first tag. An operation without an id, or
    with a duplicate one, is named by method and path. Each operation is given together with its object in the document.
    """
    wanted: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    for operation, node in operations:
        written, tags = node.get("operationId"), node.get("tags")
        tag = next((tag for tag in tags if isinstance(tag, str)), "") if isinstance(tags, list) else ""
        group = tuple(filter(None, [names.shortened(tag, _LONGEST)]))
        made = (*group, names.shortened(f"{operation.method} {operation.path}", _LONGEST) or "call")
        wanted.append((_spelled(written if isinstance(written, str) else "", group) or made, made))
    often: dict[tuple[str, ...], int] = {}
    for path, _ in wanted:
        often[path] = often.get(path, 0) + 1
    chosen = [_attributes(path if often[path] == 1 else made) for path, made in wanted]
    groups = {path[:length] for path in chosen for length in range(1, len(path))}
    found: list[tuple[str, ...]] = []
    taken = set(groups)
    for path in chosen:
        number, free = 1, path
        while free in taken:
            number += 1
            free = (*path[:-1], f"{path[-1].rstrip('_')}_{number}")
        taken.add(free)
        found.append(free)
    return found


def _spelled(written: str, group: tuple[str, ...]) -> tuple[str, ...]:
    """Return the client path that an operationId spells; empty if it cannot become a name."""
    parts = re.split(r"[./]", written) if _PATH.fullmatch(written) else []
    segments = [names.shortened(part, _LONGEST) for part in parts]
    if parts and all(segments):
        return (
            tuple(segments) if len(segments) <= _DEPTH else (*segments[: _DEPTH - 1], "_".join(segments[_DEPTH - 1 :]))
        )
    name = names.shortened(written, _LONGEST)
    return (*group, name) if name else ()


def _attributes(path: tuple[str, ...]) -> tuple[str, ...]:
    """Return the segments as attribute names."""
    return tuple(
        names.identifier(segment, names.ATTRIBUTE_NAMES if position else names.CLIENT_NAMES) or segment
        for position, segment in enumerate(path)
    )


def client_class(raw: Mapping[str, Any], title: str) -> str:
    """Return the name of the client: that of `x-client`, or one made of the title."""
    given = raw.get("x-client")
    name = given.get("class") if isinstance(given, dict) else None
    made = class_name(name if isinstance(name, str) else title)
    return made if f"Async{made}" not in names.CLASS_NAMES else f"{made}Client"


def package_name(title: str) -> str:
    """Return the name of a package for a document with a title."""
    name = names.shortened(title, _LONGEST) or "client"
    return name if names.is_package_name(name) else f"{name}_client"
