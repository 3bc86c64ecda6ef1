"""Rules about extensions: the form of each, and how it must agree with the rest of the document."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from apicontract.openapi.extensions import EXTENSIONS, Extension, Key
from codegen.form import FORMS
from codegen.rules import job_event, objects, pagination, parts, signature, streaming, waiting

if TYPE_CHECKING:
    from collections.abc import Callable

    from apicontract.openapi.objects import Json
    from codegen.view import Place, Tokens, View

Rule: TypeAlias = "Callable[[View, Place, Place], None]"
"""Checks a well-formed extension, given the object that has it, and the extension itself."""

RULES: dict[str, Rule] = {
    "x-event": job_event.check,
    "x-exclusive": objects.exclusive,
    "x-large": parts.check_large,
    "x-pagination": pagination.check,
    "x-parts": parts.check,
    "x-signature": signature.check,
    "x-streaming": streaming.check,
    "x-waiting": waiting.check,
}
"""The rules by the name of the extension, for those that must agree with something else."""


def check(view: View) -> None:
    """Check every extension."""
    for name, extension in EXTENSIONS.items():
        for node in view.nodes(extension.kind):
            if name not in node.value:
                continue
            found = node.place.below(name)
            if (extension.form != "settings" or well_formed(view, name, extension, found)) and name in RULES:
                RULES[name](view, node.place, found)


def well_formed(view: View, name: str, extension: Extension, found: Place) -> bool:
    """Report every key that is unknown, missing, or of the wrong form; return whether there was none."""
    before = len(view.problems)
    keys = extension.keys_of(found.value)
    if keys is None:
        at = found.below("style").tokens if found.has("style") else found.tokens
        message = f"the {name.removeprefix('x-')} has no known style"
        view.report(at, message, f"write {' or '.join(extension.variants)}")
        return False
    for key, value in found.value.items():
        if key not in keys:
            view.report(
                found.below(key).tokens, f"{name} does not know {key!r} here", f"its keys are {', '.join(keys)}"
            )
        else:
            _value(view, key, keys[key], value, found.below(key).tokens)
    for key, known in keys.items():
        if key not in found.value and not known.optional:
            view.report(found.tokens, f"{name} has no {key!r}", f"add {known.wanted or 'it'}")
    return len(view.problems) == before


def _value(view: View, name: str, key: Key, value: Json, at: Tokens) -> None:
    if key.pattern is not None:
        if not isinstance(value, str) or not key.pattern.fullmatch(value):
            view.report(at, f"{name!r} is {value!r}", f"write {key.wanted}")
        return
    if not FORMS[key.form](value):
        form, fix = _WANTED[key.form]
        view.report(at, f"{name!r} is {form}", fix)


_WANTED = {
    "flag": ("neither true nor false", "write true or false"),
    "number": ("not a number", "write a number"),
    "text": ("not a string", "write a name or a pointer"),
    "text_or_texts": ("neither a string nor a list of strings", "write a name, or a list of names"),
    "texts": ("not a list of strings", "write a list of names"),
}
"""The messages for a value that does not have the form of its key."""
