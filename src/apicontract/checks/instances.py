"""Validate an instance against the schema of its body, and the JSON in its strings against theirs."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from apicontract.checks.validation import Validators
from apicontract.openapi import strict_json
from apicontract.openapi.document import Document, Json, MediaType
from apicontract.openapi.facts import Shape, shape_at
from apicontract.openapi.keywords import BRANCHES
from apicontract.openapi.pointer import escape
from apicontract.openapi.violation import Violation, where
from apicontract.wire.faults import Fault


class _Part(NamedTuple):
    """The parts of a schema that have strings which hold JSON."""

    at: str
    """The pointer of the schema, with references followed."""
    texts: Mapping[str, Shape]
    """The shapes of its own properties that are strings which hold JSON, by name."""
    branches: Sequence[tuple[Json, str, bool]]
    """Branches with such strings, with their pointers, and whether an instance must fit them to count."""


class Instances:
    """Validates instances by the schemas of one document."""

    def __init__(self, document: Document, validators: Validators) -> None:
        """Take the document and its validators."""
        self._document = document
        self._validators = validators
        self._parts: dict[str, _Part] = {}

    def check(self, operation: str, content: MediaType, instance: Json, root: str) -> list[Violation]:
        """Return the violations of an instance against the schema of a body, and of JSON in its strings."""
        if content.schema is None:
            return []
        found = self._validators.violations(content.schema_pointer, instance, operation, root)
        if shape_at(self._document, content.schema, content.schema_pointer).holds_json:
            for texts in self._texts_of(content.schema, content.schema_pointer, instance):
                found += self.json_texts(operation, texts, instance, root)
        return found

    def conforms(self, content: MediaType, instance: Json) -> bool:
        """Return whether `check` would find nothing."""
        if content.schema is None:
            return True
        if shape_at(self._document, content.schema, content.schema_pointer).holds_json:
            return not self.check("", content, instance, "")
        try:
            return self._validators.at(content.schema_pointer).is_valid(instance)
        except ValueError:  # not a JSON value
            return False

    def _texts_of(self, schema: Json, pointer: str, instance: Json) -> Iterator[Mapping[str, Shape]]:
        """Yield the strings that hold JSON, of a schema and of those of its branches that an instance fits."""
        pending, seen = [(schema, pointer)], set[str]()
        while pending:
            part = self._part(*pending.pop())
            if part.at in seen:
                continue
            seen.add(part.at)
            if part.texts:
                yield part.texts
            pending += [
                (branch, at) for branch, at, sure in part.branches if sure or self._validators.at(at).is_valid(instance)
            ]

    def _part(self, schema: Json, pointer: str) -> _Part:
        """Return the parts of a schema that are the same for every instance, computed once."""
        found = self._parts.get(pointer)
        if found is None:
            node, at = self._document.resolve(schema, pointer)
            node = node if isinstance(node, Mapping) else {}
            held = {
                name: shape_at(self._document, value, f"{at}/properties/{escape(name)}")
                for name, value in (node.get("properties") or {}).items()
            }
            branches = [
                (branch, f"{at}/{keyword}/{position}", keyword == "allOf")
                for keyword in BRANCHES
                for position, branch in enumerate(node.get(keyword) or ())
            ]
            found = self._parts[pointer] = _Part(
                at,
                {name: shape for name, shape in held.items() if shape.json_text is not None},
                [one for one in branches if shape_at(self._document, one[0], one[1]).holds_json],
            )
        return found

    def checker(self, operation: str, content: MediaType, root: str) -> Callable[[Json], list[Violation]]:
        """Return a function that checks many instances as `check` does; a conforming one takes one validator call."""

        def violations(instance: Json) -> list[Violation]:
            return list(dict.fromkeys(self.check(operation, content, instance, root)))

        def conform(instance: Json) -> list[Violation]:
            try:
                return [] if valid(instance) else violations(instance)
            except ValueError:  # not a JSON value
                return violations(instance)

        if content.schema is None or shape_at(self._document, content.schema, content.schema_pointer).holds_json:
            return violations
        valid = self._validators.at(content.schema_pointer).is_valid
        return conform

    def conformity(self, content: MediaType) -> Callable[[list[Json]], bool] | None:
        """Return a function that says, in one call, whether all of many instances conform.

        Returns `None` if that is not possible.
        """
        if content.schema is None:
            return lambda _: True
        if shape_at(self._document, content.schema, content.schema_pointer).holds_json:
            return None
        return self._validators.conformity(content.schema_pointer)

    def json_texts(self, operation: str, texts: Mapping[str, Shape], instance: Json, root: str) -> list[Violation]:
        """Return the violations of JSON in the strings of an object."""
        found: list[Violation] = []
        for name, shape in texts.items() if isinstance(instance, dict) else ():
            value = instance.get(name)
            if shape.json_text is None or not isinstance(value, str):
                continue
            place = where(root, [name])
            try:
                held = strict_json.load(_from_base64(value) if shape.in_base64 else value)
            except ValueError as error:
                kind = "invalid JSON in base64" if shape.in_base64 else "invalid JSON"
                fault = Fault(place, "encoding", f"{kind}: {error}", shape.pointer, value)
                found.append(fault.violation(operation))
            else:
                found += self._validators.violations(shape.json_text.pointer, held, operation, place)
        return found


def _from_base64(text: str) -> str:
    """Decode base64 in either alphabet, with or without padding."""
    padded = text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4)
    return base64.b64decode(padded.translate(_URL_SAFE), validate=True).decode()


_URL_SAFE = str.maketrans("-_", "+/")
