"""One keyword of a schema, evaluated alone."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from apicontract.openapi.operation import Json

if TYPE_CHECKING:
    import jsonschema_rs


@cache
def _validator(assertion: str) -> jsonschema_rs.Draft202012Validator:
    import jsonschema_rs  # noqa: PLC0415 - a program that validates nothing does not load the engine

    try:
        return jsonschema_rs.Draft202012Validator(json.loads(assertion), validate_formats=True)
    except ValueError:  # an invalid pattern, which is not checked
        return jsonschema_rs.Draft202012Validator(True)


def asserts(keyword: str, limit: Json, value: Json) -> bool:
    """Return whether a value satisfies a keyword, as the validation engine decides; an invalid pattern always holds."""
    try:
        return _validator(json.dumps({keyword: limit})).is_valid(value)
    except ValueError:
        return True
