"""The directives `commands` and `pytest-options`: what the programs themselves say with --help, so it cannot be old."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from contextlib import redirect_stdout
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from apicontract.cli import run
from apicontract.cli.main import MODULES
from twelvelabs_contract.product import PRODUCT


def helps() -> dict[str, str]:
    """Return the help of each command, by its name."""
    return {name: _output([name, "--help"]) for names in MODULES.values() for name in names}


def _output(arguments: list[str]) -> str:
    written = io.StringIO()
    with redirect_stdout(written):
        status = run(PRODUCT, arguments)
    assert status == 0, f"{PRODUCT.name} {' '.join(arguments)} ends with {status}"
    return written.getvalue().strip("\n")


def pytest_options() -> str:
    """Return the part of `pytest --help` that the plugin adds, and its settings of the ini file."""
    environment = {**os.environ, "COLUMNS": "100", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-m", "pytest", "-p", "twelvelabs_contract.pytest_plugin", "-c", os.devnull, "--help"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    parts = done.stdout.split("\n\n")
    options = [part for part in parts if part.lstrip("\n").startswith(f"the {PRODUCT.title} contract:")]
    # Each setting begins with two spaces, and further lines of its text with more.
    settings = re.findall(r"^  contract\w* .*(?:\n {4,}.*)*", done.stdout, re.MULTILINE)
    assert options, "pytest --help shows no options of the plugin"
    assert settings, "pytest --help shows no settings of the plugin"
    return "\n".join([*options, "", "[pytest] ini-options of the plugin:", *settings])


class Commands(SphinxDirective):
    """A section for each command, with its help."""

    def run(self) -> list[nodes.Node]:
        """Write the sections."""
        written: list[nodes.Node] = []
        for name, text in helps().items():
            section = nodes.section(ids=[name], names=[name])
            section += nodes.title("", name)
            section += nodes.literal_block(text, text, language="none")
            self.state.document.note_explicit_target(section)
            written.append(section)
        return written


class PytestOptions(SphinxDirective):
    """The options of the plugin."""

    def run(self) -> list[nodes.Node]:
        """Write the block."""
        text = pytest_options()
        return [nodes.literal_block(text, text, language="none")]


def setup(app: Sphinx) -> dict[str, Any]:
    """Name the directives."""
    app.add_directive("commands", Commands)
    app.add_directive("pytest-options", PytestOptions)
    return {"version": "1", "parallel_read_safe": True}
