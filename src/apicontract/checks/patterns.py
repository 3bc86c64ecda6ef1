"""Patterns that the validation engine cannot compile, found before anything is checked."""

from __future__ import annotations

from collections.abc import Mapping

from apicontract.openapi.document import Document
from apicontract.openapi.problems import Problem


def unusable(document: Document) -> Mapping[str, Problem]:
    """Return the invalid patterns of a document, with the problem of each."""
    found = {pattern: why for pattern in document.patterns if (why := _problem(pattern)) is not None}
    return {
        pattern: Problem(
            f"#{document.patterns[pattern][0]}",
            f"not a pattern that can be checked ({why})",
            "correct it; until then it is not checked",
        )
        for pattern, why in found.items()
    }


def _problem(pattern: str) -> str | None:
    import jsonschema_rs  # noqa: PLC0415 - a document with plain patterns does not load the engine

    try:
        jsonschema_rs.Draft202012Validator({"pattern": pattern}, validate_formats=True)
    except ValueError as error:
        return " ".join(str(error).partition("\n\n")[0].split())
    return None
