"""The shape of the code: front doors, and what an import costs."""

from __future__ import annotations

import subprocess
import sys

import twelvelabs_contract


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
