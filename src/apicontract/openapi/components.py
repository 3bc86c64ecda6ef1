"""The component definitions that a document refers to, on any day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apicontract.openapi.marks import MARKS, WAS, entries
from apicontract.openapi.objects import OPENAPI, Field, Json
from apicontract.openapi.pointer import escape, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_SECTIONS = {name: field.kind for name, field in OPENAPI["components"].items()}
_UNKNOWN: Mapping[str, Field] = {}


def component(reference: Json) -> tuple[str, str] | None:
    """Return section and name of the definition that a reference points to or into; `None` for any other reference."""
    if not isinstance(reference, str) or not reference.startswith("#/components/"):
        return None
    parts = split(reference) if "~" in reference else tuple(reference.split("/")[1:])
    return (parts[1], parts[2]) if len(parts) > 2 else None


def names(document: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    """Yield section and name of every definition."""
    components = document.get("components")
    for section, held in components.items() if isinstance(components, dict) else ():
        if isinstance(held, dict):
            yield from ((section, name) for name in held)


def referred(document: Mapping[str, Json], always: Iterable[tuple[str, str]] = ()) -> set[tuple[str, str]]:
    """Return the definitions that are referred to from outside the components, or from those in `always`.

    References within entries of `x-was` count. Keys that the table of objects does not have are searched for every
    `$ref`, so that nothing is lost that another's document may need; plain data, such as an example, is not searched.
    """
    components = document.get("components") or {}
    found: set[tuple[str, str]] = set()
    waiting: list[tuple[str, Json]] = [("document", {k: v for k, v in document.items() if k != "components"})]
    waiting += [(_SECTIONS.get(section, ""), components[section][name]) for section, name in always]
    while waiting:
        kind, value = waiting.pop()
        if isinstance(value, list):
            waiting += [(kind, part) for part in value]
        elif isinstance(value, dict):
            for part in (value, *entries(value)) if WAS in value else (value,):
                _look(kind, part, waiting)
        elif isinstance(value, str) and (target := component(value)) and target not in found:
            section, name = target
            if name in components.get(section, ()):
                found.add(target)
                waiting.append((_SECTIONS.get(section, ""), components[section][name]))
    return found


def _look(kind: str, value: Mapping[str, Json], waiting: list[tuple[str, Json]]) -> None:
    """Queue the members of an object, and its references as plain strings."""
    fields = OPENAPI.get(kind, _UNKNOWN)
    for key, held in value.items():
        field = fields.get(key)
        if key == "$ref":
            waiting.append(("", held))
        elif field is None:
            if isinstance(held, dict | list) and key not in MARKS:
                waiting.append(("", held))
        elif field.form == "map":
            if isinstance(held, dict):
                waiting += [(field.kind, part) for part in held.values()]
        elif field.kind:
            waiting.append((field.kind, held))
        elif field.form == "requirements":
            for requirement in held if isinstance(held, list) else ():
                names = requirement if isinstance(requirement, dict) else ()
                waiting += [("", f"#/components/securitySchemes/{escape(str(name))}") for name in names]
        elif field.form == "text_by_name" and isinstance(held, dict):  # the mapping of a discriminator
            waiting += [("", target) for target in held.values()]
