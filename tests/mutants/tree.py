"""A copy of the project to plant faults in, and pytest run there."""

from __future__ import annotations

import enum
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.mutants import profile
from tests.mutants.fault import Planting

ROOT = Path(__file__).parents[2]
PARTS = ("codegen", "generated", "pyproject.toml", "spec", "src", "tests")
PACKAGES = ("apicontract", "codegen", "tests", "twelvelabs_api_2025_08", "twelvelabs_contract")
PLACES = ("openapi", "wire", "checks", "product", "client", "facts", "strategies", "laws")
SUITE = tuple(f"tests/{place}" for place in PLACES)
"""Every test that may catch a fault of the document or the run time. The generator's tests are not among them: they
tell any change of a generated file, so they would catch whatever is planted in the document, and prove nothing."""

SECONDS = 600
"""For one run of pytest; a single test has less, in `profile`."""
_FAILED, _INTERRUPTED = 1, 2
_MANY_SECONDS_LATER = 10


class Verdict(enum.Enum):
    """What became of the tests."""

    GREEN = "green"
    RED = "red"
    HANGS = "hangs"
    BROKEN = "broken"
    """pytest could not run them: no test has this name, a wrong option."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of pytest: what became of it, and the line that says it best."""

    verdict: Verdict
    line: str

    @property
    def caught(self) -> bool:
        """Whether the tests noticed."""
        return self.verdict in (Verdict.RED, Verdict.HANGS)


def suite() -> tuple[str, ...]:
    """Return the parts of the suite that exist."""
    return tuple(part for part in SUITE if any((ROOT / part).glob("**/test_*.py")))


class Tree:
    """One copy of the project."""

    def __init__(self, directory: Path) -> None:
        """Copy the project into a directory, and make sure that it is what is imported there."""
        self.root = directory
        for part in PARTS:
            source = ROOT / part
            if source.is_dir():
                shutil.copytree(source, directory / part, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy2(source, directory / part)
        program = f"import {', '.join(PACKAGES)}; print(*({', '.join(f'{name}.__file__' for name in PACKAGES)},))"
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=directory,
            env=self._environment(cache=True),
            capture_output=True,
            text=True,
            check=True,
        )
        foreign = [path for path in done.stdout.split() if not Path(path).is_relative_to(directory)]
        if foreign:
            raise RuntimeError(f"not imported from the copy in {directory}: {', '.join(foreign)}")

    @contextmanager
    def planted(self, planting: Planting) -> Iterator[None]:
        """Change one file for the time of the block; `CannotPlant` if it has no place for the change."""
        path, text = planting.edit(self.root)
        before, times = path.read_bytes(), path.stat()
        try:
            path.write_text(text)
            # Python tells whether its cache is current by size and whole seconds, which may be equal by chance.
            os.utime(path, (times.st_atime, times.st_mtime + _MANY_SECONDS_LATER))
            yield
        finally:
            path.write_bytes(before)
            os.utime(path, (times.st_atime, times.st_mtime))

    def pytest(self, tests: Sequence[str], *, cache: bool = False) -> Run:
        """Run tests up to the first failure; `cache` keeps the compiled modules for later runs."""
        # Without rewritten assertions it starts in half the time, and why a test fails does not matter here.
        command = [sys.executable, "-m", "pytest", "-x", "-q", "--tb=line", "--assert=plain", "-p", "no:cacheprovider"]
        command += ["-p", profile.__name__, f"--hypothesis-profile={profile.NAME}", *tests]
        with subprocess.Popen(
            command,
            cwd=self.root,
            env=self._environment(cache=cache),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        ) as process:
            try:
                output, _ = process.communicate(timeout=SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                return Run(Verdict.HANGS, f"still running after {SECONDS} s")
        verdict = _verdict(process.returncode)
        return Run(
            verdict, f"a test takes longer than {profile.SECONDS} s" if verdict is Verdict.HANGS else _line(output)
        )

    def _environment(self, *, cache: bool) -> dict[str, str]:
        """Return the environment in which the copy goes before the installed project."""
        path = os.pathsep.join(str(self.root / part) for part in ("src", "generated", "."))
        dropped = ("PYTEST_ADDOPTS", "PYTHONDONTWRITEBYTECODE")
        kept = {name: value for name, value in os.environ.items() if name not in dropped}
        own = {"PYTHONPATH": path, "PYTHONHASHSEED": "0", "HYPOTHESIS_PROFILE": profile.NAME}
        return kept | own | ({} if cache else {"PYTHONDONTWRITEBYTECODE": "1"})


def _verdict(status: int) -> Verdict:
    if status == 0:
        return Verdict.GREEN
    if status == -signal.SIGALRM:
        return Verdict.HANGS
    # A negative status is a signal: the fault has brought the interpreter down, which nobody overlooks.
    return Verdict.RED if status in (_FAILED, _INTERRUPTED) or status < 0 else Verdict.BROKEN


def _line(output: str) -> str:
    """Return the line that names the failed test, else the last line."""
    lines = [line for line in output.splitlines() if line.strip()]
    told = [line for line in lines if line.startswith(("FAILED ", "ERROR "))]
    return (told or lines or ["no output"])[-1 if not told else 0]
