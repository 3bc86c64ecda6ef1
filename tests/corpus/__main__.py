"""Measure documents that nobody here wrote, and write the table: `make corpus`.

The documents are those of three packages of the npm registry, or of a folder. Each is measured in a process of its own.
Where openapi-python-client is installed in an environment of its own (`--peer`), it generates from each document, too.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.corpus import documents
from tests.corpus.measure import Measured, total

HERE = Path(__file__).parent
RESULTS = HERE / "RESULTS.md"
_LONGEST = 900
"""Seconds for one document."""
_KEPT = {
    "@octokit/openapi": "generated/api.github.com.json",
    "@readme/oas-examples": "3.*/json/*.json",
    "@scalar/galaxy": "dist/3.1.yaml",
}
"""The documents of each package; the others are the same ones in another form."""


def fetched(folder: Path) -> list[Path]:
    """Install the packages, and return their documents under names of their own."""
    shutil.copy(HERE / "package.json", folder)
    npm = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"]
    subprocess.run(npm, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    found = []
    for package, pattern in _KEPT.items():
        held = folder / "node_modules" / package
        for path in sorted(held.glob(pattern)):
            name = "-".join([package.rpartition("/")[2], *path.relative_to(held).parts[:-1], path.name])
            found.append(path.rename(folder / name.replace("-json-", "-").replace("-generated-", "-")))
    return found


def measured(path: Path, folder: Path, *, quick: bool) -> Measured:
    """Measure a document in a process of its own."""
    command = [sys.executable, "-m", "tests.corpus.measure", str(path), str(folder), *(["--quick"] if quick else [])]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_LONGEST)
    except subprocess.TimeoutExpired:
        return Measured(path.name, notes=[f"took longer than {_LONGEST} s"])
    if done.returncode:
        return Measured(path.name, notes=done.stderr.splitlines()[-1:])
    return Measured(**json.loads(done.stdout))


def peer(program: Path, path: Path, folder: Path) -> tuple[int, str]:
    """Generate with openapi-python-client; return the number of its operations, and why there are none."""
    command = [str(program), "generate", "--path", str(path), "--output-path", str(folder / "peer"), "--meta", "none"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_LONGEST)
    except subprocess.TimeoutExpired:
        return 0, f"took longer than {_LONGEST} s"
    modules = [file for file in (folder / "peer" / "api").rglob("*.py") if file.name != "__init__.py"]
    if done.returncode and not modules:
        return 0, (re.sub(r"\s+", " ", done.stderr or done.stdout) or "failed")[:120]
    return len(modules), ""


def table(found: Sequence[Measured], peers: Sequence[tuple[int, str]]) -> Iterator[str]:
    """Yield the lines of the table."""
    heads = ["document", "operations", "load", "exchanges: clean", "document's fault", "ours", "drawn", "methods"]
    heads += ["generation", "imported", "mypy --strict", "called", *["openapi-python-client"] * bool(peers)]
    yield f"| {' | '.join(heads)} |"
    yield f"| --- |{' ---: |' * (len(heads) - 1)}"
    for number, one in enumerate(found):
        counts = [one.exchanges.get(key, 0) for key in ("clean", "document", "ours")]
        called = f"{one.calls.get('called', 0)} of {total(one.calls)}" if one.calls else "-"
        cells = [
            one.name.removesuffix(".gz"),
            one.operations,
            f"{one.load:.2f} s",
            *counts,
            f"{one.drawn} of {one.asked}",
        ]
        cells += [one.generated, f"{one.generation:.1f} s", "yes" if one.imported else "-", one.typed, called]
        cells += [peers[number][0]] if peers else []
        yield f"| {' | '.join(map(str, cells))} |"


def summary(found: Sequence[Measured], peers: Sequence[tuple[int, str]]) -> Iterator[str]:
    """Yield what the table says in all."""
    with_operations = [one for one in found if one.operations]
    operations, methods = sum(one.operations for one in found), sum(one.generated for one in found)
    exchanges = {key: sum(one.exchanges.get(key, 0) for one in found) for key in ("clean", "document", "ours")}
    calls = {key: sum(one.calls.get(key, 0) for one in found) for key in ("called", "document", "not drawn", "wrong")}
    yield f"- {len(found)} documents, {operations} operations; {len(with_operations)} documents have any."
    yield (
        f"- {sum(exchanges.values())} requests and responses made of the documents' own examples by httpx:"
        f" {exchanges['clean']} clean, {exchanges['document']} break their schema for jsonschema too,"
        f" {exchanges['ours']} are our fault."
    )
    drawn, asked = sum(one.drawn for one in found), sum(one.asked for one in found)
    yield f"- Requests are drawn for {drawn} of {asked} operations."
    clients = sum(one.imported for one in found)
    share = methods / max(1, operations)
    yield f"- Clients of {clients} documents, {methods} of {operations} operations ({share:.1%})."
    typed = [one.typed for one in found if one.typed != "-"]
    yield f"- `mypy --strict` passes on {typed.count('yes')} of {len(typed)} clients that it was run on."
    yield (
        f"- One method of each resource was called over respx: {calls['called']} calls came back, {calls['document']}"
        f" failed by an example that breaks its schema, {calls['not drawn']} had no arguments drawn, {calls['wrong']}"
        " are our fault."
    )
    if peers:
        made = sum(number > 0 for number, _ in peers)
        yield (
            f"- openapi-python-client, in the same run: clients of {made} documents, {sum(n for n, _ in peers)}"
            f" operations."
        )


def main(arguments: list[str]) -> int:
    """Measure, and write the results; return 1 if anything is our fault."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus")
    parser.add_argument("folder", nargs="?", type=Path, help="a folder of documents (default: those of the registry)")
    parser.add_argument("--quick", action="store_true", help="draw for a sample, type what is not large")
    parser.add_argument("--peer", type=Path, help="the program openapi-python-client")
    parser.add_argument("--only", nargs="*", default=[], help="documents whose names begin so")
    parser.add_argument("--results", type=Path, help="where to write the table (default: nowhere)")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    found: list[Measured] = []
    peers: list[tuple[int, str]] = []
    with tempfile.TemporaryDirectory(prefix="corpus-") as name:
        work = Path(name)
        (work / "npm").mkdir()
        paths = list(documents.files(options.folder)) if options.folder else fetched(work / "npm")
        for path in paths:
            if options.only and not path.name.startswith(tuple(options.only)):
                continue
            folder = work / path.name.replace(".", "_")
            folder.mkdir()
            found.append(measured(path, folder, quick=options.quick))
            if options.peer:
                peers.append(peer(options.peer, folder / documents.plain_name(path).name, folder))
            sys.stdout.write(f"{path.name}: {found[-1].generated} of {found[-1].operations} operations\n")
            sys.stdout.writelines(f"  {note[:300]}\n" for note in found[-1].notes)
            sys.stdout.flush()
            shutil.rmtree(folder)
    lines = [*summary(found, peers), "", *table(found, peers)]
    sys.stdout.write("\n".join([*lines, f"{time.perf_counter() - began:.0f} s", ""]))
    if options.results:
        head = ["# Documents that nobody here wrote", "", "Written by `make corpus`; times are of one run.", ""]
        options.results.write_text("\n".join([*head, *lines, ""]))
    faults = any(one.exchanges.get("ours") or one.calls.get("wrong") or one.typed == "no" for one in found)
    return int(faults or any(one.operations and not one.imported for one in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
