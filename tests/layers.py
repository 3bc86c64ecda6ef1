"""Fail if an import breaks the layers, or if the engine names the API: `python -m tests.layers [DIRECTORY]`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
ENGINE = Path("src", "apicontract")
API = re.compile("twelve.?labs", re.IGNORECASE)


def names(root: Path) -> Iterator[str]:
    """Yield each line of the engine that names the API, and each path that does."""
    for path in sorted(path for path in (root / ENGINE).rglob("*") if path.suffix != ".pyc"):
        place = path.relative_to(root).as_posix()
        if API.search(place):
            yield f"{place}: names the API"
        for number, line in enumerate(path.read_text().splitlines() if path.is_file() else (), 1):
            if API.search(line):
                yield f"{place}:{number}: names the API: {line.strip()}"


def run(root: Path) -> int:
    """Print what is wrong with a project; 0 if nothing is."""
    named = list(names(root))
    print(*named, sep="\n", end="\n" if named else "")
    path = os.pathsep.join(str(root / part) for part in ("src", "generated", "."))
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-c", program, "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": path}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    kept = re.search(r"^Contracts: .*", done.stdout, re.MULTILINE)
    print(kept[0] if kept and done.returncode == 0 else done.stdout + done.stderr)
    return int(bool(named) or done.returncode != 0)


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1]) if sys.argv[1:] else ROOT))
