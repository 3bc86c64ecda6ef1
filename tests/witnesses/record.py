"""Install each release of the vendor's SDKs, drive it, and write its recording.

    python -m tests.witnesses.record [RELEASE …]

Each release is installed into a temporary folder, and checked against its hash in `RELEASES`; its dependencies are
those of this project's environment, pinned in constraints.txt, and `DEPENDENCIES`. Nothing is sent to the API.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.witnesses.releases import RELEASES, Release
from tests.witnesses.store import HERE, Recorded, load, neutral_headers, path_of, with_fixed_boundary, write

ROOT = HERE.parents[1]
DEPENDENCIES = "httpx-sse==0.4.0 --hash=sha256:f329af6eae57eaa2bdfd962b42524764af68075ea87370a2de920af5341e318f"
"""What SDK 1.3.0 and later need besides httpx and pydantic."""


def main(names: list[str]) -> int:
    """Record the releases that are named, or all."""
    unknown = [name for name in names if name not in RELEASES]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; known are {', '.join(RELEASES)}", file=sys.stderr)
        return 2
    for release in map(RELEASES.__getitem__, names or RELEASES):
        with tempfile.TemporaryDirectory(prefix="witness-") as folder:
            record = _record_javascript if release.name.startswith("js-") else _record_python
            record(release, Path(folder))
        sent = sum(1 for one in load(release.name) if one.sent)
        print(f"{release.name}: {sent} requests, {path_of(release.name).stat().st_size:,} bytes")
    return 0


def _record_python(release: Release, folder: Path) -> None:
    _install(release, folder)
    _drive(folder, release.name, str(path_of(release.name)))


def _record_javascript(release: Release, folder: Path) -> None:
    """Make the calls of the Python SDK of the same version with the JavaScript SDK."""
    python = RELEASES[f"python-{release.version}"]
    _install(python, folder / "python")
    calls = _drive(folder / "python", python.name, "--calls")
    for name in ("package.json", "package-lock.json", "drive.mjs"):
        shutil.copy(HERE / "js" / name, folder)
    npm = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(npm, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    node = ["node", "drive.mjs", "."]
    driven = subprocess.run(node, cwd=folder, input=calls, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    write(path_of(release.name), _of_node(driven.stdout))


def _of_node(lines: str) -> Iterator[Recorded]:
    for line in lines.splitlines():
        call = json.loads(line)
        if not call["sent"]:
            yield Recorded(call["method"], (call["given"],), error=call["error"])
        for number, request in enumerate(call["sent"]):
            given = call["given"] if number == 0 else f"{call['given']} (request {number + 1})".strip()
            headers = neutral_headers(request["headers"].items())
            body = base64.b64decode(request["body"])
            yield with_fixed_boundary(
                Recorded(call["method"], (given,), request["verb"], request["url"], headers, body)
            )


def _install(release: Release, folder: Path) -> None:
    requirements = f"twelvelabs=={release.version} --hash=sha256:{release.sha256}\n{DEPENDENCIES}\n"
    folder.mkdir(exist_ok=True)
    (folder / "requirements.txt").write_text(requirements)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--target", str(folder)]
    # Without this project's constraints: they pin the one release that the tests import.
    environment = {name: value for name, value in os.environ.items() if name != "PIP_CONSTRAINT"}
    subprocess.run([*pip, "--requirement", str(folder / "requirements.txt")], check=True, env=environment)


def _drive(folder: Path, *arguments: str) -> str:
    driver = [sys.executable, "-m", "tests.witnesses.drive", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONHASHSEED": "0"}
    return subprocess.run(
        driver, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, encoding="utf-8"
    ).stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
