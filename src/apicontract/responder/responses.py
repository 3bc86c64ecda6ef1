"""Build responses from values: a status, the declared headers, a body in the declared media type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from apicontract.checks.contract import Contract
from apicontract.openapi.document import Json, MediaType, Operation, Parameter
from apicontract.openapi.document import Response as Declared
from apicontract.openapi.violation import Violation
from apicontract.values.boundaries import NOTHING
from apicontract.values.document import values_of
from apicontract.values.events import simplest_stream
from apicontract.values.examples import examples_at
from apicontract.values.vocabulary import NotUnderstood, check_schema
from apicontract.wire import media
from apicontract.wire.messages import Headers, Response
from apicontract.wire.styles import header_field


class NoAnswer(LookupError):
    """The document does not say enough for a response: the operation, what is missing, and what to do."""


class AnswerInvalid(ValueError):
    """A response that the real API could never send: every violation, and the likely fix."""

    def __init__(self, message: str, violations: Iterable[Violation] = ()) -> None:
        """Store the violations beside the message."""
        self.violations = tuple(violations)
        super().__init__("\n".join([message, *(f"  {violation}" for violation in self.violations)]))


def success(operation: Operation) -> tuple[int, Declared]:
    """Return the first documented success; raise `NoAnswer` if there is none."""
    for key, declared in operation.responses.items():
        if key.startswith("2"):
            return (int(key) if key.isdigit() else 200), declared
    if "default" in operation.responses:
        return 200, operation.responses["default"]
    raise NoAnswer(f"{operation.id}: the document has no success response for this operation; use a raw response")


def content_of(declared: Declared, *, streamed: bool | None) -> MediaType | None:
    """Choose the media type: a stream if one is requested or nothing else is declared, else JSON if there is any."""
    events = media.stream_of(declared.content)
    return events if streamed and events else media.preferred(declared.content)


def build(
    contract: Contract,
    status: int,
    declared: Declared,
    content: MediaType | None,
    value: Json,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Build a response; `headers` are added to the declared ones that have an example, or replace them."""
    fields = {name.lower(): field for name, field in declared_headers(contract, declared.headers)}
    body = b""
    if content is not None:
        encoded = media.codec(content.name).encode(value, media.Context(contract.document, content))
        fields["content-type"], body = encoded.content_type, encoded.bytes
    fields.update({name.lower(): field for name, field in (headers or {}).items()})
    return Response(status, Headers(fields), body)


def violations(
    contract: Contract, operation: Operation, response: Response, *, streamed: bool | None
) -> list[Violation]:
    """Check a response that was built; `streamed` says whether the request asked for a stream."""
    return list(contract.read_response(response, operation, streamed=streamed).violations)


def declared_headers(contract: Contract, declared: Iterable[Parameter]) -> Iterator[tuple[str, str]]:
    """Yield the headers for which the document has a value, and the required ones.

    Raises `NoAnswer` for a required header without a value that fits.
    """
    for header in declared:
        given = header.schema_pointer.rpartition("/")[0]  # the header itself, or its `content`
        schema, pointer = contract.document.resolve(header.schema, header.schema_pointer)
        schema = schema if isinstance(schema, Mapping) else {}
        found = [
            *examples_at(contract.document, contract.document.at(given), given),
            *examples_at(contract.document, schema, pointer),
            *(schema[key] for key in ("default", "const") if key in schema),
            *schema.get("enum", ()),
        ]
        valid = contract.validators.at(header.schema_pointer).is_valid
        value = next(filter(valid, found), None)
        if value is None and header.required:
            value = simplest(contract, header.schema, header.schema_pointer, f"the header {header.name}")
        if value is not None:
            try:
                yield header.name, header_field(header, value)
            except ValueError as error:
                if header.required:
                    raise NoAnswer(f"the header {header.name}: {error}; give a response") from None


def simplest(contract: Contract, schema: Json, pointer: str, what: str) -> Json:
    """Return the simplest value that fits a schema; raise `NoAnswer` if none is found."""
    try:
        check_schema(contract.document, schema, pointer)
    except NotUnderstood as error:
        raise NoAnswer(f"{what}: the document has no example, and none can be made ({error}); give a payload") from None
    value = values_of(contract.document).boundaries.simplest(schema)
    if value is NOTHING or not contract.validators.at(pointer).is_valid(value):
        raise NoAnswer(f"{what}: the document has no example, and no value fits #{pointer}; give a payload")
    return value


def simplest_events(contract: Contract, operation: Operation, what: str) -> list[Json]:
    """Return the simplest stream of an operation: its first and its last event; raise `NoAnswer` as `simplest` does."""
    content = media.stream_of(success(operation)[1].content)
    if content is None:
        raise NoAnswer(f"{what}: no event stream is declared; give a payload")
    schema: Json = True if content.schema is None else content.schema
    simplest(contract, schema, content.schema_pointer, what)  # raises an error that says why no value can be generated
    try:
        return simplest_stream(contract.document, operation)
    except LookupError as error:
        raise NoAnswer(f"{what}: the document has no example, and none can be made ({error}); give events") from None
