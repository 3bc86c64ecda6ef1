"""Rules about `x-event`: the job that a webhook reports, and where the event identifies it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apicontract.openapi.media_types import JSON

if TYPE_CHECKING:
    from codegen.view import Place, View


def check(view: View, place: Place, found: Place) -> None:
    """Check that the job and its final status exist, and that the event has an id and identifies the job."""
    settings = found.value
    operation = next((one for one in view.operations if one.id == settings["operation"]), None)
    waiting = operation.place.below("x-waiting") if operation else None
    if waiting is None or not waiting.value:
        message = f"{settings['operation']!r} is not an operation with x-waiting"
        view.report(found.below("operation").tokens, message, "name the operation that returns the status of the job")
    elif settings["status"] not in (ends := [*waiting.texts("done"), *waiting.texts("failed")]):
        message = f"{settings['status']!r} ends no job of {settings['operation']!r}"
        view.report(found.below("status").tokens, message, f"write one of {', '.join(ends)}")
    media = view.held(view.resolve(place.below("requestBody")), "content").get(JSON)
    schema = view.schema(media) if media else None
    for key in ("id", "job"):
        held = view.lead(schema, settings[key]) if schema else None
        if held is None or "string" not in view.types(held):
            message = f"the pointer {settings[key]!r} leads to no string in the event"
            view.report(found.below(key).tokens, message, "write it as /name/name, as the event has it")
