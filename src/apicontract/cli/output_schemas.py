"""JSON Schemas (2020-12) of the outputs of this program, and of the files of a document, for editors.

Those of outputs are written here, each beside its name; those of a document are made from the table in
`openapi/objects`, so that an editor accepts what the generator accepts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from apicontract.openapi import marks
from apicontract.openapi.objects import COMPONENTS, OPENAPI, TITLES, Field, fields_of, is_reference

Schema = dict[str, Any]

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Final[Schema] = {"type": "string"}
_LINE: Final[Schema] = {"type": ["integer", "null"], "minimum": 1, "description": "From 1, where it is known."}
_COUNT: Final[Schema] = {"type": "integer", "minimum": 0}
_FLAG: Final[Schema] = {"type": "boolean"}
_DAY: Final[Schema] = {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_SIDES: Final[Schema] = {"enum": ["request", "response"]}
_POINTER: Final[Schema] = {"type": "string", "description": "A JSON pointer into the document."}


def _object(optional: tuple[str, ...] = (), /, **properties: Schema) -> Schema:
    """Return the schema of an object with these properties and no others, all required but the optional ones."""
    named = {name.rstrip("_"): schema for name, schema in properties.items()}
    required = [name for name in named if name not in optional]
    return {"type": "object", "required": required, "additionalProperties": False, "properties": named}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


_CONTRACT: Final = _object(
    ("title", "version", "edition"), title=_TEXT, version=_TEXT, edition=_object(day=_DAY, name=_TEXT)
)
_FINDING: Final = _object(
    source=_TEXT,
    line=_LINE,
    label={"type": "string", "description": "What was checked, such as `exchange 3: GET https://…`."},
    side={"enum": ["request", "response", "payload"]},
    operation=_or_null(_TEXT),
    where={"type": "string", "description": "Such as `query.page_limit` or `body.data[0]._id`."},
    rule=_TEXT,
    message=_TEXT,
    pointer=_POINTER,
    excerpt=_or_null(_TEXT),
)
_SUMMARY: Final = _object(
    unit=_TEXT,
    **dict.fromkeys(("checked", "broken", "violations", "known", "unrelated", "passed_over"), _COUNT),
    unreadable={**_COUNT, "description": "Files that cannot be read, completely or after some place."},
    unread={**_COUNT, "description": "Entries that cannot be read, of files whose others can."},
    unknown={"type": "object", "additionalProperties": _COUNT},
    interrupted=_FLAG,
    status={"enum": [0, 1, 2], "description": "The exit status."},
)
_FINDINGS: Final = _object(
    findings=_list(_FINDING),
    unrelated=_list(_object(source=_TEXT, line=_LINE, label=_TEXT, reason=_TEXT, origin=_TEXT)),
    unreadable=_list(_object(source=_TEXT, reason=_TEXT, line=_LINE, label=_TEXT)),
    summary=_SUMMARY,
    contract=_CONTRACT,
)
_OPERATIONS: Final = _list(
    _object(id=_TEXT, method=_TEXT, path=_TEXT, summary=_TEXT, deprecated=_FLAG, pointer=_POINTER)
)
_OPERATION: Final = _object(
    id=_TEXT,
    method=_TEXT,
    path=_TEXT,
    operation={"type": "object", "description": "As the document has it."},
    components={
        "type": "object",
        "description": "What it refers to, by section and name.",
        "additionalProperties": {"type": "object"},
    },
)
_SCHEMAS: Final = _list(_object(name=_TEXT, description=_TEXT))
_SEVERITY: Final[Schema] = {"enum": ["major", "undecided", "minor", "patch"]}
_EFFECT: Final[Schema] = {"enum": ["requests narrower", "requests wider", "answers narrower", "answers wider", "words"]}
_SHOWN: Final = _object(
    ("response",),
    right={"enum": ["old", "new"], "description": "The side on which the exchange is right."},
    curl=_TEXT,
    violations={"type": "array", "minItems": 1, "items": _TEXT, "description": "The violations on the other side."},
    response=_object(status=_COUNT, headers={"type": "object", "additionalProperties": _TEXT}, body=_TEXT),
)
_DIFF: Final = _object(
    severity=_or_null(_SEVERITY),
    operations=_COUNT,
    webhooks=_COUNT,
    equal=_COUNT,
    differences=_list(
        _object(
            operation=_TEXT,
            method=_TEXT,
            path=_TEXT,
            where=_TEXT,
            rule=_TEXT,
            message=_TEXT,
            effect=_EFFECT,
            severity=_SEVERITY,
            breaking=_FLAG,
            pointers=_object(("old", "new"), old=_POINTER, new=_POINTER),
            witness=_or_null(_SHOWN),
        )
    ),
)
_UPGRADE: Final = _object(
    from_=_DAY,
    to=_DAY,
    exchanges=_COUNT,
    broken=_COUNT,
    wrong_before=_COUNT,
    breaks=_list(
        _object(
            source=_TEXT,
            line=_LINE,
            exchange=_TEXT,
            day=_DAY,
            by={"type": "boolean", "description": "Whether it happened by that day, and the exact day is unknown."},
            side=_SIDES,
            violation=_TEXT,
        )
    ),
    wrong=_list(_object(source=_TEXT, line=_LINE, exchange=_TEXT, side=_SIDES, violation=_TEXT)),
    deprecated=_list(_object(name=_TEXT, instead=_or_null(_TEXT), day=_or_null(_DAY))),
    right=_list(_DAY),
)
_CHANGES: Final = _list(
    _object(
        day=_DAY,
        by=_FLAG,
        ledger=_TEXT,
        changes=_list(_object(kind={"enum": ["new", "gone", "changed"]}, where=_TEXT, message=_TEXT)),
    )
)
_FIGURE: Final = _object(covered=_COUNT, total=_COUNT)
_TEST: Final[Schema] = {"type": ["integer", "null"], "minimum": 0, "description": "An index into `tests`."}
_COVERAGE: Final = _object(
    format={"const": "apicontract coverage 1"},
    document=_object(("edition", "title", "version"), title=_TEXT, version=_TEXT, sha256=_TEXT, edition=_DAY),
    summary=_object(cells=_FIGURE, refusals=_FIGURE, operations=_FIGURE),
    tests=_list(_object(position=_COUNT, test=_TEXT)),
    findings=_list({"type": "object"}),
    operations=_list(
        _object(
            id=_TEXT,
            method=_TEXT,
            path=_TEXT,
            cells=_list(_object(place=_TEXT, case=_TEXT, kind=_TEXT, refusal=_FLAG, count=_COUNT, test=_TEST)),
        )
    ),
)


def _exchange() -> Schema:
    found: Schema = json.loads(
        files("apicontract.traffic.recordings").joinpath("exchange_lines.schema.json").read_text(encoding="utf-8")
    )
    return found


# Documents

_PLAIN: Final[Mapping[str, Schema]] = {
    "text": _TEXT,
    "flag": _FLAG,
    "count": _COUNT,
    "number": {"type": "number"},
    "texts": _list(_TEXT),
    "text_or_texts": {"anyOf": [_TEXT, _list(_TEXT)]},
    "texts_by_name": {"type": "object", "additionalProperties": _list(_TEXT)},
    "text_by_name": {"type": "object", "additionalProperties": _TEXT},
    "groups": _list(_list(_TEXT)),
    "requirements": _list({"type": "object", "additionalProperties": _list(_TEXT)}),
    "values": {"type": "array"},
    "settings": {"type": "object"},
    "any": {},
}
_REFERENCE: Final[Schema] = {"type": "string", "description": "`#/…` in this file, or `FILE#/…` relative to it."}
_MARKS: Final[Schema] = {
    marks.SINCE: {**_DAY, "description": "There from that day on."},
    marks.UNTIL: {**_DAY, "description": "Gone from that day on."},
    marks.WAS: {
        "type": "array",
        "description": "What keywords were before a day; `~` for one that was not there.",
        "items": {"type": "object", "required": ["until"], "properties": {"until": _DAY}},
    },
}


def _of(kind: str) -> Schema:
    return {"$ref": f"#/$defs/{kind}"}


def _field(field: Field) -> Schema:
    if not field.kind:
        return _PLAIN[field.form]
    held = _of(field.kind)
    match field.form:
        case "list":
            return _list(held)
        case "map":
            return {"type": "object", "additionalProperties": held}
        case "one_or_flag":
            return {"anyOf": [held, _FLAG]}
    return held


def _kind(kind: str) -> Schema:
    """Return the schema of a kind of object, which can also be a reference to one."""
    fields = fields_of(kind)
    refers = is_reference(kind, {"$ref": ""})
    found: Schema = {
        "title": TITLES[kind],
        "type": "object",
        "additionalProperties": False,
        "properties": {
            **{name: _field(field) for name, field in fields.items()},
            **_MARKS,
            **({"$ref": _REFERENCE, marks.INSTEAD: _TEXT, marks.SUNSET: _DAY} if refers else {}),
        },
    }
    required = [name for name, field in fields.items() if field.required]
    if required and refers:
        found |= {"if": {"not": {"required": ["$ref"]}}, "then": {"required": required}}
    elif required:
        found["required"] = required
    return found


@cache
def _kinds() -> Schema:
    return {kind: _kind(kind) for kind in OPENAPI}


def _document() -> Schema:
    return {**_of("document"), "$defs": _kinds()}


def _file_of(*kinds: str) -> Callable[[], Schema]:
    """Return a function that returns the schema of a file with objects of some kinds, by name."""
    held = _of(kinds[0]) if len(kinds) == 1 else {"anyOf": [_of(kind) for kind in kinds]}
    return lambda: {"type": "object", "additionalProperties": held, "$defs": _kinds()}


def _editions() -> Schema:
    edition = _object(day=_DAY, name=_TEXT, package=_TEXT, witness=_TEXT)
    change = _object(("by",), ledger=_TEXT, by=_FLAG)
    return _object(
        editions=_list(edition),
        releases={"type": "object", "additionalProperties": _DAY},
        days={"type": "object", "propertyNames": _DAY, "additionalProperties": change},
    )


_SECTIONS: Final = {f"spec-{name}": kind for kind, name in COMPONENTS.items() if name != "links"}
OWN: Final[Mapping[str, tuple[str, Callable[[], Schema]]]] = {
    "findings": ("What `check`, `validate`, `serve` and `proxy` write with --format json", lambda: _FINDINGS),
    "operations": ("What `operations --format json` writes", lambda: _OPERATIONS),
    "operation": ("What `show --format json` writes", lambda: _OPERATION),
    "schemas": ("What `schemas --format json` writes", lambda: _SCHEMAS),
    "diff": ("What `diff --format json` writes", lambda: _DIFF),
    "upgrade": ("What `upgrade --format json` writes", lambda: _UPGRADE),
    "changes": ("What `changes --format json` writes", lambda: _CHANGES),
    "coverage": ("A coverage report in JSON", lambda: _COVERAGE),
    "exchange": ("A line of what `proxy --record` writes", _exchange),
    "spec": ("A document in the form that the generator accepts", _document),
    "spec-paths": ("A file of paths, or of webhooks", _file_of("path_item", "webhook")),
    **{name: (f"A file of {TITLES[kind]}s, by name", _file_of(kind)) for name, kind in _SECTIONS.items()},
    "spec-editions": ("The days on which an API changed, and its editions", _editions),
}
"""The schemas by name: a description, and a function that returns each."""


def own_schema(name: str) -> Schema:
    """Return one of these schemas, which is self-contained."""
    title, make = OWN[name]
    return {"$schema": _DIALECT, **make(), "title": title}
