"""Read the bundled document defensively: references followed, wrong forms passed over, problems collected.

Whether every part of the document has the right form is for `codegen.rules` to say. The resolver runs beside the rules,
so that an author sees all problems at once, and must not fall over what they report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from codegen.problems import to_pointer, to_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codegen.bundle import Bundle
    from codegen.problems import Problem

Json: TypeAlias = Any


class Node(NamedTuple):
    """A value of the document and where it stands."""

    value: Json
    place: tuple[str, ...]

    def below(self, *tokens: str) -> Node:
        """Step down by keys or positions; what is not there is an empty mapping."""
        value, place = self.value, self.place
        for token in tokens:
            place = (*place, token)
            if isinstance(value, list):
                inside = token.isascii() and token.isdigit() and int(token) < len(value)
                value = value[int(token)] if inside else {}
            else:
                value = value.get(token, {}) if isinstance(value, dict) else {}
        return Node(value, place)

    def entries(self, *tokens: str) -> Iterator[tuple[str, Node]]:
        """Yield the members of a mapping, or the items of a list, with their keys or positions."""
        held = self.below(*tokens)
        if isinstance(held.value, dict):
            yield from ((key, Node(value, (*held.place, key))) for key, value in held.value.items())
        elif isinstance(held.value, list):
            yield from ((str(i), Node(value, (*held.place, str(i)))) for i, value in enumerate(held.value))

    def text(self, key: str) -> str:
        """Return a text below a key; empty if there is none."""
        value = self.below(key).value
        return value if isinstance(value, str) else ""

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts of a list below a key."""
        value = self.below(key).value
        return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()

    def has(self, key: str) -> bool:
        """Tell whether this is a mapping with a key."""
        return isinstance(self.value, dict) and key in self.value


class Reader:
    """One bundled document, and the problems found while reading it."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self.problems: list[Problem] = []
        self.root = Node(bundle.document, ())

    def wrong(self, node: Node, message: str, fix: str) -> None:
        """Report a problem at a node."""
        self.problems.append(self._bundle.at(to_pointer(node.place)).problem(message, fix))

    def where(self, node: Node) -> str:
        """Say in words where a node stands, for problems that concern two places."""
        location = self._bundle.at(to_pointer(node.place))
        return f"{location.file}, line {location.line}"

    def follow(self, node: Node) -> Node:
        """Follow the references that lead from a node; one that leads nowhere is reported and ends in `{}`."""
        seen = set()
        while node.has("$ref"):
            reference = node.text("$ref")
            if not reference.startswith("#/") or node.place in seen:
                self.wrong(node, f"the $ref {reference!r} does not lead to a definition", "correct or remove it")
                return Node({}, node.place)
            seen.add(node.place)
            found = self.root.below(*to_tokens(reference))
            if found.value == {} and not self._exists(to_tokens(reference)):
                self.wrong(node, f"the $ref {reference!r} leads nowhere", "correct or remove it")
                return Node({}, node.place)
            node = found
        return node

    def _exists(self, tokens: tuple[str, ...]) -> bool:
        return self.root.below(*tokens[:-1]).has(tokens[-1])
