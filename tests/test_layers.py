"""The check of the layers in `make lint`: each violation that is planted in a copy fails it, and is located."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from tests import layers
from tests.support.copies import copied

PLANTED: dict[str, tuple[dict[str, str], str]] = {
    "an upward import": ({"wire/planted.py": "import apicontract.client"}, "apicontract.wire.planted -> "),
    "an import of a neighbour": ({"client/planted.py": "import apicontract.traffic"}, "apicontract.client.planted -> "),
    "a circle": (
        {
            "wire/one.py": "import apicontract.wire.two",
            "wire/two.py": "def later():\n    import apicontract.wire.one",
        },
        "No cycles are allowed in apicontract.wire",
    ),
    "a package in no layer": ({"planted/__init__.py": ""}, "apicontract.planted"),
    "a package of others": ({"wire/planted.py": "import httpx"}, "apicontract.wire.planted -> httpx"),
    "an import of the product": (
        {"cli/planted.py": "import twelvelabs_api"},
        "apicontract.cli.planted -> twelvelabs_api",
    ),
    "a comment that names the API": (
        {"wire/planted.py": "# As TwelveLabs has it."},
        "wire/planted.py:1: names the API",
    ),
    "a string that names the API": (
        {"wire/planted.py": "HOST = 'api.twelvelabs.io'"},
        "wire/planted.py:1: names the API",
    ),
    "a file that names the API": ({"wire/TWELVE_LABS.py": ""}, "wire/TWELVE_LABS.py: names the API"),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Copy what the layers are read from."""
    for part in ("src", "generated", "codegen"):
        copied(layers.ROOT / part, tmp_path / part)
    shutil.copyfile(layers.ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    return tmp_path


def test_the_layers_are_held(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert layers.run(project) == 0, capfd.readouterr().out


@pytest.mark.parametrize("name", PLANTED)
def test_a_breach_fails_the_lint(name: str, project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    files, reported = PLANTED[name]
    for place, text in files.items():
        path = project / layers.ENGINE / place
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{text}\n")
    assert layers.run(project) == 1
    assert reported in " ".join(capfd.readouterr().out.split())


def test_the_lint_holds_them() -> None:
    """`make lint` runs the target `style`, and that target this check."""
    makefile = (layers.ROOT / "Makefile").read_text()
    assert "\nlint: style types " in makefile
    assert "-m tests.layers" in makefile.partition("\nstyle: ")[2].partition("\n\n")[0]


def test_the_generator_may_not_import_what_is_added_to_the_engine() -> None:
    contracts = tomllib.loads((layers.ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (generator,) = [contract for contract in contracts if contract.get("source_modules") == ["codegen"]]
    engine = {path.stem for path in (layers.ROOT / layers.ENGINE).iterdir() if path.stem[0] not in "_."} - {"py"}
    named = {name.removeprefix("apicontract.") for name in generator["forbidden_modules"] if "apicontract." in name}
    assert engine - named == {"checks", "guess", "openapi", "wire"}
