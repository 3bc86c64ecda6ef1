"""The directive `client-methods`: every resource of the client, and below it the docstrings of its methods."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from importlib import import_module
from typing import Any, get_type_hints

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective


def resources(owner: type, path: str) -> Iterator[tuple[str, type]]:
    """Yield each resource below a class, with the expression that a user writes for it."""
    for name, member in vars(owner).items():
        if isinstance(member, cached_property):
            found = get_type_hints(member.func)["return"]
            yield f"{path}.{name}", found
            yield from resources(found, f"{path}.{name}")


class ClientMethods(SphinxDirective):
    """A section for each resource of the client class that is named, such as `twelvelabs_api.TwelveLabs`."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Write the sections, by autodoc."""
        module, _, name = self.arguments[0].rpartition(".")
        written: list[nodes.Node] = []
        for path, found in resources(getattr(import_module(module), name), "client"):
            section = nodes.section(ids=[path.replace(".", "-").replace("_", "-")], names=[path])
            section += nodes.title("", "", nodes.literal("", path))
            self.state.document.note_explicit_target(section)
            lines = ["```{eval-rst}", f".. autoclass:: {found.__module__}.{found.__qualname__}", "   :members:", "```"]
            self.state.nested_parse(StringList(lines, source=""), self.content_offset, section)
            written.append(section)
        return written


def setup(app: Sphinx) -> dict[str, Any]:
    """Name the directive."""
    app.add_directive("client-methods", ClientMethods)
    return {"version": "1", "parallel_read_safe": True}
