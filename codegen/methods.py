"""Decide which client methods an operation becomes, and which call each of them makes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from apicontract.openapi.media_types import JSON, NDJSON, SSE
from apicontract.openapi.pointer import split
from codegen import descriptions
from codegen.api import Argument, Call, Group, Method, Verb
from codegen.rules.operations import STREAMS
from codegen.signatures import Signature, Signatures
from codegen.text import sentences
from codegen.types import types_of, union

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codegen.types import Types
    from codegen.view import Operation, Place, View

_REMARKS = {
    "large": (),
    "uploading": (
        "Parts are read from the file as they are sent, and failed parts are sent again. The state of the upload is "
        "stored in a small file on disk, so the same call resumes an interrupted upload, and sends only the missing "
        "parts. Raises `UploadChanged` if the file has changed since.",
    ),
    "waiting": (
        "Returns the response that says that the job is done. Raises `JobFailed` if it failed, and `JobTimeout` if "
        "it did not end in time; both have the last response as `answer`.",
    ),
}
"""Text for the documentation of every method that has a group of arguments which are not sent."""
_WITH = {
    "large": "that may upload a file in parts",
    "uploading": "that uploads a file in parts",
    "waiting": "that waits",
}
_TOGETHER = (
    "Sends one request at a time. Returns the last response for each job, by its identifier. Raises `JobsFailed`, once "
    "all have ended, if any of them failed, timed out or could not be polled; it has the results of the others too."
)
_FROM_PATH = "Derived from the path if omitted."
_DEPRECATED = "Deprecated: new programs should not call it."


class Placed(NamedTuple):
    """A method and the dotted client path that the document gives it."""

    path: str
    method: Method
    node: Place


class _Answers(NamedTuple):
    """The success responses of an operation."""

    objects: list[Place]
    events: list[Place]
    """The schemas of the events of a stream, one for each kind of stream."""
    other: list[Place]
    empty: list[Place]


class Methods:
    """Makes the methods of operations."""

    def __init__(self, view: View, types: Types) -> None:
        self._view = view
        self._types = types
        self._operations: dict[str, Operation] = {}
        for operation in view.operations:
            if operation.id:
                self._operations.setdefault(operation.id, operation)
        self._signatures = Signatures(view, types)

    def all(self) -> Iterator[Placed]:
        """Yield every method of every operation, in document order."""
        for operation in self._operations.values():
            pagination, streaming = operation.place.below("x-pagination"), operation.place.below("x-streaming")
            answers = self._answers(operation)
            if streaming.has("flag"):
                yield from self._streaming(operation, answers, streaming)
            elif pagination.value != {} and pagination.text("style") == "page":
                yield from self._numbered(operation, answers, pagination)
            else:
                yield from self._plain(operation, answers)
                if pagination.value != {}:
                    yield from self._by_token(operation, answers, pagination)
            waiting = operation.place.below("x-waiting")
            if waiting.value != {}:
                yield from self._waiting(operation, answers, waiting)
            if (parts := operation.place.below("x-parts")).value != {}:
                yield from self._in_parts(operation, parts)

    def _plain(self, operation: Operation, answers: _Answers) -> Iterator[Placed]:
        verb: Verb = "call_none"
        annotations: tuple[str, ...] = ()
        given = [kind for kind in answers if kind]
        if len(given) > 1 and not operation.place.has("x-streaming"):  # otherwise reported already
            found = f"the successes of {operation.id!r} have bodies of different kinds"
            self._view.report(operation.place.below("responses").tokens, found, "give all of them JSON, or none a body")
        if answers.objects:
            verb, annotations = "call", (self._annotation(answers.objects),)
        elif answers.events:
            verb, annotations = "stream", (self._event(operation, answers),)
        elif answers.other:
            verb = "call_bytes"
        signature = self._signatures.read(operation, {})
        large = operation.place.below("x-large")
        if large.value != {} and verb == "call":
            begins = self._operations.get(large.text("operation"))
            method = begins.place.below("x-parts").text("method") if begins else ""
            arguments = _large_arguments(large, method)
            verb, signature = "call_large", self._added(operation, signature, "large", arguments, large)
        yield self._placed(operation, operation.id, signature, verb, annotations)

    def _numbered(self, operation: Operation, answers: _Answers, pagination: Place) -> Iterator[Placed]:
        annotations = self._page(operation, answers, pagination)
        if annotations:
            signature = self._signatures.read(operation, {})
            yield self._placed(operation, operation.id, signature, "pages", annotations)

    def _by_token(self, operation: Operation, answers: _Answers, pagination: Place) -> Iterator[Placed]:
        later = self._operations.get(pagination.text("operation"))
        path = pagination.text("method")
        if later is None or not path:
            return  # reported already
        annotations = self._page(operation, answers, pagination)
        if annotations:
            signature = self._signatures.read(operation, {})
            summary = f"{operation.place.text('summary')}, page after page"
            http = f"{operation.http}, then {later.http}"
            yield self._placed(operation, path, signature, "pages", annotations, summary=summary, http=http)

    def _streaming(self, operation: Operation, answers: _Answers, streaming: Place) -> Iterator[Placed]:
        flag = streaming.text("flag")
        prop = self._signatures.property(operation, flag)
        if prop is None or types_of(prop) != {"boolean"}:
            return  # reported already
        if not answers.objects or not answers.events or answers.other or answers.empty:
            found = f"a success of {operation.id!r} needs {JSON}, and {NDJSON} or {SSE}, and nothing else"
            self._view.report(operation.place.below("responses").tokens, found, "declare both, or remove x-streaming")
            return
        answer, event = self._annotation(answers.objects), self._event(operation, answers)
        if streaming.has("method"):
            plain = self._signatures.read(operation, {flag: False})
            http = f"{operation.http} with `{flag}` false"
            yield self._placed(operation, operation.id, plain, "call", (answer,), http=http)
            streamed = self._signatures.read(operation, {flag: True})
            summary = f"{operation.place.text('summary')}, as a stream of events"
            http = f"{operation.http} with `{flag}` true"
            path = streaming.text("method")
            yield self._placed(operation, path, streamed, "stream", (event,), summary=summary, http=http)
            return
        signature = self._signatures.read(operation, {}, flag)
        members = (member for group in signature.groups for wire, member in group.members if wire == flag)
        if (name := next(members, None)) is None:
            return  # the body is not an object, which is already reported
        placed = self._placed(operation, operation.id, signature, "stream", (event,))
        otherwise = Call("call", operation.id, (answer,), signature.groups)
        yield placed._replace(method=replace(placed.method, flag=name, otherwise=otherwise))

    def _waiting(self, operation: Operation, answers: _Answers, waiting: Place) -> Iterator[Placed]:
        if not answers.objects:
            return  # reported already
        if answers.events or answers.other or answers.empty:
            found = f"each success of {operation.id!r} needs JSON that returns the status, and nothing else"
            self._view.report(operation.place.below("responses").tokens, found, "declare it, or remove x-waiting")
            return
        signature = self._signatures.read(operation, {})
        answer = self._annotation(answers.objects)
        settings = _waiting_arguments(answer, waiting.below("interval").value)
        signature = self._added(operation, signature, "waiting", settings, waiting)
        path = waiting.text("method")
        if not path:
            return
        summary = f"{operation.place.text('summary')}, repeatedly until the job has ended"
        yield self._placed(operation, path, signature, "wait", (answer,), summary=summary)
        if waiting.has("together"):
            yield from self._together(operation, waiting, answer, settings)

    def _together(
        self, operation: Operation, waiting: Place, answer: str, settings: tuple[Argument, ...]
    ) -> Iterator[Placed]:
        """Make the method that waits for several jobs: the last path parameter becomes a list."""
        read = self._signatures.read(operation, {})
        path = next((group for group in read.groups if group.location == "path"), None)
        if path is None:
            return  # reported already
        wire, name = path.members[-1]
        many = Argument(f"{name}s", "Sequence[str]", None, "Identifiers of the jobs.")
        arguments = tuple(many if argument.name == name else argument for argument in read.arguments)
        groups = tuple(
            replace(group, members=tuple(pair for pair in group.members if pair != (wire, name)))
            for group in read.groups
            if group.members != ((wire, name),)
        )
        signature = Signature(arguments, (*groups, Group("jobs", (), many.name)), read.remarks)
        signature = self._added(operation, signature, "waiting", settings, waiting)._replace(remarks=(_TOGETHER,))
        summary = f"{operation.place.text('summary')}, for several jobs in one loop until all have ended"
        yield self._placed(operation, waiting.text("together"), signature, "wait_for_all", (answer,), summary=summary)

    def _in_parts(self, operation: Operation, parts: Place) -> Iterator[Placed]:
        """Make the method that uploads a file, without the arguments that the file determines."""
        retrieved = self._operations.get(parts.text("retrieve"))
        path = parts.text("method")
        answers = self._answers(retrieved) if retrieved else None
        if answers is None or not answers.objects or not path:
            return  # reported already
        known = {parts.text("size")}
        derived = {parts.text("filename"), parts.text("kind")}
        signature = self._signatures.read(operation, {})
        names = {name: wire for group in signature.groups for wire, name in group.members if group.location == "body"}
        arguments = [
            _optional(argument) if names.get(argument.name) in derived and argument.default is None else argument
            for argument in signature.arguments
            if names.get(argument.name) not in known
        ]
        arguments.sort(key=lambda argument: argument.default is not None)
        groups = tuple(
            replace(group, members=tuple((wire, name) for wire, name in group.members if wire not in known))
            for group in signature.groups
        )
        signature = Signature(tuple(arguments), groups, signature.remarks)
        settings = _uploading_arguments(listed=parts.has("find"))
        signature = self._added(operation, signature, "uploading", settings, parts)
        http = f"{operation.http}, and the parts"
        summary = "Upload a file in parts, or resume an interrupted upload"
        answer = self._annotation(answers.objects)
        yield self._placed(operation, path, signature, "upload", (answer,), summary=summary, http=http)

    def _added(
        self, operation: Operation, signature: Signature, location: str, settings: tuple[Argument, ...], at: Place
    ) -> Signature:
        """Add the arguments that every method of a kind has; report one that the operation has too."""
        taken = {argument.name for argument in signature.arguments}
        for name in [argument.name for argument in settings if argument.name in taken][:1]:
            what = f"every method {_WITH[location]}"
            found = f"{name!r} is an argument of {operation.id!r}, and of {what}"
            self._view.report(at.tokens, found, f"rename the parameter, or remove {at.tokens[-1]}")
        members = tuple((argument.name, argument.name) for argument in settings)
        added = tuple(argument for argument in settings if argument.name not in taken)
        arguments = sorted((*signature.arguments, *added), key=lambda argument: argument.default is not None)
        group = Group(location, members)
        return Signature(tuple(arguments), (*signature.groups, group), (*signature.remarks, *_REMARKS[location]))

    def _placed(
        self,
        operation: Operation,
        path: str,
        signature: Signature,
        verb: Verb,
        answers: tuple[str, ...],
        *,
        summary: str | None = None,
        http: str | None = None,
    ) -> Placed:
        call = Call(verb, operation.id, answers, signature.groups)
        summary = operation.place.text("summary") if summary is None else summary
        http = operation.http if http is None else http
        method = Method(
            "", summary, http, signature.remarks, signature.arguments, call, deprecated=_deprecated(operation)
        )
        return Placed(path, method, operation.place)

    def _page(self, operation: Operation, answers: _Answers, pagination: Place) -> tuple[str, str] | tuple[()]:
        """Return the annotations of a page and of an item."""
        pages = answers.objects
        if len({self._types.answer(page) for page in pages}) != 1 or answers.events or answers.other or answers.empty:
            found = f"a listing such as {operation.id!r} needs one JSON response"
            self._view.report(operation.place.below("responses").tokens, found, "declare it, or remove x-pagination")
            return ()
        held = self._view.resolve(pages[0])
        for token in split(pagination.text("items")):
            held = self._view.resolve(held.below("properties", token))
        if types_of(held) - {"null"} != {"array"} or not held.has("items"):
            return ()  # reported already
        return self._types.answer(pages[0]), self._types.answer(held.below("items"))

    def _event(self, operation: Operation, answers: _Answers) -> str:
        """Return the annotation of an event of a stream, which can be of an undeclared type."""
        declared = self._annotation(answers.events)
        opened = operation.place.below("x-streaming", "open").value is True
        return union([declared, "UnknownEvent"]) if opened else declared

    def _annotation(self, nodes: list[Place]) -> str:
        return union(dict.fromkeys(self._types.answer(node) for node in nodes))

    def _answers(self, operation: Operation) -> _Answers:
        answers = _Answers([], [], [], [])
        for status, response in operation.responses.items():
            if not status.startswith("2"):
                continue
            media = list(response.entries("content"))
            for name, held in media:
                if name == JSON:
                    answers.objects.append(held.below("schema"))
                elif name in STREAMS:
                    answers.events.append(held.below("schema"))
                else:
                    answers.other.append(held)
            if not media:
                answers.empty.append(response)
        return answers


def _deprecated(operation: Operation) -> str | None:
    """Return what to use instead, or the sentence of the description that begins with "Deprecated".

    Returns `None` if the operation is not deprecated.
    """
    found = descriptions.deprecation(operation.place)
    if found is None or operation.place.has("x-instead") or operation.place.has("x-sunset"):
        return found
    said = (text for text in sentences(operation.place.text("description")) if text.startswith("Deprecated"))
    return next(said, _DEPRECATED)


def _waiting_arguments(answer: str, interval: object) -> tuple[Argument, ...]:
    """Return the arguments of every method that waits."""
    seconds = float(interval) if isinstance(interval, int | float) else 1.0
    return (
        Argument(
            "sleep_interval",
            "float",
            repr(seconds),
            "Seconds before the status is requested again; later waits are longer, up to six times that. "
            f"Above 0, default {seconds}.",
        ),
        Argument("timeout", "float | None", "None", "Seconds until `JobTimeout`; `None` waits for ever. Above 0."),
        Argument(
            "callback",
            f"Callback[{answer}] | None",
            "None",
            "Called with each response, including the last; the asynchronous client awaits its result if it is "
            "awaitable.",
        ),
    )


def _optional(argument: Argument) -> Argument:
    """Make an argument optional whose value can be derived from the path of a file."""
    return replace(
        argument, annotation=f"{argument.annotation} | None", default="None", note=f"{argument.note} {_FROM_PATH}"
    )


def _uploading_arguments(*, listed: bool) -> tuple[Argument, ...]:
    """Return the arguments of every method that uploads a file in parts."""
    reuse = "If the service lists a result for a file of this name and size, return that, and send nothing."
    return (
        Argument("path", "FilePath", None, "The file.", positional=True),
        Argument("parallel", "int", "5", "The number of parts that are sent at the same time. At least 1, default 5."),
        Argument("retries", "int", "5", "How often a failed part is sent again. At least 0, default 5."),
        Argument("resume", "bool", "True", "Resume an interrupted upload; `False` starts again."),
        Argument(
            "state",
            "FilePath | None",
            "None",
            "The path of the state file; by default beside the uploaded file, with the suffix `.upload`.",
        ),
        *([Argument("reuse", "bool", "False", reuse)] if listed else ()),
        Argument(
            "progress",
            "Progress | None",
            "None",
            "Called with the number of bytes that have arrived, and the total. An exception that it raises stops the "
            "upload, which can be resumed; the asynchronous client awaits its result if it is awaitable.",
        ),
    )


def _large_arguments(large: Place, method: str) -> tuple[Argument, ...]:
    """Return the argument of a method that may upload a large file in parts."""
    most = large.below("most").value
    note = (
        f"Whether a file of more than {most:,} bytes, given by its path, is uploaded in parts, as by `{method}`. "
        "Default `False`."
    )
    return (Argument("in_parts", "bool", "False", note),)
