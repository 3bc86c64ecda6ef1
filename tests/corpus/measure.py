"""Measure one document: `python -m tests.corpus.measure FILE FOLDER` prints the results as JSON.

They are: how it loads, whether its examples conform, for how many operations requests are drawn, and whether the client
that is generated into `FOLDER` can be imported, typed and called.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path

from apicontract.checks.contract import Contract
from codegen.__main__ import Failed, Wanted, generate
from codegen.problems import Problem
from tests.corpus import documents
from tests.corpus.calls import BASE_URL
from tests.corpus.exchanges import Exchanges
from tests.corpus.limits import LONGEST, TooLong, limit
from tests.corpus.strategies import drawn

PACKAGE = "corpus_client"
_SAMPLE = 12
"""About how many operations of a document requests are drawn for in a quick run."""
_TYPED = 1_500_000
"""Bytes of models up to which a client is typed in a quick run."""
_ROOT = Path(__file__).parents[2]


@dataclass
class Measured:
    """What came of one document."""

    name: str
    operations: int = 0
    load: float = 0.0
    """Seconds."""
    exchanges: dict[str, int] = field(default_factory=dict)
    asked: int = 0
    """Operations that requests were drawn for."""
    drawn: int = 0
    generated: int = 0
    """Operations that have a method."""
    generation: float = 0.0
    imported: bool = False
    typed: str = "-"
    """What `mypy --strict` says: `yes`, `no`, or `-` where it was not asked."""
    calls: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    """Whatever is our fault, and why there is no client."""


def measure(path: Path, folder: Path, *, quick: bool) -> Measured:
    """Measure a document, and leave its client in a folder."""
    found = Measured(path.name)
    text = folder / documents.plain_name(path).name
    text.write_bytes(documents.read(path))
    began = time.perf_counter()
    document = documents.load(path)
    found.load, found.operations = time.perf_counter() - began, len(document.operations)
    contract = Contract(document, base_url=BASE_URL)
    found.exchanges = dict(Exchanges(contract).measure(found.notes.append))
    step = max(1, found.operations // _SAMPLE) if quick else 1
    for operation in contract.operations[::step]:
        found.asked += 1
        try:
            with limit(LONGEST):
                outcome = drawn(contract, operation.id, 1, invalid=False)
        except TooLong:
            found.notes.append(f"{operation.id}: nothing drawn in {LONGEST} s")
            continue
        found.drawn += not outcome.why_not and not outcome.wrong
        found.notes += [f"{operation.id}: drawn, and wrong: {outcome.wrong}"] if outcome.wrong else []
    if found.operations:
        _client(found, text, folder, quick=quick)
    return found


def _client(found: Measured, text: Path, folder: Path, *, quick: bool) -> None:
    warnings: list[Problem] = []
    began = time.perf_counter()
    try:
        files = generate(text, Wanted(package=PACKAGE), warnings)[PACKAGE]
    except Failed as error:
        found.notes.append(str(error))
        return
    found.generation, found.generated = (
        time.perf_counter() - began,
        found.operations - sum("is left out" in one.message for one in warnings),
    )
    found.notes += [f"left out: {warning}" for warning in warnings]
    for name, content in files.items():
        place = folder / PACKAGE / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    path = os.pathsep.join([str(_ROOT / "src"), str(folder)])
    if not quick or len(files["models.py"]) < _TYPED:
        command = [
            sys.executable,
            "-m",
            "mypy",
            "--strict",
            "--config-file=",
            "--cache-dir",
            str(folder.parent / "mypy"),
        ]
        command += ["--explicit-package-bases", "--python-version", "3.11", str(folder / PACKAGE)]
        done = _run(command, {"MYPYPATH": path})
        found.typed = "no" if done.returncode else "yes"
        found.notes += done.stdout.splitlines()[:3] if done.returncode else []
    done = _run([sys.executable, "-m", "tests.corpus.calls", str(folder), PACKAGE], {})
    found.imported = bool(done.stdout.strip())
    found.calls = json.loads(done.stdout) if found.imported else {}
    found.notes += done.stderr.splitlines()[-3:]


def _run(command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=_ROOT, env=os.environ | environment)


def total(counts: dict[str, int]) -> int:
    """Return how many were counted."""
    return Counter(counts).total()


def main(arguments: list[str]) -> int:
    """Print the measurements of one document."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus.measure")
    parser.add_argument("file", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args(arguments)
    sys.stdout.write(json.dumps(asdict(measure(options.file, options.folder, quick=options.quick))) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
