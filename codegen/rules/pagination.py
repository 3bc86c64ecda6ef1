"""Rules about `x-pagination`: its keys, their targets, and the size of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codegen.rules.operations import json_answers
from codegen.view import Operation, Place, Tokens, View

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from apicontract.openapi.objects import Json

_SIZE_ENDINGS = ("limit", "size")


def check(view: View, place: Place, settings: Place) -> None:
    """Check a paginated operation."""
    operation = view.operation(place)
    paged = _by_page if settings.value["style"] == "page" else _by_token
    paged(view, operation, settings.value, settings.tokens)
    _sizes(view, operation)


def _by_page(view: View, operation: Operation, settings: Mapping[str, Json], at: Tokens) -> None:
    parameter = operation.parameter("query", settings["parameter"])
    if parameter is None or view.types(view.schema(parameter) or parameter) != ["integer"]:
        message = f"{settings['parameter']!r} is not a query parameter with a whole number"
        view.report((*at, "parameter"), message, "name the parameter with the number of the page")
    _lead(view, operation, (*at, "items"), settings["items"], "array")
    _lead(view, operation, (*at, "total_pages"), settings["total_pages"], "integer")


def _by_token(view: View, operation: Operation, settings: Mapping[str, Json], at: Tokens) -> None:
    _lead(view, operation, (*at, "items"), settings["items"], "array")
    _lead(view, operation, (*at, "next_token"), settings["next_token"], "string")
    follower = next((other for other in view.operations if other.id == settings["operation"]), None)
    if follower is None:
        view.report((*at, "operation"), f"there is no operation {settings['operation']!r}", "correct the operationId")
        return
    parameter = follower.parameter("path", settings["parameter"])
    if parameter is None:
        message = f"{settings['parameter']!r} is not a path parameter of {follower.id!r}"
        view.report((*at, "parameter"), message, "name the parameter with the token")
    for key, wanted in (("items", "array"), ("next_token", "string")):
        _lead(view, follower, (*at, key), settings[key], wanted)
    arguments = [p.value.get("name") for p in operation.parameters] + list(_fields(view, operation))
    for position, name in enumerate(settings["repeat"]):
        where = (*at, "repeat", str(position))
        if name not in arguments:
            view.report(where, f"{name!r} is not an argument of {operation.id!r}", "correct the name")
        elif follower.parameter("query", name) is None:
            view.report(where, f"{name!r} is not a query parameter of {follower.id!r}", "correct the name")
    given = [settings["parameter"], *settings["repeat"]]
    for other in follower.parameters:
        name = other.value.get("name")
        if other.value.get("required") and name not in given:
            message = f"{follower.id!r} needs {name!r}, which the pager does not send"
            view.report((*at, "operation"), message, "repeat it, or make it optional")


def _lead(view: View, operation: Operation, at: Tokens, pointer: str, wanted: str) -> None:
    """Check that a pointer leads to a property of the right type in every JSON success response."""
    answers = json_answers(view, operation)
    for schema in answers:
        place = view.lead(schema, pointer)
        if place is None:
            message = f"the pointer {pointer!r} leads to no property in the response of {operation.id!r}"
            view.report(at, message, "write it as /name/name, as the response has it")
        elif wanted not in view.types(place):
            message = f"the pointer {pointer!r} leads to no {wanted} in the response of {operation.id!r}"
            view.report(at, message, "correct it")
    if not answers:
        view.report(at, f"{operation.id!r} has no JSON response to page through", "remove x-pagination, or declare one")


def _sizes(view: View, operation: Operation) -> None:
    """Check that the size of a page is bounded on both sides.

    The document does not say which argument that is, so it is derived: each integer whose name ends in `limit` or
    `size`, among the query parameters and the fields of the body.
    """
    for name, schema in _arguments(view, operation):
        if not name.endswith(_SIZE_ENDINGS) or "integer" not in view.types(schema):
            continue
        for bound in ("minimum", "maximum"):
            if all(view.lacks(variant, bound) for variant in view.variants(schema)):
                message = f"{name!r} is the size of a page of {operation.id!r} and has no {bound!r}"
                fix = "add it (a whole number whose name ends in limit or size counts as such)"
                view.report(view.resolve(schema).tokens, message, fix)


def _arguments(view: View, operation: Operation) -> Iterator[tuple[str, Place]]:
    for parameter in operation.parameters:
        schema = view.schema(parameter)
        if schema is not None and parameter.value.get("in") == "query":
            yield parameter.value.get("name", ""), schema
    yield from _fields(view, operation).items()


def _fields(view: View, operation: Operation) -> dict[str, Place]:
    found: dict[str, Place] = {}
    for media in operation.body.values():
        if schema := view.schema(media):
            found |= view.properties(schema)
    return found
