"""Rules about operations: ids, summaries, bodies and responses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apicontract.openapi import extensions
from apicontract.openapi.media_types import FORM, JSON, JSON_LINES, NDJSON, SSE
from codegen.view import Operation, Place, Tokens, View, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

METHOD_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
LONGEST_SUMMARY = 60
STREAMS = (NDJSON, SSE, JSON_LINES)
"""The supported media types of event streams, with the name of an event in each."""
_STATUS = re.compile(r"[1-5][0-9][0-9]")
_ERRORS = ("4XX", "5XX")
_OTHERS = ("default", *_ERRORS)
"""Keys of responses that cover unlisted statuses: `default` covers all of them, including successes."""
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*")
_WITHOUT_BODY = ("204", "205", "304")
_WITHOUT_REQUEST_BODY = ("get", "head")


def check(view: View) -> None:
    """Check every operation, and the client methods that all of them make."""
    _methods(view)
    for operation in view.operations:
        _summary(view, operation)
        _request(view, operation)
        _responses(view, operation)
    _files(view)


def is_response_key(status: str) -> bool:
    """Return whether responses can be declared under a key."""
    return status in _OTHERS or _STATUS.fullmatch(status) is not None


def success(operation: Operation) -> Iterator[tuple[str, Place]]:
    """Yield the success responses, by status."""
    return ((status, response) for status, response in operation.responses.items() if status.startswith("2"))


def json_answers(view: View, operation: Operation) -> list[Place]:
    """Return the schemas of JSON in success responses."""
    media = (view.held(response, "content").get(JSON) for _, response in success(operation))
    return [schema for found in media if found and (schema := view.schema(found))]


def _methods(view: View) -> None:
    """Check that every client method has a unique name, which is not a resource at the same time."""
    methods: dict[str, Tokens] = {}
    for name, tokens, what in _named(view):
        if not METHOD_NAME.fullmatch(name):
            message = f"the {what} {name!r} is not a dotted path of a client method"
            view.report(tokens, message, "write lower-case words joined by dots, such as 'things.list'")
        elif name in methods:
            first = view.at(methods[name])
            view.report(
                tokens, f"the {what} {name!r} is also that of {first.file}, line {first.line}", "rename one of them"
            )
        else:
            methods[name] = tokens
    for name, tokens in methods.items():
        below = next((other for other in methods if other.startswith(f"{name}.")), None)
        if below:
            view.report(tokens, f"{name!r} is a method and, through {below!r}, a resource", "rename one of them")


def _named(view: View) -> Iterator[tuple[str, Tokens, str]]:
    for operation in view.operations:
        if operation.id:
            yield operation.id, (*operation.place.tokens, "operationId"), "operationId"
    for operation in view.operations:
        for extension, _ in extensions.of_kind("operation"):
            for key in ("method", "together"):
                name = operation.place.below(extension, key)
                if isinstance(name.value, str):
                    yield name.value, name.tokens, "method"


def _summary(view: View, operation: Operation) -> None:
    summary = operation.place.value.get("summary", "")
    at = (*operation.place.tokens, "summary")
    if len(summary) > LONGEST_SUMMARY:
        view.report(at, f"the summary has {len(summary)} characters", f"shorten it to {LONGEST_SUMMARY}")
    if summary.endswith("."):
        view.report(at, "the summary ends in a full stop", "remove it")
    if "\n" in summary.strip():
        view.report(at, "the summary has several lines", "write one line")


def _request(view: View, operation: Operation) -> None:
    at = (*operation.place.tokens, "requestBody")
    if "requestBody" not in operation.place.value:
        return
    if operation.method in _WITHOUT_REQUEST_BODY:
        view.report(at, f"a {operation.method.upper()} request has no body", "remove it, or change the method")
    if len(operation.body) != 1:
        found = listed(operation.body) or "no media type"
        view.report(at, f"the request body is declared as {found}", "declare one: the client has to know what to send")
    for name, media in operation.body.items():
        if name not in (JSON, FORM):
            view.report(media.tokens, f"the client cannot send {name!r}", f"write {JSON} or {FORM}")
        elif name == FORM:
            _form(view, media)


def _form(view: View, media: Place) -> None:
    """Check that every field of a form can be encoded: a scalar, a file, JSON in a string, or a list of these."""
    if (schema := view.schema(media)) is None:
        return
    if "properties" not in schema.value:
        view.report(schema.tokens, "the schema of a form has no properties", "describe each field")
    for name, field in view.properties(schema).items():
        types = view.types(field)
        if "array" in types:
            types = [
                t
                for v in view.variants(field)
                for t in view.types(Place(v.value.get("items", {}), (*v.tokens, "items")))
            ]
        if "object" in types or "array" in types:
            message = f"the form field {name!r} is an object or a list in a list"
            view.report(field.tokens, message, f"write it as text with contentMediaType {JSON} and a contentSchema")


def _files(view: View) -> None:
    """Check that files are only in places for bytes: a field of a form, or a body that is not JSON."""
    possible: dict[Tokens, None] = {}
    for operation in view.operations:
        for name, media in operation.body.items():
            schema = view.schema(media)
            fields = view.properties(schema).values() if schema and name == FORM else []
            for variant in (variant for field in fields for variant in view.variants(field)):
                possible |= dict.fromkeys((variant.tokens, (*variant.tokens, "items")))
    for node in view.nodes("media_type"):
        if node.tokens[-1] not in (JSON, FORM, *STREAMS) and (schema := view.schema(node.place)):
            possible[schema.tokens] = None
    for node in view.nodes("schema"):
        if node.value.get("format") == "binary" and node.tokens not in possible:
            view.report(
                (*node.tokens, "format"), "a file is where no bytes can be sent", f"send it as a field of {FORM}"
            )


def _responses(view: View, operation: Operation) -> None:
    at = (*operation.place.tokens, "responses")
    if "responses" not in operation.place.value:
        return
    for status in operation.responses:
        if not is_response_key(status):
            found = f"{status!r} is not a response status"
            view.report((*at, status), found, "write three digits, 4XX, 5XX or default")
    if not any(success(operation)):
        view.report(at, f"the operation {operation.id!r} has no success response", "add one with a status from 200")
    if "default" not in operation.responses and not set(_ERRORS) <= operation.responses.keys():
        view.report(at, f"the operation {operation.id!r} has no response for other statuses", "add 4XX and 5XX")
    secured = operation.place.value.get("security", view.document.get("security", []))
    if secured and "401" not in operation.responses:
        view.report(at, f"the operation {operation.id!r} is secured and has no response 401", "add it")
    for status, response in operation.responses.items():
        _content(view, operation, status, response)


def _content(view: View, operation: Operation, status: str, response: Place) -> None:
    content = response.value.get("content", {})
    at = (*response.tokens, "content")
    if status in _WITHOUT_BODY and content:
        view.report(at, f"a response with status {status} has no body", "remove the content, or correct the status")
    for name in content:
        if not _MEDIA_TYPE.fullmatch(name):
            view.report(
                (*at, name), f"{name!r} is not a media type", "write type and subtype in lower case, no parameters"
            )
    streamed = "x-streaming" in operation.place.value and status.startswith("2")
    for name in (NDJSON, SSE):  # a format of lines, such as a list of results, may have no end to declare
        if name in content and not streamed:
            view.report((*at, name), f"{name} is here without x-streaming", "add x-streaming to the operation")
    if len(content) > 1 and not streamed:
        view.report(at, f"the response is declared as {listed(content)}", "declare one: only x-streaming can choose")
