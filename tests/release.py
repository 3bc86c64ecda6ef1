"""Build the wheel and the sdist, and check both as a stranger would who installs them.

    python -m tests.release DIR

The wheel is built from the sdist, and both have the expected files and no others. In a new environment: a plain install
has consistent dependencies, the example of the README runs, the command runs, and `pytest --contract` finds a mistake.
Nothing of the working tree is on the path of these programs.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import venv
import zipfile
from pathlib import Path

from tests.manual.pages import blocks, matches

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
PACKAGES = {"apicontract", "twelvelabs_api", "twelvelabs_api_2025_08", "twelvelabs_contract"}
FILES = (
    "apicontract/py.typed",
    "twelvelabs_api/editions.json",
    "twelvelabs_api/openapi.json",
    "twelvelabs_api/py.typed",
    "twelvelabs_api_2025_08/openapi.json",
    "twelvelabs_contract/py.typed",
)
"""What the wheel holds besides modules."""
IN_SDIST = ("CHANGELOG.md", "Makefile", "constraints.txt", "docs/index.md", "spec/openapi.yaml", "tests/conftest.py")
TEST = """
import httpx

URL = "https://api.twelvelabs.io/v1.3/tasks?page_limit=51"

def test_tasks():
    answers = httpx.MockTransport(lambda request: httpx.Response(200, json={"data": []}))
    httpx.Client(transport=answers).get(URL, headers={"x-api-key": "KEY"})
"""


def run(*command: str | Path, cwd: Path, status: int = 0) -> str:
    """Run a program in a clean environment of variables; `AssertionError` with its output if it ends otherwise."""
    ours = ("PYTHON", "PYTEST", "PIP_CONSTRAINT", "PIP_BUILD_CONSTRAINT")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    done = subprocess.run([*map(str, command)], cwd=cwd, env=kept, capture_output=True, text=True, check=False)
    assert done.returncode == status, f"{command} ends with {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


def build(folder: Path) -> tuple[Path, Path]:
    """Build the sdist from the working tree, and the wheel from the sdist; return wheel and sdist."""
    run(sys.executable, "-m", "build", "--outdir", folder, ROOT, cwd=folder)
    (wheel,), (sdist,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return wheel, sdist


def check_files(wheel: Path, sdist: Path) -> None:
    """Check what both hold."""
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == PACKAGES, tops
    assert not (missing := [name for name in FILES if name not in names]), missing
    assert not (other := [name for name in names if "__pycache__" in name or name.endswith(".pyc")]), other
    with tarfile.open(sdist) as unpacked:
        held = {name.partition("/")[2] for name in unpacked.getnames()}
    assert not (missing := [name for name in IN_SDIST if name not in held]), missing
    assert not (other := [name for name in held if name.startswith((".venv", "build/", "dist/"))]), other


def check_installed(wheel: Path, folder: Path) -> None:
    """Install the wheel into a new environment, and use it."""
    environment = folder / "environment"
    venv.create(environment, with_pip=True)
    programs = environment / ("Scripts" if os.name == "nt" else "bin")
    run(programs / "python", "-m", "pip", "install", "--quiet", wheel, cwd=folder)
    run(programs / "python", "-m", "pip", "check", cwd=folder)
    version = run(programs / PROJECT["name"], "--version", cwd=folder)
    assert version.startswith(f"{PROJECT['name']} {PROJECT['version']} (TwelveLabs API as of "), version
    example, output = [block for block in blocks(ROOT / "README.md") if block.language in ("python", "text")][:2]
    printed = run(programs / "python", "-c", example.text, cwd=folder)
    assert not (line := matches(output.text, printed)), f"not printed: {line}\n{printed}"
    (folder / "page.json").write_text('{"page": "1"}')
    run(programs / PROJECT["name"], "validate", "--schema", "PageInfo", "page.json", cwd=folder, status=1)
    run(programs / "python", "-m", "pip", "install", "--quiet", "pytest", cwd=folder)
    (folder / "test_tasks.py").write_text(TEST)
    run(programs / "python", "-m", "pytest", "--quiet", "test_tasks.py", cwd=folder)
    failed = run(programs / "python", "-m", "pytest", "--contract", "test_tasks.py", cwd=folder, status=1)
    assert "contract: tasks.list query.page_limit maximum" in failed, failed


def main(target: Path) -> None:
    """Build and check, then put both files into a folder."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        wheel, sdist = build(folder)
        check_files(wheel, sdist)
        check_installed(wheel, folder)
        target.mkdir(parents=True, exist_ok=True)
        for built in (wheel, sdist):
            shutil.move(built, target / built.name)
            sys.stdout.write(f"{target / built.name}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
