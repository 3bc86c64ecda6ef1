"""Rules about `x-streaming`: the flag, the two kinds of response, and the first and last events of a stream."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apicontract.openapi.media_types import JSON, NDJSON, SSE
from codegen.rules.operations import STREAMS, success
from codegen.view import Operation, Place, Tokens, View, listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apicontract.openapi.objects import Json


def check(view: View, place: Place, settings: Place) -> None:
    """Check a streaming operation."""
    operation = view.operation(place)
    if "flag" in settings.value:
        _flag(view, operation, settings.value["flag"], settings.below("flag").tokens)
    elif "method" in settings.value:
        view.report(settings.below("method").tokens, "without a flag there is one method", "remove it, or add 'flag'")
    line = _line(view, operation, settings.tokens)
    if line is not None:
        _events(view, line, settings.value, settings.tokens)


def _flag(view: View, operation: Operation, flag: str, at: Tokens) -> None:
    schema = view.schema(operation.body[JSON]) if JSON in operation.body else None
    found = view.properties(schema).get(flag) if schema else None
    if found is None:
        view.report(at, f"{flag!r} is not a property of a JSON request body of {operation.id!r}", "correct the name")
    elif view.types(found) != ["boolean"]:
        view.report(at, f"the property {flag!r} is not a boolean", "name the property that selects the stream")


def _line(view: View, operation: Operation, at: Tokens) -> Place | None:
    """Return the schema of an event, and check that a stream with a flag has a plain response beside it."""
    settings = operation.place.value["x-streaming"]
    plain = (JSON,) if "flag" in settings else ()
    for _, response in success(operation):
        content = view.held(response, "content")
        if not content:
            continue
        stream = next((name for name in STREAMS if name in content), NDJSON)
        for name in (*plain, stream):
            if name not in content:
                message = f"{operation.id!r} can stream and does not declare {name}"
                view.report(
                    (*response.tokens, "content"), message, "declare both kinds of response" if plain else "declare it"
                )
        if odd := [name for name in content if name not in (*plain, stream)]:
            why = "a flag cannot select" if plain else "without a flag nothing selects"
            fix = f"declare {' and '.join((*plain, stream))}"
            view.report((*response.tokens, "content"), f"{why} {listed(odd)}", fix)
        for key, what in (("end", "data that ends the stream"), ("event", "`event` line")):
            if stream != SSE and key in settings:
                view.report((*at, key), f"{stream} has no {what}", f"remove it, or declare {SSE}")
        return view.schema(content[stream]) if stream in content else None
    view.report(at, f"{operation.id!r} can stream and has no response with content", f"declare {JSON} and {NDJSON}")
    return None


def _events(view: View, line: Place, settings: Mapping[str, Json], at: Tokens) -> None:
    mapping = line.value.get("discriminator", {}).get("mapping")
    if mapping is None and not {"first", "last", "keepalive", "event", "open"} & settings.keys():
        mapping = {}  # nothing uses the type of an event
    if mapping is None:
        view.report(line.tokens, "the schema of an event has no discriminator", "write oneOf with a discriminator")
        return
    for key in ("first", "last", "keepalive"):
        for name in _names(settings.get(key, [])):
            if name not in mapping:
                view.report((*at, key), f"there is no event {name!r}", f"write one of {', '.join(mapping)}")
    if settings.get("first") in _names(settings.get("last", [])):
        view.report((*at, "last"), "the stream begins and ends with the same event", "name two events")
    pointer = settings.get("same")
    if pointer is not None and view.lead(line, pointer) is None:
        view.report(
            (*at, "same"), f"the pointer {pointer!r} leads to no property of an event", "write it as /name/name"
        )
    for key, wanted, name in (("text", "string", "text"), ("number", "integer", "whole number")):
        pointer = settings.get(key)
        if pointer is not None:
            found = view.lead(line, pointer)
            if found is None or wanted not in view.types(found):
                message = f"the pointer {pointer!r} leads to no {name} of an event"
                view.report((*at, key), message, "write it as /name, as the events have it")


def _names(value: Json) -> list[str]:
    """Return one name, or a list of names, as a list; any other form is reported elsewhere."""
    return [name for name in (value if isinstance(value, list) else [value]) if isinstance(name, str)]
