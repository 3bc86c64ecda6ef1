"""Validate instances against the schemas of a document, with every format and every JSON string asserted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import jsonschema_rs

from apicontract.openapi.pointer import fragment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apicontract.openapi.objects import Json
    from codegen.view import Tokens, View

_DOCUMENT = "urn:document"
_LONGEST = 160
"""The maximum length of a message, because the validator quotes whole instances."""


class Validators:
    """The compiled schemas of one document, by place."""

    def __init__(self, view: View) -> None:
        self._registry = jsonschema_rs.Registry([(_DOCUMENT, dict(view.document))])
        self._compiled: dict[Tokens, jsonschema_rs.Draft202012Validator] = {}
        self._keywords: dict[str, Any] = {"contentSchema": _json_text(self)}

    def errors(self, schema: Tokens, instance: Json) -> Iterator[tuple[Tokens, str]]:
        """Yield the places where an instance violates the schema at a place, with the messages.

        Raises `ValueError` if the schema cannot be compiled.
        """
        validator = self._compiled.get(schema)
        if validator is None:
            reference = f"{_DOCUMENT}#{quote(fragment(schema)[1:], safe='/~')}"
            validator = self._compiled[schema] = self.compile({"$ref": reference})
        for error in validator.iter_errors(instance):
            yield tuple(map(str, error.instance_path)), _shortened(error.message)

    def compile(self, schema: Json) -> jsonschema_rs.Draft202012Validator:
        """Compile a schema whose references have the URI of the document; raise `ValueError` if that fails."""
        try:
            return jsonschema_rs.Draft202012Validator(
                schema, registry=self._registry, validate_formats=True, keywords=self._keywords, offline=True
            )
        except jsonschema_rs.ValidationError as error:
            raise ValueError(error.message) from None


def parse(text: str) -> Json:
    """Parse JSON text; raise `ValueError` with the reason if it is invalid."""
    try:
        return json.loads(text, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _refuse(constant: str) -> Json:
    raise ValueError(f"{constant} is not JSON")


def _json_text(validators: Validators) -> type:
    """Return a class that makes the keyword `contentSchema` an assertion; in JSON Schema it is an annotation."""

    class JsonText:
        def __init__(self, _parent: Json, value: Json, _path: Json) -> None:
            self._schema = _absolute(value)
            self._validator: jsonschema_rs.Draft202012Validator | None = None

        def validate(self, instance: Json) -> None:
            if not isinstance(instance, str):
                return
            try:
                held = parse(instance)
            except ValueError as error:
                raise ValueError(f"the text is invalid JSON: {error}") from None
            if self._validator is None:
                try:
                    self._validator = validators.compile(self._schema)
                except ValueError:
                    raise ValueError("the JSON text cannot be checked: its contentSchema is wrong") from None
            if wrong := next(self._validator.iter_errors(held), None):
                where = fragment(map(str, wrong.instance_path))
                raise ValueError(f"the JSON text breaks its contentSchema at {where}: {wrong.message}")

    return JsonText


def _absolute(schema: Json) -> Json:
    """Return a schema whose references have the URI of the document, so that it can be used outside of it."""
    if isinstance(schema, dict):
        named = {key: _absolute(held) for key, held in schema.items()}
        return named | {"$ref": _DOCUMENT + schema["$ref"]} if isinstance(schema.get("$ref"), str) else named
    return [_absolute(held) for held in schema] if isinstance(schema, list) else schema


def _shortened(message: str) -> str:
    """Keep both ends of a message: the quoted instance comes first, the rule last."""
    if len(message) <= _LONGEST:
        return message
    return f"{message[: _LONGEST // 2]} ... {message[-_LONGEST // 2 :]}"
