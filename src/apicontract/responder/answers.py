"""Build responses on request, and check each against the contract."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from http import HTTPStatus
from typing import NoReturn

from apicontract.checks.contract import Contract
from apicontract.guess import nearest
from apicontract.openapi import media_types
from apicontract.openapi.document import Document, Json, MediaType, Operation
from apicontract.openapi.document import Response as Declared
from apicontract.openapi.facts import shape_at
from apicontract.openapi.pointer import escape, split
from apicontract.responder import listing, responses
from apicontract.responder.listing import Listing
from apicontract.responder.payloads import put
from apicontract.responder.responses import AnswerInvalid
from apicontract.values.examples import examples_at
from apicontract.wire import media
from apicontract.wire.messages import Response

RAW = "for a response that is wrong on purpose, pass an httpx.Response to respond_raw"
_KINDS = {"missing": ("missing", "required", "dependentRequired"), "unknown": ("undeclared",)}
"""Rules with an error code of their own in many APIs; all others are invalid values."""
_WORDS = {
    "missing": ("not_provided", "missing", "required"),
    "unknown": ("unknown", "unexpected", "unrecognized"),
    "invalid": ("invalid",),
}
"""Words of which the error code for each kind of violation has one in many APIs."""
_PHRASES = {int(status): status.phrase for status in HTTPStatus}


class Answers:
    """Builds responses from values, or from examples if no value is given."""

    def __init__(self, contract: Contract) -> None:
        """Take the contract; examples are read on first use."""
        self.contract = contract
        self._examples: dict[tuple[str, int, str], tuple[Json, ...]] = {}
        self._shared: dict[int, tuple[Declared, Json] | None] = {}

    def success(self, operation: Operation, payload: Json, headers: Mapping[str, str] | None = None) -> Response:
        """Build the success of an operation with a payload; raise `AnswerInvalid` if it breaks the contract."""
        status, declared = responses.success(operation)
        content = responses.content_of(declared, streamed=False)
        if _is_stream(content):
            _reject(operation, "always responds with an event stream; pass its events to stream")
        if content is None and payload is not None:
            _reject(operation, f"status {status} has no body; give None. Or, {RAW}")
        return self._checked(operation, status, declared, content, payload, headers, "this payload")

    def stream(
        self, operation: Operation, events: Sequence[Json], headers: Mapping[str, str] | None = None
    ) -> Response:
        """Build the event stream of an operation; raise `AnswerInvalid` if it breaks the contract."""
        status, declared = responses.success(operation)
        content = media.stream_of(declared.content)
        if content is None:
            _reject(operation, f"no event stream ({media_types.NDJSON}) is declared; give a payload to respond")
        return self._checked(operation, status, declared, content, list(events), headers, "this stream")

    def error_response(
        self, operation: Operation, status: int, payload: Json = None, headers: Mapping[str, str] | None = None
    ) -> Response:
        """Build an error response of an operation; without a payload, with the documented example of its status.

        If the status is only declared by a range or as `default`, the example is one that other operations have for it,
        or that of another error response with its message replaced by the name of the status. Raises `AnswerInvalid` if
        the response breaks the contract.
        """
        if not isinstance(status, int):
            _reject(operation, f"a status is a number, such as 429, not {status!r}")
        if not 400 <= status <= 599:
            _reject(operation, f"status {status} is not an error, which is 400 to 599. Or, {RAW}")
        declared = operation.response(status)
        if declared is None:
            known = ", ".join(key for key in operation.responses if key[0] not in "123") or "none"
            _reject(operation, f"status {status} is not declared; declared error responses are {known}. Or, {RAW}")
        content = responses.content_of(declared, streamed=False)
        if content is None and payload is not None:
            _reject(operation, f"status {status} has no body; give the status alone. Or, {RAW}")
        if content is not None and payload is None:
            payload = self.first(operation, status, declared, content)
            if declared.key != str(status):
                payload = self._other(operation, status, declared, content, payload)
        return self._checked(operation, status, declared, content, payload, headers, "this error response")

    def example(self, operation: Operation, name: str) -> tuple[Response, bool]:
        """Build the response of a named example, of any status; also return whether it is an event stream.

        Raises `LookupError` if no response of the operation has it.
        """
        known: list[str] = []
        for key, declared in sorted(operation.responses.items(), key=lambda item: item[0] == "4XX"):
            for content in declared.content.values():
                known += content.examples
                if name in content.examples:
                    status = _status_of(operation, key)
                    what, value = f"the example {name!r}", content.examples[name]
                    answer = self._checked(operation, status, declared, content, value, None, what)
                    return answer, _is_stream(content)
        near = nearest(name, known)
        hint = f"did you mean {near!r}?" if near else f"known are {', '.join(known) or 'none'}"
        raise LookupError(f"{operation.id} has no example {name!r} of a response; {hint}")

    def listing(
        self, operation: Operation, pages: Sequence[Sequence[Json]], around: Mapping[str, Json] | None = None
    ) -> Listing:
        """Build a listing of items.

        Raises `AnswerInvalid` if a page breaks the contract, or if this is not a listing.
        """
        pagination = operation.pagination
        if pagination is None:
            _reject(operation, "this is not a listing: it has no `x-pagination` in the document")
        if not pagination.items:
            _reject(operation, "the items are the payload itself; give each page as a payload, in a sequence")
        status, declared = responses.success(operation)
        content = responses.content_of(declared, streamed=False)
        examples = () if content is None else self.examples(operation, status, declared, content)
        fits = self.fits(operation, status, declared, content)
        listed = listing.build(self.contract, operation, examples, list(pages) or [[]], around or {}, fits)
        follower = self.contract.operation(pagination.operation or operation.id)
        for index, payload in enumerate(listed):
            owner = operation if index == 0 else follower
            at, given = responses.success(owner)
            own = responses.content_of(given, streamed=False)
            self._checked(owner, at, given, own, payload, None, f"page {index + 1}")
        return Listing(self.contract, operation, listed)

    # Examples

    def examples(self, operation: Operation, status: int, declared: Declared, content: MediaType) -> tuple[Json, ...]:
        """Return the valid examples of a body: of its media type, else of its schema."""
        key = operation.id, status, content.pointer
        if key not in self._examples:
            document = self.contract.document
            found = examples_at(document, document.at(content.pointer), content.pointer)
            schema, pointer = document.resolve(content.schema, content.schema_pointer)
            if not found and isinstance(schema, Mapping) and not _is_stream(content):
                found = examples_at(document, schema, pointer)
            self._examples[key] = tuple(filter(self.fits(operation, status, declared, content), found))
        return self._examples[key]

    def shared(self, status: int) -> tuple[Declared, Json] | None:
        """Return the error response of a status that most operations have, with its first example; `None` if none."""
        if status not in self._shared:
            found: Counter[str] = Counter()
            kept: dict[str, tuple[Declared, Json]] = {}
            for operation in self.contract.operations:
                declared = operation.responses.get(str(status))
                content = declared and responses.content_of(declared, streamed=False)
                if declared and content and media.codec(content.name).carrier == "json":
                    for example in self.examples(operation, status, declared, content)[:1]:
                        found[content.pointer] += 1
                        kept.setdefault(content.pointer, (declared, example))
            common = found.most_common(1)
            self._shared[status] = kept[common[0][0]] if common else None
        return self._shared[status]

    def _other(self, operation: Operation, status: int, declared: Declared, content: MediaType, example: Json) -> Json:
        """Return the body of an error response without an example, based on that of another status."""
        phrase, shared, pointer = _PHRASES.get(status, f"Status {status}"), self.shared(status), sentence_of(example)
        others = [with_sentence(shared[1], phrase)] if shared else []
        if pointer:
            alone: Json = phrase
            for token in reversed(split(pointer)):
                alone = {token: alone}
            others.append(alone)
        fits = self.fits(operation, status, declared, content)
        return next(filter(fits, others), with_sentence(example, phrase))

    def first(self, operation: Operation, status: int, declared: Declared, content: MediaType) -> Json:
        """Return the first example of a body, else the simplest value; raise `NoAnswer` if there is neither."""
        found = self.examples(operation, status, declared, content)
        if found:
            return found[0]
        what = f"{operation.id}, status {status}"
        if _is_stream(content):
            return responses.simplest_events(self.contract, operation, what)
        if content.schema is None:
            return {} if media.codec(content.name).carrier == "json" else "text"
        return responses.simplest(self.contract, content.schema, content.schema_pointer, what)

    def fits(
        self, operation: Operation, status: int, declared: Declared, content: MediaType | None
    ) -> Callable[[Json], bool]:
        """Return a function that checks whether a value is a body that the contract admits."""

        def fits(value: Json) -> bool:
            answer = responses.build(self.contract, status, declared, content, value)
            return not responses.violations(self.contract, operation, answer, streamed=_is_stream(content))

        return fits

    def _checked(
        self,
        operation: Operation,
        status: int,
        declared: Declared,
        content: MediaType | None,
        value: Json,
        headers: Mapping[str, str] | None,
        what: str,
    ) -> Response:
        try:
            answer = responses.build(self.contract, status, declared, content, value, headers)
        except (TypeError, ValueError, RecursionError) as error:
            fix = "give dicts, lists, strings, numbers, booleans and None; of a model, model_dump(mode='json')"
            raise AnswerInvalid(f"{operation.id}: {what} is not a JSON value ({error}); {fix}") from None
        found = responses.violations(self.contract, operation, answer, streamed=_is_stream(content))
        if found:
            note = f"{operation.id}: {what} is one that the real API could never send; fix it. Or, {RAW}:"
            raise AnswerInvalid(note, found)
        return answer


def _status_of(operation: Operation, key: str) -> int:
    """Return a status that a key of responses stands for."""
    if key.isdigit():
        return int(key)
    first = 500 if key == "default" else int(key[0]) * 100
    return next((status for status in range(first, first + 100) if str(status) not in operation.responses), first)


def _is_stream(content: MediaType | None) -> bool:
    return content is not None and media.codec(content.name).stream is not None


def _reject(operation: Operation, note: str) -> NoReturn:
    raise AnswerInvalid(f"{operation.id}: {note}")


def sentence_of(payload: Json) -> str | None:
    """Return a pointer to the message in an error response: the string with the most words, at least two.

    Returns `None` if there is none.
    """
    words = {pointer: text.count(" ") for pointer, text in _texts(payload) if " " in text}
    return max(words, key=lambda pointer: words[pointer], default=None)


def _texts(payload: Json, pointer: str = "") -> Iterator[tuple[str, str]]:
    """Yield the strings of an object, and of the objects in it, with their pointers."""
    for name, value in payload.items() if isinstance(payload, Mapping) else ():
        if isinstance(value, str):
            yield f"{pointer}/{escape(name)}", value
        else:
            yield from _texts(value, f"{pointer}/{escape(name)}")


def with_code(document: Document, content: MediaType, payload: Json, rule: str) -> Json:
    """Return an error response with the code for a violated rule, if the document lists one.

    Codes are strings of a property that lists them, as `enum` or as examples; the right one is found by its words.
    """
    kind = next((kind for kind, rules in _KINDS.items() if rule in rules), "invalid")
    for pointer, value in _texts(payload):
        shape = shape_at(document, content.schema, content.schema_pointer)
        for token in split(pointer):
            shape = shape.property(token)
        node, _ = document.resolve(*shape.given)
        listed = (node.get("enum") or node.get("examples")) if isinstance(node, Mapping) else None
        if isinstance(listed, list) and value in listed:
            codes = [code for code in listed if isinstance(code, str)]
            fitting = [code for word in _WORDS[kind] for code in codes if word in code.lower()]
            if fitting and value not in fitting:
                return _with(payload, pointer, fitting[0])
            return payload
    return payload


def with_sentence(payload: Json, sentence: str) -> Json:
    """Return an error response with another message, if it has one."""
    pointer = sentence_of(payload)
    return _with(payload, pointer, sentence) if pointer else payload


def _with(payload: Json, pointer: str, value: str) -> Json:
    made = deepcopy(payload)
    put(made, pointer, value)
    return made
