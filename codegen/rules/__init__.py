"""Say what is wrong in a document that could be read: our own rules, and every example against its schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codegen.problems import Problem, to_pointer
from codegen.rules import document as root
from codegen.rules import keywords, objects, operations, pagination, parameters, streaming, unions, waiting
from codegen.rules.form import cleaned
from codegen.rules.view import View

if TYPE_CHECKING:
    from codegen.bundle import Bundle
    from codegen.rules.view import Tokens

__all__ = ["check"]

_RULES = (root, operations, parameters, keywords, objects, unions, pagination, streaming, waiting)


def check(bundle: Bundle) -> list[Problem]:
    """Return every problem of a bundled document, sorted by file and line."""
    from codegen.rules import examples  # noqa: PLC0415 - loads the validator, which a broken document never needs

    problems: list[Problem] = []

    def report(tokens: Tokens, message: str, fix: str) -> None:
        problems.append(bundle.at(to_pointer(tokens)).problem(message, fix))

    document, refused = cleaned(bundle.document, report)
    if not refused:  # below what is not understood there may be references that nobody followed
        problems += bundle.unused
    view = View(bundle, document, problems, refused)
    for rule in _RULES:
        rule.check(view)
    examples.missing(view)
    if not objects.endless(view):  # a validator would not come back from such a schema
        examples.check(view)
    return sorted(set(problems))
