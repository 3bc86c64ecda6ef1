"""Decide which client methods an operation becomes, and which call each of them makes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from codegen.api import Argument, Call, Group, Method, Verb
from codegen.signatures import Signature, Signatures, is_json
from codegen.text import sentences
from codegen.types import types_of, union

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from codegen.reader import Node, Reader
    from codegen.signatures import Operation
    from codegen.types import Types

_NDJSON = "application/x-ndjson"
_WAITING = (
    "Returns the answer that says that the job is done. `JobFailed` if it failed, and `JobTimeout` if it is not over "
    "in time, have the last `answer`."
)
_DEPRECATED = "Deprecated: new programs should not call it."


class Placed(NamedTuple):
    """A method and the dotted client path that the document gives it."""

    path: str
    method: Method
    node: Node


class _Answers(NamedTuple):
    """What an operation returns when it succeeds."""

    objects: list[Node]
    events: list[Node]
    other: list[Node]
    empty: list[Node]


class Methods:
    """Makes methods of operations."""

    def __init__(self, reader: Reader, types: Types, operations: Mapping[str, Operation]) -> None:
        self._reader = reader
        self._types = types
        self._operations = operations
        self._signatures = Signatures(reader, types)

    def all(self) -> Iterator[Placed]:
        """Yield every method of every operation, in document order."""
        for operation in self._operations.values():
            pagination, streaming = operation.node.below("x-pagination"), operation.node.below("x-streaming")
            answers = self._answers(operation)
            if streaming.value != {}:
                yield from self._streaming(operation, answers, streaming)
            elif pagination.value != {} and pagination.text("style") == "page":
                yield from self._numbered(operation, answers, pagination)
            else:
                yield from self._plain(operation, answers)
                if pagination.value != {}:
                    yield from self._by_token(operation, answers, pagination)
            waiting = operation.node.below("x-waiting")
            if waiting.value != {}:
                yield from self._waiting(operation, answers, waiting)

    def _plain(self, operation: Operation, answers: _Answers) -> Iterator[Placed]:
        verb: Verb = "call_none"
        annotations: tuple[str, ...] = ()
        given = [kind for kind in answers if kind]
        if len(given) > 1:
            found = f"the successes of {operation.id!r} have bodies of different kinds"
            self._reader.wrong(operation.node.below("responses"), found, "give all of them JSON, or none a body")
        if answers.objects:
            verb, annotations = "call", (self._annotation(answers.objects),)
        elif answers.events:
            verb, annotations = "stream", (self._annotation(answers.events),)
        elif answers.other:
            verb = "call_bytes"
        signature = self._signatures.read(operation, {})
        yield self._placed(operation, operation.id, signature, verb, annotations)

    def _numbered(self, operation: Operation, answers: _Answers, pagination: Node) -> Iterator[Placed]:
        parameter = pagination.text("parameter")
        if not self._signatures.parameter(operation, "query", parameter):
            found = f"{operation.id!r} has no query parameter {parameter!r}"
            self._reader.wrong(pagination.below("parameter"), found, "name the parameter that numbers the pages")
        annotations = self._page(operation, answers, pagination)
        if annotations:
            signature = self._signatures.read(operation, {})
            yield self._placed(operation, operation.id, signature, "pages", annotations)

    def _by_token(self, operation: Operation, answers: _Answers, pagination: Node) -> Iterator[Placed]:
        later = self._operations.get(pagination.text("operation"))
        if later is None or not self._signatures.parameter(later, "path", pagination.text("parameter")):
            found = "there is no such operation with that path parameter"
            self._reader.wrong(
                pagination, found, "name the operation that returns a page for a token, and the parameter"
            )
            return
        annotations = self._page(operation, answers, pagination)
        if annotations and self._named(pagination):
            signature = self._signatures.read(operation, {})
            summary = f"{operation.node.text('summary')}, page after page"
            http = f"{operation.http}, then {later.http}"
            path = pagination.text("method")
            yield self._placed(operation, path, signature, "pages", annotations, summary=summary, http=http)

    def _streaming(self, operation: Operation, answers: _Answers, streaming: Node) -> Iterator[Placed]:
        flag = streaming.text("flag")
        prop = self._signatures.property(operation, flag)
        if prop is None or types_of(prop) != {"boolean"}:
            found = f"the body of {operation.id!r} has no true-or-false property {flag!r}"
            self._reader.wrong(streaming.below("flag"), found, "name the property that asks for a stream")
            return
        if not answers.objects or not answers.events or answers.other or answers.empty:
            found = f"a success of {operation.id!r} needs JSON and {_NDJSON}, and nothing else"
            self._reader.wrong(operation.node.below("responses"), found, "declare both, or remove x-streaming")
            return
        answer, event = self._annotation(answers.objects), self._annotation(answers.events)
        if streaming.has("method"):
            if self._named(streaming):
                plain = self._signatures.read(operation, {flag: False})
                http = f"{operation.http} with `{flag}` false"
                yield self._placed(operation, operation.id, plain, "call", (answer,), http=http)
                streamed = self._signatures.read(operation, {flag: True})
                summary = f"{operation.node.text('summary')}, as a stream of events"
                http = f"{operation.http} with `{flag}` true"
                path = streaming.text("method")
                yield self._placed(operation, path, streamed, "stream", (event,), summary=summary, http=http)
            return
        signature = self._signatures.read(operation, {}, flag)
        name = next(member for group in signature.groups for wire, member in group.members if wire == flag)
        placed = self._placed(operation, operation.id, signature, "stream", (event,))
        otherwise = Call("call", operation.id, (answer,), signature.groups)
        yield placed._replace(method=replace(placed.method, flag=name, otherwise=otherwise))

    def _waiting(self, operation: Operation, answers: _Answers, waiting: Node) -> Iterator[Placed]:
        if not answers.objects or answers.events or answers.other or answers.empty:
            found = f"each success of {operation.id!r} needs JSON that tells the status, and nothing else"
            self._reader.wrong(operation.node.below("responses"), found, "declare it, or remove x-waiting")
            return
        signature = self._signatures.read(operation, {})
        answer = self._annotation(answers.objects)
        settings = _waiting_arguments(answer, waiting.below("interval").value)
        taken = {argument.name for argument in signature.arguments}
        clashes = [argument.name for argument in settings if argument.name in taken]
        if clashes:
            found = f"{clashes[0]!r} is an argument of {operation.id!r}, and of every method that waits"
            self._reader.wrong(waiting, found, "rename the parameter, or remove x-waiting")
        if clashes or not self._named(waiting):
            return
        group = Group("waiting", tuple((argument.name, argument.name) for argument in settings))
        signature = Signature(
            (*signature.arguments, *settings), (*signature.groups, group), (*signature.remarks, _WAITING)
        )
        summary = f"{operation.node.text('summary')}, again and again until the job is over"
        path = waiting.text("method")
        yield self._placed(operation, path, signature, "wait", (answer,), summary=summary)

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
        summary = operation.node.text("summary") if summary is None else summary
        http = operation.http if http is None else http
        method = Method(
            "", summary, http, signature.remarks, signature.arguments, call, deprecated=_deprecated(operation)
        )
        return Placed(path, method, operation.node)

    def _named(self, extension: Node) -> bool:
        if extension.text("method"):
            return True
        self._reader.wrong(extension, "the extra client method has no name", "give `method`, such as things.query")
        return False

    def _page(self, operation: Operation, answers: _Answers, pagination: Node) -> tuple[str, str] | tuple[()]:
        """Return the annotations of a page and of an item."""
        pages = answers.objects
        if len({self._types.answer(page) for page in pages}) != 1 or answers.events or answers.other or answers.empty:
            found = f"a listing such as {operation.id!r} needs one JSON answer"
            self._reader.wrong(operation.node.below("responses"), found, "declare it, or remove x-pagination")
            return ()
        held = self._reader.follow(pages[0])
        for token in pagination.text("items").split("/")[1:]:
            token = token.replace("~1", "/").replace("~0", "~")  # noqa: PLW2901 - RFC 6901
            held = self._reader.follow(held.below("properties", token))
        if types_of(held) - {"null"} != {"array"} or not held.has("items"):
            found = f"the answer of {operation.id!r} has no array at {pagination.text('items')!r}"
            self._reader.wrong(pagination.below("items"), found, "point at the property that holds the items")
            return ()
        return self._types.answer(pages[0]), self._types.answer(held.below("items"))

    def _annotation(self, nodes: list[Node]) -> str:
        return union(dict.fromkeys(self._types.answer(node) for node in nodes))

    def _answers(self, operation: Operation) -> _Answers:
        answers = _Answers([], [], [], [])
        for status, node in operation.node.entries("responses"):
            if not status.startswith("2"):
                continue
            response = self._reader.follow(node)
            media = list(response.entries("content"))
            for name, held in media:
                if is_json(name.lower()):
                    answers.objects.append(held.below("schema"))
                elif name.lower() == _NDJSON:
                    answers.events.append(held.below("schema"))
                else:
                    answers.other.append(held)
            if not media:
                answers.empty.append(response)
        if not any(answers):
            found = f"{operation.id!r} has no response for success"
            self._reader.wrong(operation.node.below("responses"), found, "declare one for a status from 200 to 299")
        return answers


def _deprecated(operation: Operation) -> str | None:
    """Return what the description says of it in a sentence that begins with that word, as the replacement is there."""
    if operation.node.below("deprecated").value is not True:
        return None
    said = (text for text in sentences(operation.node.text("description")) if text.startswith("Deprecated"))
    return next(said, _DEPRECATED)


def _waiting_arguments(answer: str, interval: object) -> tuple[Argument, ...]:
    """Make the arguments that every method has that waits."""
    seconds = float(interval) if isinstance(interval, int | float) else 1.0
    return (
        Argument(
            "sleep_interval",
            "float",
            repr(seconds),
            "Seconds before the status is asked for again; later waits are longer, up to six times that. "
            f"Above 0, default {seconds}.",
        ),
        Argument("timeout", "float | None", "None", "Seconds until `JobTimeout`; `None` waits for ever. Above 0."),
        Argument(
            "callback",
            f"Callback[{answer}] | None",
            "None",
            "Called with each answer, also the last; what it returns is awaited where that is possible.",
        ),
    )
