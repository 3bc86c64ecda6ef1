"""Rules about `x-parts` and `x-large`: the operation that starts an upload in parts, and those that it uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codegen.rules.operations import json_answers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from apicontract.openapi.objects import Json
    from codegen.view import Operation, Place, Tokens, View

_OPERATIONS = ("retrieve", "more", "report", "status", "find")
_OF_SESSION = ("more", "report", "status", "retrieve")
_REQUESTS = (("filename", ""), ("size", ""), ("kind", ""), ("first", "more"), ("count", "more"), ("parts", "report"))
"""The keys that name a property of a request, with the key of the operation; empty for the one that has `x-parts`."""
_REPORTED = ("part", "proof", "length")
_RESPONSES = (
    ("session", ""),
    ("result", ""),
    ("part_size", ""),
    ("addresses", ""),
    ("addresses", "more"),
    ("headers", ""),
    ("state", "status"),
)
"""The keys that are pointers into a response, with the key of the operation."""
_ITEMS = (
    ("index", "status"),
    ("part_state", "status"),
    ("found", "find"),
    ("found_name", "find"),
    ("found_size", "find"),
)
"""The keys that are pointers into an item of a listing, with the key of that listing."""
_QUERIES = (("per_page", "status"), ("named", "find"))
"""The keys that name a query parameter, with the key of the operation."""
_FINDING = ("find", "named", "found", "found_name", "found_size")


def check(view: View, place: Place, settings: Place) -> None:
    """Check an operation that starts an upload in parts."""
    found, at = settings.value, settings.tokens
    known = {"": view.operation(place), **dict(_named(view, found, at))}
    _requests(view, known, found, at)
    _answers(view, known, found, at)
    if 0 < sum(key in found for key in _FINDING) < len(_FINDING):
        missing = ", ".join(key for key in _FINDING if key not in found)
        view.report(at, f"of the keys that find an earlier file, {missing} is missing", "give all of them, or none")


def _given(
    rows: Iterable[tuple[str, str]], known: Mapping[str, Operation], settings: Mapping[str, Json]
) -> Iterator[tuple[str, str, Operation]]:
    """Yield the rows of a table whose key and operation exist: key, value and operation."""
    for key, of in rows:
        if key in settings and of in known:
            yield key, settings[key], known[of]


def _requests(view: View, known: Mapping[str, Operation], settings: Mapping[str, Json], at: Tokens) -> None:
    """Check the names of sent values: properties of requests, and query parameters."""
    for key, name, operation in _given(_REQUESTS, known, settings):
        fields = _fields(view, operation)
        if name not in fields:
            _property(view, (*at, key), name, f"the request of {operation.id!r}")
        elif key == "parts":
            items = view.properties(view.resolve(fields[name]).below("items"))
            for inner in _REPORTED:
                if settings[inner] not in items:
                    _property(view, (*at, inner), settings[inner], f"an item of {name!r}")
    for key, name, operation in _given(_QUERIES, known, settings):
        if operation.parameter("query", name) is None:
            view.report((*at, key), f"{name!r} is not a query parameter of {operation.id!r}", "correct the name")


def _answers(view: View, known: Mapping[str, Operation], settings: Mapping[str, Json], at: Tokens) -> None:
    """Check the pointers to received values: into responses, URLs, and items of listings."""
    for key, pointer, operation in _given(_RESPONSES, known, settings):
        for schema in json_answers(view, operation):
            target = view.lead(schema, pointer)
            if target is None:
                _pointer(view, (*at, key), pointer, f"the response of {operation.id!r}")
            elif key == "addresses":
                for inner in ("number", "address"):
                    if view.lead(view.resolve(target).below("items"), settings[inner]) is None:
                        _pointer(view, (*at, inner), settings[inner], f"an item of {pointer!r} of {operation.id!r}")
    for key in ("status", "find"):
        if key in known and known[key].place.below("x-pagination").text("style") != "page":
            message = f"{known[key].id!r} is not a listing by page"
            view.report((*at, key), message, "name an operation with x-pagination of style page")
    for key, pointer, operation in _given(_ITEMS, known, settings):
        if any(view.lead(item, pointer) is None for item in _listed(view, operation)):
            _pointer(view, (*at, key), pointer, f"an item of {operation.id!r}")


def check_large(view: View, place: Place, settings: Place) -> None:
    """Check an operation that does not accept large files."""
    operation, found, at = view.operation(place), settings.value, settings.tokens
    if found["file"] not in _fields(view, operation):
        _property(view, (*at, "file"), found["file"], f"the request of {operation.id!r}")
    other = next((other for other in view.operations if other.id == found["operation"]), None)
    if other is None or not other.place.has("x-parts"):
        message = f"{found['operation']!r} is not an operation with x-parts"
        view.report((*at, "operation"), message, "name one that starts an upload in parts")


def _named(view: View, settings: Mapping[str, Json], at: Tokens) -> Iterator[tuple[str, Operation]]:
    """Yield the existing operations, by key; each of the upload has one path parameter for its identifier."""
    operations = {operation.id: operation for operation in view.operations}
    for key in _OPERATIONS:
        if key not in settings:
            continue
        found = operations.get(settings[key])
        if found is None:
            view.report((*at, key), f"there is no operation {settings[key]!r}", "correct the operationId")
            continue
        taken = [p for p in found.parameters if p.value.get("in") == "path"]
        if key in _OF_SESSION and len(taken) != 1:
            message = f"{found.id!r} has {len(taken)} path parameters, and must have one"
            view.report((*at, key), message, "name an operation with one path parameter")
        yield key, found


def _listed(view: View, operation: Operation) -> Iterator[Place]:
    """Yield the schemas of the items of a listing."""
    pointer = operation.place.below("x-pagination").text("items")
    for schema in json_answers(view, operation):
        if (found := view.lead(schema, pointer)) is not None:
            yield view.resolve(found).below("items")


def _fields(view: View, operation: Operation) -> dict[str, Place]:
    found: dict[str, Place] = {}
    for media in operation.body.values():
        if schema := view.schema(media):
            found |= view.properties(schema)
    return found


def _property(view: View, at: Tokens, name: str, of: str) -> None:
    view.report(at, f"{name!r} is not a property of {of}", "correct the name")


def _pointer(view: View, at: Tokens, pointer: str, of: str) -> None:
    view.report(at, f"the pointer {pointer!r} leads to no property in {of}", "write it as /name/name")
