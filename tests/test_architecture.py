"""The shape of the code: floors, front doors, and what an import costs."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import twelvelabs_contract

SOURCE = Path(twelvelabs_contract.__file__).parent

# A module imports only from its own floor and those below; `_wire` and `client` are floors of their own.
FLOORS = {
    "_document": 0,
    "_operation": 0,
    "_json": 0,
    "_yaml": 0,
    "_shape": 0,
    "_routes": 0,
    "_violation": 1,
    "_schema": 1,
    "_wire": 2,
    "_adapt": 3,
    "_check": 3,
    "_contract": 3,
    "client": 3,
    "strategies": 4,
    "_recorded": 4,
    "_findings": 4,
    "_payloads": 4,
    "_bases": 4,
    "_judge": 4,
    "_tap": 4,
    "transport": 4,
    "_responder": 4,
    "_coverage": 4,
    "report": 5,
    "mock": 5,
    "pytest_plugin": 5,
    "cli": 5,
    "__main__": 5,
    "__init__": 3,
}

# What only these floors may know; pydantic's parser is told apart from pydantic, as floor 3 reads JSON with it.
ALLOWED = {
    "httpx": 3,
    "pydantic": 3,
    "pydantic_core": 3,
    "jsonschema_rs": 1,
    "yaml": 0,
    "anyio": 3,
    "hypothesis": 4,
    "respx": 5,
    "rich": 5,
    "typer": 5,
}


def _imports(path: Path) -> set[str]:
    """Return the modules that a file imports, at any depth; those under TYPE_CHECKING cost nothing but count too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names} if node.module else set()
    return found


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_imports_only_from_its_own_floor_and_below(path: Path) -> None:
    own = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    for name in _imports(path):
        package, _, rest = name.partition(".")
        if package == "twelvelabs_contract":
            other = rest.partition(".")[0]
            if own != "__init__":
                assert FLOORS[other] <= FLOORS[own], f"{own} (floor {FLOORS[own]}) imports {name}"
        elif package in ALLOWED and not (own == "_adapt" and package == "httpx"):
            assert ALLOWED[package] <= FLOORS[own], f"{own} (floor {FLOORS[own]}) imports {name}"
        assert package not in ("twelvelabs", "twelvelabs_api", "codegen"), f"{own} imports {name}"


@pytest.mark.parametrize("path", sorted((SOURCE.parents[1] / "codegen").rglob("*.py")), ids=str)
def test_the_generator_imports_neither_package(path: Path) -> None:
    assert not {name for name in _imports(path) if name.partition(".")[0].startswith("twelvelabs")}


@pytest.mark.parametrize(
    "path", sorted([*SOURCE.rglob("*.py"), *(SOURCE.parents[1] / "codegen").rglob("*.py")]), ids=str
)
def test_a_module_has_one_job(path: Path) -> None:
    """No module is over 400 lines."""
    assert len(path.read_text().splitlines()) <= 400


def _loaded(statement: str) -> set[str]:
    """Return the top-level packages that a fresh interpreter has loaded after a statement."""
    program = f"import sys; before = set(sys.modules)\n{statement}\nprint(*(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.split()}


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = {"httpx", "pydantic", "pydantic_core", "jsonschema_rs", "jsonschema", "yaml", "hypothesis", "pytest"}
    assert not heavy & _loaded("import twelvelabs_contract")
    assert not heavy & _loaded("from twelvelabs_contract import Contract; Contract.load()")


def test_the_front_door() -> None:
    assert twelvelabs_contract.__all__ == sorted(twelvelabs_contract.__all__)
    assert set(twelvelabs_contract.__all__) == {
        "Contract",
        "DocumentInvalid",
        "Headers",
        "Operation",
        "Request",
        "Response",
        "Violation",
    }
