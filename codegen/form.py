"""Report everything that the table of OpenAPI objects does not know, and return the rest.

All later rules can rely on the types of what they find: an unknown key, or a value of the wrong form, is reported once
and left out. An invalid object is replaced by an empty one, so that references to it still resolve.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apicontract.guess import nearest
from apicontract.openapi.bounds import is_number
from apicontract.openapi.objects import LIFE, PLAIN, TITLES, Field, Json, fields_of, is_reference

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from apicontract.openapi.marks import Tokens

    Report = Callable[[Tokens, str, str], None]

_WRONG: Json = object()
"""Stands for a value that was left out, because a document can contain `None`."""


def beside_reference(kind: str) -> tuple[str, ...]:
    """Return the keys that are allowed beside the `$ref` of an object of a kind."""
    return ("description", "deprecated", *LIFE) if kind == "schema" else ("summary", "description")


def cleaned(document: Mapping[str, Json], report: Report) -> tuple[dict[str, Json], dict[Tokens, None]]:
    """Return a copy of a document without unsupported parts, which are reported, and the places of those parts."""
    cleaner = _Cleaner(report)
    return cleaner.object("document", document, ()), cleaner.refused


class _Cleaner:
    """Copies objects by the table."""

    def __init__(self, report: Report) -> None:
        self.refused: dict[Tokens, None] = {}
        self._report = report

    def object(self, kind: str, value: Mapping[str, Json], tokens: Tokens) -> dict[str, Json]:
        """Copy the known keys of an object, and report missing ones."""
        if is_reference(kind, value):
            forms = {key: fields_of(kind).get(key, Field("text")) for key in value}
            kept = {key: held for key, held in value.items() if self._plain(key, forms[key], held, (*tokens, key))}
            return kept if "$ref" in kept else {}
        fields = fields_of(kind)
        copied: dict[str, Json] = {}
        for key, held in value.items():
            if key not in fields:
                found = f"the key {key!r} is not understood in this {TITLES[kind]}"
                self._refuse((*tokens, key), found, _advice(key, fields))
                continue
            kept = self._field(key, fields[key], held, (*tokens, key))
            if kept is not _WRONG:
                copied[key] = kept
        for key, field in fields.items():
            if field.required and key not in value:
                self._report(tokens, f"this {TITLES[kind]} has no {key!r}", "add it")
        return copied

    def _field(self, key: str, field: Field, held: Json, tokens: Tokens) -> Json:
        """Copy the value of a key; return `_WRONG` if it has the wrong form."""
        if not field.kind:
            return held if self._plain(key, field, held, tokens) else _WRONG
        if field.form == "one_or_flag" and isinstance(held, bool):
            return held
        if field.form == "list":
            if not isinstance(held, list):
                return self._wrong(f"{key!r}", "a list", held, tokens)
            return [self._item(field.kind, item, (*tokens, str(n))) for n, item in enumerate(held)]
        if field.form == "map":
            if not isinstance(held, dict):
                return self._wrong(f"{key!r}", "a mapping", held, tokens)
            return {name: self._item(field.kind, item, (*tokens, name)) for name, item in held.items()}
        if not isinstance(held, dict):
            wanted = "a mapping" if field.form == "one" else "true, false or a mapping"
            self._wrong(f"{key!r}", wanted, held, tokens)
            return {}
        return self.object(field.kind, held, tokens)

    def _item(self, kind: str, value: Json, tokens: Tokens) -> dict[str, Json]:
        if isinstance(value, dict):
            return self.object(kind, value, tokens)
        self._wrong(f"this {TITLES[kind]}", "a mapping", value, tokens)
        return {}

    def _plain(self, key: str, field: Field, held: Json, tokens: Tokens) -> bool:
        if not FORMS[field.form](held):
            self._wrong(f"{key!r}", PLAIN[field.form], held, tokens)
            return False
        if field.form == "text" and not held.strip():
            self._refuse(tokens, f"{key!r} is empty", "write it, or remove the key")
            return False
        return True

    def _wrong(self, what: str, wanted: str, held: Json, tokens: Tokens) -> Json:
        scalar = isinstance(held, (bool, int, float))
        fix = "quote it" if wanted == "a string" and scalar else "correct it"
        found = f"is {_described(held)}"
        if wanted.partition(" of ")[0] == _described(held):
            found = "contains something else"
        self._refuse(tokens, f"{what} must be {wanted}, and {found}", fix)
        return _WRONG

    def _refuse(self, tokens: Tokens, message: str, fix: str) -> None:
        self.refused[tokens] = None
        self._report(tokens, message, fix)


def _advice(key: str, fields: Mapping[str, Field]) -> str:
    near = nearest(key, fields, 0.8)
    return f"did you mean {near!r}?" if near else "remove it"


def _described(value: Json) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return f"the boolean {str(value).lower()}"
    if isinstance(value, (int, float)):
        return f"the number {value}"
    if isinstance(value, str):
        return f"the string {value!r}"
    return "a list" if isinstance(value, list) else "a mapping"


def _text(value: Json) -> bool:
    return isinstance(value, str)


def _texts(value: Json) -> bool:
    return isinstance(value, list) and all(map(_text, value))


def _texts_by_name(value: Json) -> bool:
    return isinstance(value, dict) and all(map(_texts, value.values()))


FORMS: Mapping[str, Callable[[Json], bool]] = {
    "text": _text,
    "flag": lambda value: isinstance(value, bool),
    "count": lambda value: is_number(value) and isinstance(value, int) and value >= 0,
    "number": is_number,
    "texts": _texts,
    "text_or_texts": lambda value: _text(value) or _texts(value),
    "texts_by_name": _texts_by_name,
    "text_by_name": lambda value: isinstance(value, dict) and all(map(_text, value.values())),
    "groups": lambda value: isinstance(value, list) and all(map(_texts, value)),
    "requirements": lambda value: isinstance(value, list) and all(map(_texts_by_name, value)),
    "values": lambda value: isinstance(value, list),
    "settings": lambda value: isinstance(value, dict),
    "any": lambda _: True,
}
"""Functions that return whether a value has a form of plain values, by form."""
