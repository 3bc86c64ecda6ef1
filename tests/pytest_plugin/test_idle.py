"""The cost of the plugin for a run that does not use it: two small modules, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = "httpx hypothesis respx typer rich jsonschema jsonschema_rs pydantic pydantic_core yaml twelvelabs dataclasses"

PROGRAM = f"""
import sys
import pytest

before = set(sys.modules)
import twelvelabs_contract.pytest_plugin as plugin

class Probe:
    def pytest_unconfigure(self):
        packages = ("apicontract", "twelvelabs", "httpx", "hypothesis")
        print("LOADED", *sorted(name for name in sys.modules if name.startswith(packages)))

loaded = set(sys.modules) - before
print("HEAVY", *sorted(set({HEAVY.split()!r}) & loaded), len(loaded) < 12)
sys.exit(pytest.main(["-q", "-p", "no:cacheprovider", *sys.argv[1:]], plugins=[plugin, Probe()]))
"""


LOADED = (
    "LOADED apicontract apicontract.lazy apicontract.product apicontract.pytest_plugin"
    " twelvelabs_contract twelvelabs_contract.product twelvelabs_contract.pytest_plugin\n"
)


def _run(folder: Path, *args: str) -> str:
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": ""}
    command = [sys.executable, "-c", PROGRAM, *args]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_an_idle_plugin_loads_nothing(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text("def test_it(): pass\n")
    said = _run(tmp_path)
    assert "HEAVY True\n" in said
    assert LOADED in said


@pytest.mark.parametrize("imported", [True, False])
def test_a_run_that_asks_loads_no_http_client_by_itself_and_no_mock(tmp_path: Path, imported: bool) -> None:
    (tmp_path / "test_it.py").write_text(f"def test_it(): {'import httpx' if imported else 'pass'}\n")
    loaded = _run(tmp_path, "--contract").partition("LOADED ")[2].split("\n")[0].split()
    assert "apicontract.pytest_plugin.monitor" in loaded
    assert ("httpx" in loaded) is ("apicontract.traffic.taps.httpx" in loaded) is imported
    assert not [
        name
        for name in loaded
        if "hypothesis" in name
        or name.startswith(("apicontract.mock", "apicontract.coverage", "apicontract.responder"))
    ]
