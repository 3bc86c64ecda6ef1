"""What the document says and the days of its marks, in the form of `today.tsv`, `gone.tsv` and `days.tsv`.

A row of `today.tsv` has a place, a keyword, its value as JSON, and where it comes from:

    S  the vendor's SDK 1.3.6: its parameters and types
    O  the vendor's documents of 2026-07-30 and of about 2026-10-01, as keywords
    T  the vendor's texts of that time
    V  the vendor's document of 2026-02-17, as keywords

or the entry of the ledger that departs from them, or chose where they say nothing. A place is a schema and what follows
in it (`.name` a property, `[]` an item, `.*` any other key, `/allOf/1` what has no name), or an operation, or one of
its parameters. `* query.page` stands for that parameter of every operation, `* path` for every path parameter; a row
with the value `-` takes that back for one.

Compared are bounds, enums, defaults, what is required, the names and types of properties, and of operations the method,
the path, the statuses, and whether they are deprecated.

`gone.tsv` has in the same form, without a source, what the document with all its marks says and the newest does not:
the inside of what went. A row of `days.tsv` has the place of a mark, what changed (`since`, `until`, or a keyword), the
day, and the value that the keyword had before; a text has none. What happened on a day, and how that is known, is in
the ledger under E.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

Found: TypeAlias = dict[tuple[str, str], str]
"""Place and keyword -> value as JSON."""

TABLE = Path(__file__).parent / "today.tsv"
GONE = Path(__file__).parent / "gone.tsv"
DAYS = Path(__file__).parent / "days.tsv"
_METHODS = ("get", "put", "post", "delete", "patch")
BOUNDS = frozenset(
    (
        "const",
        "default",
        "dependentRequired",
        "enum",
        "exclusiveMaximum",
        "exclusiveMinimum",
        "maxItems",
        "maxLength",
        "maxProperties",
        "maximum",
        "minItems",
        "minLength",
        "minProperties",
        "minimum",
        "multipleOf",
        "pattern",
        "required",
        "uniqueItems",
    )
)
_TEXTS = frozenset(("$comment", "description", "example", "examples", "summary", "title", "value"))
_UNSEEN = frozenset(("$comment", "description", "discriminator", "example", "examples", "summary", "title", "x-was"))


def rows(path: Path, columns: int) -> list[list[str]]:
    """Return the rows of a table, without its head."""
    with path.open(encoding="utf-8", newline="") as file:
        found = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    assert all(len(row) == columns for row in found)
    return found


def stated(found: Found) -> Found:
    """Return what the table states; a general row holds for each parameter that was found."""
    table = {(place, keyword): value for place, keyword, value, _ in rows(TABLE, 4)}
    general = {row: value for row, value in table.items() if row[0].startswith("* ")}
    exact = {row: value for row, value in table.items() if row not in general}
    for parameter in {place for place, keyword in found if keyword == "type" and " " in place}:
        _, _, name = parameter.partition(" ")
        for (place, keyword), value in general.items():
            if place in (f"* {name}", f"* {name.partition('.')[0]}"):
                exact.setdefault((parameter, keyword), value)
    return {row: value for row, value in exact.items() if value != "-"}


def found(document: Mapping[str, Any]) -> Found:
    """Return what a document says."""
    read = _Reader(document)
    facts = [fact for name in document["components"]["schemas"] for fact in read.schema(name)]
    facts += [fact for path, item in document["paths"].items() for fact in read.path(path, item)]
    return {(place, keyword): json.dumps(value, ensure_ascii=False) for place, keyword, value in facts}


def waiting(document: Mapping[str, Any]) -> dict[str, tuple[set[str], set[str], set[str]]]:
    """Return the listed statuses of each job that can be waited for, and those with which it is done or has failed."""
    read = _Reader(document)
    return {
        operation["operationId"]: (read.statuses(operation), set(settings["done"]), set(settings["failed"]))
        for item in document["paths"].values()
        for operation in item.values()
        if isinstance(operation, Mapping) and (settings := operation.get("x-waiting"))
    }


class _Reader:
    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document

    def schema(self, name: str) -> Iterator[tuple[str, str, Any]]:
        yield from self._walk(self._document["components"]["schemas"][name], name)

    def path(self, path: str, item: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
        for method in (key for key in _METHODS if key in item):
            operation = item[method]
            name = operation["operationId"]
            yield name, "operation", f"{method.upper()} {path}"
            yield name, "statuses", " ".join(sorted(operation["responses"]))
            if operation.get("deprecated"):
                yield name, "deprecated", True
            for parameter in map(self._resolve, (*item.get("parameters", ()), *operation.get("parameters", ()))):
                place = f"{name} {parameter['in']}.{parameter['name']}"
                yield place, "type", self._type(parameter["schema"])
                if parameter["in"] != "path" and parameter.get("required"):
                    yield place, "required", True
                yield from self._walk(parameter["schema"], place)

    def statuses(self, operation: Mapping[str, Any]) -> set[str]:
        settings = operation["x-waiting"]
        node = operation["responses"]["200"]["content"]["application/json"]["schema"]
        if each := settings.get("each"):
            node = self._resolve(self._lead(node, each))["items"]
        node = self._resolve(self._lead(node, settings["status"]))
        return {value for one in (node, *node.get("anyOf", ())) for value in self._resolve(one).get("enum", ())}

    def _lead(self, node: Mapping[str, Any], pointer: str) -> Mapping[str, Any]:
        for name in pointer.split("/")[1:]:
            node = self._resolve(node)["properties"][name]
        return node

    def _walk(self, node: Mapping[str, Any], place: str) -> Iterator[tuple[str, str, Any]]:
        for key, value in node.items():
            if key in BOUNDS:
                yield place, key, sorted(value, key=str) if key in ("enum", "required") else value
            elif key == "properties":
                if "/" not in place:
                    yield place, "properties", " ".join(f"{name}:{self._type(value[name])}" for name in sorted(value))
                for name, one in value.items():
                    yield from self._walk(one, f"{place}.{name}")
            elif key in ("items", "additionalProperties") and isinstance(value, Mapping):
                yield from self._walk(value, place + ("[]" if key == "items" else ".*"))
            elif isinstance(value, Mapping) and key not in _UNSEEN:
                yield from self._walk(value, f"{place}/{key}")
            elif isinstance(value, list) and key not in _UNSEEN:
                for number, one in enumerate(value):
                    if isinstance(one, Mapping):
                        yield from self._walk(one, f"{place}/{key}/{number}")

    def _type(self, node: Mapping[str, Any]) -> str:
        node = self._resolve(node)
        if "type" in node:
            listed = node["type"] if isinstance(node["type"], list) else [node["type"]]
            inner = f"[{self._type(node['items'])}]" if "items" in node else ""
            return "|".join(sorted(listed)) + inner
        several = {self._type(one) for key in ("anyOf", "oneOf") for one in node.get(key, ())}
        return "|".join(sorted(several)) or "any"

    def _resolve(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        while "$ref" in node:
            target: Any = self._document
            for token in node["$ref"].removeprefix("#/").split("/"):
                target = target[token]
            node = target
        return node


def marks(document: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Yield each mark of a document as the rows of `days.tsv`: place, what changed, the day, and what was before."""
    return _marks(document, "")


def _marks(node: Any, place: str) -> Iterator[tuple[str, str, str, str]]:
    if isinstance(node, list):
        for number, one in enumerate(node):
            named = isinstance(one, Mapping) and "in" in one and "name" in one
            yield from _marks(one, f"{place}/{one['in']}.{one['name']}" if named else f"{place}/{number}")
    if not isinstance(node, Mapping):
        return
    for key, value in node.items():
        if key in ("x-since", "x-until"):
            yield place, key.removeprefix("x-"), value, ""
        elif key == "x-was":
            for entry in value:
                for keyword in entry.keys() - {"until"}:
                    before = "" if keyword in _TEXTS else json.dumps(entry[keyword], ensure_ascii=False)
                    yield place, keyword, entry["until"], before
        elif key != "x-editions":
            yield from _marks(value, below(place, key))


def below(place: str, key: str) -> str:
    if place in ("/components/schemas", "/paths"):
        return key
    return f"{place}.{key}".replace("/properties.", ".") if place.endswith("/properties") else f"{place}/{key}"
