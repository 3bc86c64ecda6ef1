"""Check the keys of an extension."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apicontract.openapi.grammar import Json
    from codegen.view import Tokens, View


@dataclass(frozen=True, slots=True)
class Setting:
    """One key of an extension: the form of its value, and whether it may be left out.

    The forms are `text`, `texts`, `text_or_texts` and `number`.
    """

    form: str
    optional: bool = False


def well_formed(view: View, at: Tokens, name: str, settings: Mapping[str, Json], keys: Mapping[str, Setting]) -> bool:
    """Report every key that is unknown, missing, or of the wrong form; tell whether there was none."""
    before = len(view.problems)
    for key, value in settings.items():
        if key not in keys:
            view.report((*at, key), f"{name} does not know {key!r} here", f"its keys are {', '.join(keys)}")
        elif keys[key].form == "text_or_texts" and not (isinstance(value, str) or _is_texts(value)):
            view.report(
                (*at, key), f"{key!r} is neither a text nor a list of texts", "write a name, or a list of names"
            )
        elif keys[key].form == "text" and not isinstance(value, str):
            view.report((*at, key), f"{key!r} is not a text", "write a name or a pointer")
        elif keys[key].form == "texts" and not _is_texts(value):
            view.report((*at, key), f"{key!r} is not a list of texts", "write a list of names")
        elif keys[key].form == "number" and not (isinstance(value, int | float) and not isinstance(value, bool)):
            view.report((*at, key), f"{key!r} is not a number", "write a number")
    for key, setting in keys.items():
        if key not in settings and not setting.optional:
            view.report(at, f"{name} has no {key!r}", "add it")
    return len(view.problems) == before


def _is_texts(value: Json) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def listed_names(value: Json) -> list[str]:
    """Return one name, or a list of names, as a list; what has another form is reported elsewhere."""
    return [name for name in (value if isinstance(value, list) else [value]) if isinstance(name, str)]
