"""Show operations and schemas of the document as tables that fit 80 columns."""

from __future__ import annotations

import itertools
import json
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from apicontract.checks.contract import Contract
from apicontract.cli import curl, describe
from apicontract.cli.outcomes import number
from apicontract.cli.terminal import WIDTH, is_terminal, prose, show, terminal_width
from apicontract.openapi import pointer as pointers
from apicontract.openapi.document import Document, Json, MediaType, Operation, Response, Streaming
from apicontract.openapi.operation import Signature
from apicontract.openapi.pointer import escape
from apicontract.openapi.violation import printable
from apicontract.wire import media

__all__ = [
    "operation",
    "operation_json",
    "operations",
    "operations_json",
    "schemas",
    "schemas_json",
]

_LEAST = 30
"""The minimum width of the summary in a listing; if there is less, a row gets two lines."""
_FIELDS = 200
"""The maximum number of fields of a body that are shown, including those of nested objects."""


def operations(contract: Contract) -> None:
    """Print operations and webhooks, grouped by resource: id, method, path and summary."""
    width = terminal_width(sys.stdout)
    groups = [[_Row.of(one) for one in group] for group in _groups(_everything(contract))]
    for rows in groups:
        show(_listing(rows, width), wrap=width is not None and width <= WIDTH)
        if width is not None:
            show(Text())
    head = "" if width else "\n"
    counted = number(len(contract.operations), "operation")
    webhooks = contract.document.webhooks
    counted += f" and {number(len(webhooks), 'webhook')}" if webhooks else ""
    show(Text(f"{head}{counted} of {prose(contract.title)}", "bold"))


def _everything(contract: Contract) -> list[Operation]:
    return [*contract.operations, *contract.document.webhooks.values()]


class _Row(NamedTuple):
    method: str
    name: str
    path: str
    summary: str

    @classmethod
    def of(cls, operation: Operation) -> _Row:
        name = _name(operation)
        path = operation.path if name == operation.id else ""
        return cls(operation.method, printable(name), printable(path), prose(operation.summary))


def _listing(rows: list[_Row], width: int | None) -> Table:
    """Return a table with one line for each row, or two if the terminal is too narrow."""
    methods, names, paths, summaries = (max(map(len, column)) for column in zip(*rows, strict=True))
    needed = methods + names + paths + 6
    table = _table()
    for row in rows:
        cells = [Text(row.method, "green"), Text(row.name, "bold cyan")]
        if width is None:
            table.add_row(*cells, Text(row.path), Text(row.summary, "dim"))
        elif needed + _LEAST > width:
            table.add_row(
                cells[0], Text.assemble(cells[1], "\n", row.path, "  ", (row.summary, "dim"), overflow="fold")
            )
        else:
            path = row.path.ljust(paths) if needed + summaries <= width else row.path
            said = textwrap.shorten(row.summary, width - needed + paths - len(path), placeholder=" …")
            table.add_row(*cells, Text.assemble(path, "  ", (said, "dim")))
    return table


def operations_json(contract: Contract) -> list[dict[str, Json]]:
    """Return the output of `operations` as JSON."""
    return [
        {
            "id": one.id,
            "method": one.method,
            "path": one.path,
            "summary": one.summary,
            "deprecated": one.deprecated,
            "pointer": one.pointer,
        }
        for one in _everything(contract)
    ]


def operation_json(contract: Contract, found: Operation) -> dict[str, Json]:
    """Return an operation as written in the document, with every component that it refers to."""
    document = contract.document
    raw = document.at(found.pointer)
    components: dict[str, dict[str, Json]] = {}
    left = [raw]
    while left:
        for kind, name in _components(left.pop()):
            if name not in components.setdefault(kind, {}):
                components[kind][name] = document.at(f"/components/{escape(kind)}/{escape(name)}")
                left.append(components[kind][name])
    return {"id": found.id, "method": found.method, "path": found.path, "operation": raw, "components": components}


def schemas_json(contract: Contract) -> list[dict[str, Json]]:
    """Return the schemas that `validate --schema` accepts, as JSON."""
    return [{"name": name, "description": description} for name, description in _schemas(contract)]


def schemas(contract: Contract) -> None:
    """Print the schemas that `validate --schema` accepts."""
    table = _table()
    for name, description in _schemas(contract):
        table.add_row(Text(printable(name), "bold cyan"), Text(prose(description), "dim"))
    show(table, wrap=is_terminal(sys.stdout))
    show(Text(f"\n{number(len(contract.document.schemas), 'schema')} of {prose(contract.title)}", "bold"))


