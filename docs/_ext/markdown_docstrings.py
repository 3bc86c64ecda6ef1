"""Reads docstrings as they are written here: code in single backticks, and examples in indented blocks.

Single backticks are `default_role` of `conf.py`. An indented block after an empty line is marked as code;
reStructuredText would take it for a quotation.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx


def marked(lines: list[str]) -> list[str]:
    """Return the lines of a docstring with a directive before each indented block of code."""
    written: list[str] = []
    in_block = False
    for line in lines:
        if line.startswith("    "):
            if not in_block and (not written or not written[-1].strip()):
                written += [".. code-block:: python", ""]
                in_block = True
        elif line.strip():
            in_block = False
        written.append(line)
    return written


def _process(_app: Sphinx, _what: str, _name: str, _of: object, _options: object, lines: list[str]) -> None:
    lines[:] = marked(lines)


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect to autodoc."""
    app.connect("autodoc-process-docstring", _process)
    return {"version": "1", "parallel_read_safe": True}
