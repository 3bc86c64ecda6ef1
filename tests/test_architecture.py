"""The architecture of the code: front doors, and the cost of imports."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import twelvelabs_contract

TESTS = Path(__file__).parent


def _loaded(statement: str) -> set[str]:
    """Return the top-level packages that a fresh interpreter has loaded after a statement."""
    program = f"import sys; before = set(sys.modules)\n{statement}\nprint(*(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.split()}


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = {
        "httpx",
        "pydantic",
        "pydantic_core",
        "jsonschema_rs",
        "jsonschema",
        "msgspec",
        "yaml",
        "hypothesis",
        "pytest",
    }
    assert not heavy & _loaded("import twelvelabs_contract")
    assert not heavy & _loaded("from twelvelabs_contract import Contract; Contract.load()")


def test_the_front_door() -> None:
    assert twelvelabs_contract.__all__ == sorted(twelvelabs_contract.__all__)
    assert set(twelvelabs_contract.__all__) == {
        "Contract",
        "DocumentInvalid",
        "EditionUnknown",
        "Headers",
        "Operation",
        "Request",
        "Response",
        "Violation",
    }


def _imports(path: Path) -> set[str]:
    """Return every module, and every name of a module, that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            package = path.relative_to(TESTS.parent).with_suffix("").parts[: -node.level] if node.level else ()
            module = ".".join((*package, *filter(None, [node.module])))
            found |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
    return found


def test_no_test_module_imports_another() -> None:
    """What several tests need is a helper: in `tests/support`, a conftest, or a module beside them."""
    modules = {
        path: ".".join(path.relative_to(TESTS.parent).with_suffix("").parts) for path in TESTS.rglob("test_*.py")
    }
    taken = {str(path.relative_to(TESTS)): found for path in modules if (found := _imports(path) & {*modules.values()})}
    assert taken == {}