def _schemas(contract: Contract) -> Iterator[tuple[str, str]]:
    for name, schema in contract.document.schemas.items():
        said = schema.get("title") or schema.get("description") if isinstance(schema, Mapping) else ""
        yield name, str(said or "")


def _components(node: Json) -> Iterator[tuple[str, str]]:
    """Yield kind and name of the components that a part of a document refers to."""
    if isinstance(node, Mapping):
        steps = pointers.split(node["$ref"].removeprefix("#")) if isinstance(node.get("$ref"), str) else ()
        if len(steps) >= 3 and steps[0] == "components":
            yield steps[1], steps[2]
    for inner in node.values() if isinstance(node, Mapping) else node if isinstance(node, list) else ():
        yield from _components(inner)


def _groups(operations: Sequence[Operation]) -> list[list[Operation]]:
    """Group operations of the same resource, in the order of the first of each."""
    groups: dict[str, list[Operation]] = {}
    for one in operations:
        steps = one.path.strip("/").split("/")
        dotted = "." in one.id and _name(one) == one.id
        groups.setdefault(one.id.partition(".")[0] if dotted else steps[0], []).append(one)
    return list(groups.values())


def operation(contract: Contract, found: Operation) -> None:
    """Print everything that the document declares about one operation or webhook."""
    show(*_parts(contract, found))
    example = _payload(found) if found.id in contract.document.webhooks else curl.curl(contract, found)
    if example:
        show(Text("\nExample", "bold"), Text(_indented(example)), wrap=False)


def _name(operation: Operation) -> str:
    """Return the id, or only the path if the document gives no id."""
    return operation.path if operation.id == f"{operation.method} {operation.path}" else operation.id


def _parts(contract: Contract, found: Operation) -> Iterator[RenderableType]:
    document = contract.document
    deprecated = ("  deprecated", "bold red") if found.deprecated else ""
    own: list[str | tuple[str, str]] = (
        ["  ", (f"{found.method} ", "green"), printable(found.path)] if _name(found) == found.id else []
    )
    yield Text.assemble((printable(found.id), "bold cyan"), *own, deprecated)
    if found.summary:
        yield Text(prose(found.summary), "bold")
    for paragraph in found.description.split("\n\n"):
        if paragraph.strip():
            yield Text(f"\n{prose(paragraph)}")
    if found.parameters:
        yield Text("\nParameters", "bold")
        yield _parameters(document, found)
    if found.request_body:
        for content in found.request_body.content.values():
            yield from _request_body(document, content, required=found.request_body.required)
    yield Text("\nResponses", "bold")
    yield _responses(document, found)
    yield from _stream(document, found)
    if found.pagination:
        yield from _section("Pages", _pagination(found))
    if found.signature:
        yield from _section("Signature", _signature(found.signature))
    if found.key_alternatives:
        keys = " or ".join(" and ".join(names) for names in found.key_alternatives)
        yield from _section("Key", [f"in the header {printable(keys)}"])


def _signature(found: Signature) -> Iterator[str]:
    yield printable(f"in the header {found.header}: {found.signature} is the {found.algorithm} of {found.signed}")
    if found.timestamp is not None:
        yield printable(f"{found.timestamp} is the time of signing in seconds since 1970")
        yield f"rejected if that is more than {found.tolerance:g} seconds away"


def _payload(found: Operation) -> str:
    """Return the first example of the body that a webhook sends; empty if there is none."""
    content = next(iter(found.request_body.content.values()), None) if found.request_body else None
    example = next(iter(content.examples.values()), None) if content else None
    lines = [] if example is None else json.dumps(example, ensure_ascii=False, indent=2).splitlines()
    return "\n".join(map(printable, lines))


def _table() -> Table:
    return Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))


def _section(title: str, lines: Iterator[str] | list[str]) -> Iterator[RenderableType]:
    table = _table()
    for line in lines:
        table.add_row(Text("-"), Text(line))
    if table.row_count:
        yield Text(f"\n{title}", "bold")
        yield _inset(table)


def _inset(table: Table) -> Padding:
    return Padding(table, (0, 0, 0, 2))


def _about(rules: str, description: str, *, required: bool) -> Text:
    """Return one cell: the rules, and below them the description."""
    text = Text(rules)
    if required:
        text.append(", " if rules else "").append("required", "bold yellow")
    return text.append(f"\n{prose(description)}", "dim") if description else text


