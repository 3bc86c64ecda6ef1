"""Check a document that could be read: by our own rules, and every example against its schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codegen.rules import document as root
from codegen.rules import extensions, keywords, objects, operations, parameters, unions

if TYPE_CHECKING:
    from codegen.view import View

__all__ = ["check"]

_RULES = (root, operations, parameters, keywords, objects, unions, extensions)


def check(view: View) -> None:
    """Report every problem of a document."""
    from codegen.rules import examples  # noqa: PLC0415 - loads the validator, which a broken document never needs

    for rule in _RULES:
        rule.check(view)
    examples.missing(view)
    if not objects.endless(view):  # validating with such a schema would not terminate
        examples.check(view)
