"""One keyword of a schema asked alone, outside of any document."""

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
    except ValueError:  # a pattern that is none, by which nothing is checked
        return jsonschema_rs.Draft202012Validator(True)


def asserts(keyword: str, limit: Json, value: Json) -> bool:
    """Whether a value satisfies a keyword, as the validation engine has it; a pattern that is none asserts nothing."""
    try:
        return _validator(json.dumps({keyword: limit})).is_valid(value)
    except ValueError:
        return True