def _parameters(document: Document, found: Operation) -> Padding:
    table = _table()
    for parameter in found.parameters:
        node = document.at(parameter.pointer)
        own = str(node.get("description") or "") if isinstance(node, Mapping) else ""
        rules = describe.describe(document, parameter.schema, parameter.schema_pointer)
        table.add_row(
            Text(printable(parameter.name), "cyan", overflow="fold"),
            Text(parameter.location, "green"),
            _about(rules, own, required=parameter.required),
        )
    return _inset(table)


def _request_body(document: Document, content: MediaType, *, required: bool) -> Iterator[RenderableType]:
    title = Text.assemble(("\nRequest body  ", "bold"), (printable(content.name), "green"))
    title.append(f"  {describe.name(content.schema)}").append("  required" if required else "", "bold yellow")
    yield title
    if content.schema is None:
        return
    table = _table()
    found = describe.fields(document, content.schema, content.schema_pointer)
    for field in itertools.islice(found, _FIELDS):
        rules = describe.describe(document, field.schema, field.pointer)
        meaning = describe.description(document, field.schema, field.pointer)
        name = Text(printable(field.name), "cyan", overflow="fold")
        table.add_row(name, _about(rules, meaning, required=field.required))
    if next(found, None):
        table.add_row(Text("…"), Text("and more", "dim"))
    if table.row_count:
        yield _inset(table)
    else:
        yield _inset_text(describe.describe(document, content.schema, content.schema_pointer))
    yield from _section(
        "Rules between fields", map(printable, describe.rules(document, content.schema, content.schema_pointer))
    )


def _inset_text(text: str) -> Padding:
    return Padding(Text(text), (0, 0, 0, 2))


def _responses(document: Document, found: Operation) -> Padding:
    table = _table()
    for key, response in found.responses.items():
        about = Text()
        for content in response.content.values():
            label = describe.name(content.schema) or describe.describe(document, content.schema, content.schema_pointer)
            about.append(content.name, "green").append(f"  {label}\n")
        if not response.content:
            about.append("no body\n")
        about.append(prose(_response_description(document, response)), "dim")
        table.add_row(Text(key, "bold"), about)
    return _inset(table)


def _response_description(document: Document, response: Response) -> str:
    node = document.at(response.pointer)
    return str(node.get("description") or "") if isinstance(node, Mapping) else ""


def _stream(document: Document, found: Operation) -> Iterator[RenderableType]:
    for response in found.responses.values():
        content = media.stream_of(response.content)
        if content is None:
            continue
        yield Text(f"\nStream of {response.key}, {content.name}", "bold")
        table = _table()
        for kind, schema in _events(document, content):
            about = _about(
                describe.name(schema), describe.description(document, schema, content.pointer), required=False
            )
            table.add_row(Text(printable(kind), "cyan"), about)
        yield _inset(table)
        if response.key.startswith("2") and found.streaming:
            yield _inset_text(_said(found.streaming))


def _said(streaming: Streaming) -> str:
    """Describe how a stream is requested, begins and ends."""
    asked = [f"requested by {streaming.flag} = true"] if streaming.flag else []
    order = [f"begins with {streaming.first}"] if streaming.first else []
    order += [f"ends with {' or '.join(streaming.last)}"] if streaming.last else []
    order += [f"then comes {streaming.end}"] if streaming.end is not None else []
    return "; ".join([*asked, *([", ".join(order)] if order else [])])


def _events(document: Document, content: MediaType) -> Iterator[tuple[str, Json]]:
    """Yield the name and the schema of each event: by the discriminator, or the only schema."""
    node, _ = document.resolve(content.schema, content.schema_pointer)
    discriminator = node.get("discriminator") if isinstance(node, Mapping) else None
    mapping = discriminator.get("mapping") if isinstance(discriminator, Mapping) else None
    if mapping:
        yield from ((str(kind), {"$ref": reference}) for kind, reference in mapping.items())
    else:
        yield "event", content.schema


def _pagination(found: Operation) -> Iterator[str]:
    pages = found.pagination
    if pages is None:
        return
    yield f"the items are at {pages.items}"
    if pages.style == "page":
        yield f"{pages.parameter} has the number of the page; the number of pages is at {pages.total_pages}"
    else:
        yield f"the next page is {pages.operation} with {pages.parameter} from {pages.next_token}, absent on the last"
        if pages.repeat:
            yield f"{', '.join(pages.repeat)} is sent again with every page"
    if pages.method:
        yield f"all pages at once: the client's method {pages.method}"


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())
