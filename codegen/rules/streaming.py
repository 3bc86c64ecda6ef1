"""Rules about `x-streaming`: the flag, the two kinds of answer, and the events that a stream begins and ends with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codegen.rules.operations import success
from codegen.rules.settings import Setting, well_formed
from codegen.view import JSON, LINES, Operation, Place, Tokens, View, listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apicontract.openapi.grammar import Json

_KEYS = {
    "flag": Setting("text"),
    "method": Setting("text", optional=True),
    "first": Setting("text"),
    "last": Setting("text"),
    "same": Setting("text", optional=True),
    "text": Setting("text", optional=True),
}


def check(view: View) -> None:
    """Check every streaming operation."""
    for operation in view.operations:
        settings = operation.place.value.get("x-streaming")
        if settings is None:
            continue
        at = (*operation.place.tokens, "x-streaming")
        if not well_formed(view, at, "x-streaming", settings, _KEYS):
            continue
        _flag(view, operation, settings["flag"], (*at, "flag"))
        line = _line(view, operation, at)
        if line is not None:
            _events(view, line, settings, at)


def _flag(view: View, operation: Operation, flag: str, at: Tokens) -> None:
    schema = view.schema(operation.body[JSON]) if JSON in operation.body else None
    found = view.properties(schema).get(flag) if schema else None
    if found is None:
        view.report(at, f"{flag!r} is no property of a JSON request body of {operation.id!r}", "correct the name")
    elif view.types(found) != ["boolean"]:
        view.report(at, f"the property {flag!r} is not a boolean", "name the property that selects the stream")


def _line(view: View, operation: Operation, at: Tokens) -> Place | None:
    """Find the schema of one line, and check that the plain answer is declared beside the stream."""
    for _, response in success(operation):
        content = view.held(response, "content")
        if not content:
            continue
        for name in (JSON, LINES):
            if name not in content:
                message = f"{operation.id!r} can stream and does not declare {name}"
                view.report((*response.tokens, "content"), message, "declare both kinds of answer")
        if odd := [name for name in content if name not in (JSON, LINES)]:
            view.report(
                (*response.tokens, "content"), f"a flag cannot select {listed(odd)}", f"declare {JSON} and {LINES}"
            )
        return view.schema(content[LINES]) if LINES in content else None
    view.report(at, f"{operation.id!r} can stream and has no response with content", f"declare {JSON} and {LINES}")
    return None


def _events(view: View, line: Place, settings: Mapping[str, Json], at: Tokens) -> None:
    mapping = line.value.get("discriminator", {}).get("mapping")
    if mapping is None:
        view.report(line.tokens, "the schema of an event has no discriminator", "write oneOf with a discriminator")
        return
    for key in ("first", "last"):
        if settings[key] not in mapping:
            view.report((*at, key), f"there is no event {settings[key]!r}", f"write one of {', '.join(mapping)}")
    if settings["first"] == settings["last"]:
        view.report((*at, "last"), "the stream begins and ends with the same event", "name two events")
    pointer = settings.get("same")
    if pointer is not None and view.lead(line, pointer) is None:
        view.report(
            (*at, "same"), f"the pointer {pointer!r} leads to no property of an event", "write it as /name/name"
        )
    pointer = settings.get("text")
    if pointer is not None:
        found = view.lead(line, pointer)
        if found is None or "string" not in view.types(found):
            message = f"the pointer {pointer!r} leads to no text of an event"
            view.report((*at, "text"), message, "write it as /name, as the events have it")
