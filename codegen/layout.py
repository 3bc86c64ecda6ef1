"""Format modules with the pinned formatter, all in one run."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from codegen.text import WIDTH

if TYPE_CHECKING:
    from collections.abc import Mapping


class LayoutFailed(Exception):
    """The formatter could not parse a module, so it is not valid Python."""


def lay_out(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files with every module formatted, independent of any configuration of the machine or the project.

    Raises `LayoutFailed`, with the message of the formatter, if one cannot be formatted.
    """
    # -I removes the working directory, which can contain generated code, from the import path: a document may have a
    # resource called `types`, which Python would import as its own module.
    command = [sys.executable, "-I", "-m", "ruff", "format", "--isolated", "--no-cache", "--quiet"]
    command += ["--line-length", str(WIDTH), "--target-version", "py311", "."]
    with tempfile.TemporaryDirectory(prefix="codegen-") as name:
        directory = Path(name)
        modules = [path for path in files if path.endswith(".py")]
        for path in modules:
            place = directory / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(files[path])
        done = subprocess.run(command, cwd=directory, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
        if done.returncode:
            raise LayoutFailed(f"ruff format failed: {done.stderr.strip() or done.stdout.strip()}")
        return dict(files) | {path: (directory / path).read_bytes() for path in modules}
