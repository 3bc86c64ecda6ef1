"""Export every payload and every component of a document as files of JSON Schema, with an index."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from urllib.parse import quote

from apicontract.checks.contract import Contract
from apicontract.checks.validation import schema_problem
from apicontract.cli.outcomes import CannotRun
from apicontract.cli.standalone import DIALECT, Standalone
from apicontract.openapi import media_types
from apicontract.openapi.document import Document, DocumentInvalid, Json, MediaType
from apicontract.openapi.file_names import RESERVED
from apicontract.openapi.pointer import escape
from apicontract.wire import media

INDEX = "index.json"


@dataclass(frozen=True, slots=True)
class Place:
    """One schema that gets a file, and its entry in the index."""

    path: str
    """Without suffix, such as `operations/tasks.list/200.json`."""
    schema: Json
    pointer: str
    facts: dict[str, str]


def export(contract: Contract, directory: Path, *, made_by: str) -> tuple[int, list[str]]:
    """Write the files; return the number of schemas, and the ones that could not be written, with the reason.

    Raises `CannotRun` for a directory that is not empty, and if nothing can be written.
    """
    if directory.is_dir() and any(directory.iterdir()):
        raise CannotRun(f"{directory} is not empty; name a new directory, or remove this one first")
    if directory.exists() and not directory.is_dir():
        raise CannotRun(f"{directory} is a file; name a new directory")
    files, left_out = schemas(contract.document, made_by=made_by)
    if left_out and len(files) == 1:
        raise CannotRun(f"no schema of the document can be written: {left_out[0]}")
    directory.parent.mkdir(parents=True, exist_ok=True)
    # All or nothing: the files are written beside the directory, which is renamed when all are complete.
    with TemporaryDirectory(dir=directory.parent, prefix=f".{directory.name}-") as staging:
        for path, schema in files.items():
            _write(Path(staging).resolve() / "new", path, f"{json.dumps(schema, indent=2, ensure_ascii=False)}\n")
        if directory.is_dir():
            directory.rmdir()
        (Path(staging) / "new").rename(directory)
    return len(files) - 1, left_out


def _write(directory: Path, path: str, text: str) -> None:
    """Write a new file below a directory; raise `CannotRun` if the name that the document gives it leads elsewhere."""
    target = (directory / path).resolve()
    if not target.is_relative_to(directory):
        raise CannotRun(f"{path!r} leads out of the directory; nothing was written")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)


def schemas(document: Document, *, made_by: str) -> tuple[dict[str, Json], list[str]]:
    """Return every file by its path, `index.json` last, and the schemas that cannot be written, with the reason.

    Each schema is valid and self-contained.
    """
    files: dict[str, Json] = {}
    index: list[Json] = []
    left_out: list[str] = []
    taken: set[str] = set()
    for place in _places(document):
        path = _free(place.path, taken)
        identifier = f"urn:contract:{_title(document)}:{quote(str(PurePosixPath(path).with_suffix('')), safe='/')}"
        try:
            schema = Standalone(document).schema(place.schema, identifier)
            problem = schema_problem(schema)
        except (DocumentInvalid, RecursionError) as error:
            schema, problem = {}, str(error) or "nested too deeply"
        if problem is None:
            files[path] = schema
            index.append({"file": path, **place.facts, "pointer": place.pointer})
        else:
            why = " ".join(problem.split("\n\n")[0].split())
            left_out.append(f"#{place.pointer}: cannot be written as JSON Schema 2020-12: {why}")
    files[INDEX] = {"$comment": f"Made by `{made_by} export`.", "dialect": DIALECT, "schemas": index}
    return files, left_out


def _places(document: Document) -> Iterator[Place]:
    for operation in document.operations.values():
        base = f"operations/{_file_name(operation.id)}"
        facts = {"operation": operation.id}
        if operation.request_body:
            yield from _bodies(f"{base}/request", operation.request_body.content, {**facts, "payload": "request"})
        for key, response in operation.responses.items():
            yield from _bodies(
                f"{base}/{_file_name(key)}", response.content, {**facts, "payload": "response", "status": key}
            )
    for name, schema in document.schemas.items():
        pointer = f"/components/schemas/{escape(name)}"
        yield Place(f"components/{_file_name(name)}", schema, pointer, {"component": name})


def _bodies(base: str, content: Mapping[str, MediaType], facts: dict[str, str]) -> Iterator[Place]:
    for name, body in content.items():
        if body.schema is not None:
            own = {**facts, "payload": "event"} if media.codec(name).stream else facts
            kind = {media_types.NDJSON: "event", media_types.JSON: ""}.get(name, _file_name(name))
            path = f"{base}.{kind}" if kind else base
            yield Place(path, body.schema, body.schema_pointer, {**own, "media_type": name})


def _title(document: Document) -> str:
    """Return title and version of the document for a URN (RFC 8141, section 2)."""
    info = document.raw.get("info")
    given = [str(info.get(key, "")) for key in ("title", "version")] if isinstance(info, dict) else []
    words = [re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip("-.") for text in given]
    return ":".join(filter(None, words)) or "document"


def _file_name(text: str) -> str:
    """Return a name that every file system accepts, and that does not lead out of the directory."""
    found = re.sub(r"[^A-Za-z0-9._-]+", "-", text)[:100].strip("-.") or "unnamed"
    return f"_{found}" if found.partition(".")[0].lower() in RESERVED else found


def _free(path: str, taken: set[str]) -> str:
    """Return a path that differs from all others in more than case."""
    found, count = path, 1
    while found.lower() in taken:
        count += 1
        found = f"{path}-{count}"
    taken.add(found.lower())
    return f"{found}.json"
