"""Rules about `x-waiting`: how a response shows that a job continues, is done or has failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codegen.rules.operations import json_answers
from codegen.view import Operation, Place, Tokens, View

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apicontract.openapi.objects import Json


def check(view: View, place: Place, settings: Place) -> None:
    """Check an operation that can be polled until a job has ended."""
    operation, found, at = view.operation(place), settings.value, settings.tokens
    if operation.method != "get":
        message = f"{operation.id!r} is a {operation.method.upper()}, which does something each time"
        view.report(at, message, "write x-waiting at the GET that returns the status")
    if found["interval"] <= 0:
        view.report((*at, "interval"), "the interval is not a positive number", "write seconds above 0")
    if "together" in found and not any(p.value.get("in") == "path" for p in operation.parameters):
        message = f"{operation.id!r} has no path parameter that distinguishes several jobs"
        view.report((*at, "together"), message, "remove it")
    _values(view, found, at)
    _answers(view, operation, found, at)


def _values(view: View, settings: Mapping[str, Json], at: Tokens) -> None:
    """Check that there is a final status, and that no status has two meanings."""
    if not settings["done"]:
        view.report((*at, "done"), "no status means that the job is done", "name at least one")
    for position, value in enumerate(settings["failed"]):
        if value in settings["done"]:
            view.report((*at, "failed", str(position)), f"{value!r} is also among 'done'", "remove one of them")


def _answers(view: View, operation: Operation, settings: Mapping[str, Json], at: Tokens) -> None:
    """Check that the status, and the reason, are strings in every response, and that the schema has each status."""
    answers = json_answers(view, operation)
    for answer in answers:
        schema = _of_each(view, operation, answer, settings, at)
        if schema is None:
            continue
        status = _text(view, operation, schema, settings["status"], (*at, "status"))
        known = _listed(view, status) if status else []
        for key in ("done", "failed"):
            for position, value in enumerate(settings[key]):
                if known and value not in known:
                    message = f"{value!r} is not a known value of {settings['status']!r}"
                    view.report((*at, key, str(position)), message, f"write one of {', '.join(known)}")
        if "reason" in settings:
            _text(view, operation, schema, settings["reason"], (*at, "reason"))
    if not answers:
        view.report(
            at, f"{operation.id!r} has no JSON response that returns a status", "remove x-waiting, or declare it"
        )


def _of_each(view: View, operation: Operation, answer: Place, settings: Mapping[str, Json], at: Tokens) -> Place | None:
    """Return the value that has a status: the response, or an item of its list; `None` if it has no list."""
    if "each" not in settings:
        if "refused" in settings:
            message = "refused is relative to the items of each, which is missing"
            view.report((*at, "refused"), message, "add each, or remove refused")
        return answer
    found = view.lead(answer, settings["each"])
    if found is None or "array" not in view.types(found):
        message = f"the pointer {settings['each']!r} leads to no list in the response of {operation.id!r}"
        view.report((*at, "each"), message, "write it as /name/name, as the response has it")
        return None
    item = view.resolve(found).below("items")
    if "refused" in settings and view.lead(item, settings["refused"]) is None:
        message = f"the pointer {settings['refused']!r} leads to no property in an item of {settings['each']!r}"
        view.report((*at, "refused"), message, "write it as /name/name, as the item has it")
    return item


def _text(view: View, operation: Operation, schema: Place, pointer: str, at: Tokens) -> Place | None:
    place = view.lead(schema, pointer)
    if place is not None and "string" in view.types(place):
        return place
    message = f"the pointer {pointer!r} leads to no string in the response of {operation.id!r}"
    view.report(at, message, "write it as /name/name, as the response has it")
    return None


def _listed(view: View, place: Place) -> list[str]:
    """Return the values that a schema lists, including those of an open list."""
    return [value for variant in view.variants(place) for value in variant.value.get("enum", ())]
