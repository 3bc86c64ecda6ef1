"""Compare the newest edition with the newest SDKs on the registries: `python -m tests.witnesses.drift [DIR] [FILE…]`.

DIR is a folder with a package `twelvelabs`; without it the newest one is fetched. FILE is a document of the vendor or a
recording, which is compared too. The comparison covers operations, parameters and their facts in the package: types,
whether required, defaults, bounds, values, and the statuses that have an error class. Known drift is listed in
`spec/drift.txt`, and in `tests/references/readings.py` if the vendor's references and documents have it too. The report
goes to standard output; the exit status is 1 if any drift is not known.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from apicontract.changes.drift import Drift, against_names, known_drift, route_of, unknown
from apicontract.cli import drift as documents_drift
from tests.references.compare import compare
from tests.references.documents import between, departure
from tests.references.readings import READINGS
from tests.witnesses import sdk_facts
from tests.witnesses.releases import RELEASES
from tests.witnesses.sdk_names import names
from twelvelabs_contract import Contract

_OF_ALL = {"401"}
KNOWN = Path(__file__).parents[2] / "spec" / "drift.txt"


def drift(folder: Path, contract: Contract) -> Iterator[Drift]:
    """Yield what the SDK in a folder has and a contract has not, or the other way."""
    package = folder / "twelvelabs"
    yield from against_names(contract.document, names(package))
    yield from _facts(package, contract)
    yield from _statuses(package, contract)


def _facts(package: Path, contract: Contract) -> Iterator[Drift]:
    """Yield what is said otherwise of operations and parameters that both have."""
    places = {o.id: f"{o.method} {o.path}" for o in contract.operations}
    for one in compare(sdk_facts.facts(package), dict(contract.document.raw)):
        known = any(reading.explains(one) for reading in READINGS)
        if one.method in places and one.kind not in ("method", "parameter") and not known:
            message = f"the SDK has {one.reference!r}, this document {one.document!r}"
            yield Drift(places[one.method], one.name or "path", one.kind, message)


def _statuses(package: Path, contract: Contract) -> Iterator[Drift]:
    """Yield the refusals that only one side has, but for those that every operation has."""
    theirs = sdk_facts.statuses(package)
    for operation in contract.operations:
        route = route_of(operation.method, operation.path)
        own = {key for key in operation.responses if key.isdigit() and int(key) >= 400}
        found = theirs.get(route, own)
        for status in sorted((own ^ found) - _OF_ALL):
            owner = "the other source" if status in found else "this document"
            yield Drift(f"{operation.method} {operation.path}", status, "status", f"only {owner} has it")


def _fetched(folder: Path) -> str:
    """Fetch the newest Python SDK into a folder, whatever version is pinned here; return its version."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), "twelvelabs"]
    subprocess.run(command, check=True, env={**os.environ, "PIP_CONSTRAINT": ""})
    (wheel,) = folder.glob("twelvelabs-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return wheel.name.split("-")[1]


def _newest_javascript() -> str:
    """Return the version of the newest JavaScript SDK."""
    done = subprocess.run(["npm", "view", "twelvelabs-js", "version"], check=True, capture_output=True, text=True)  # noqa: S607
    return done.stdout.strip()


def report(found: list[Drift], releases: list[str]) -> int:
    """Print what is not known: drift, and releases that nobody recorded; return the exit status."""
    left, unused = unknown(found, known_drift(KNOWN.read_text(encoding="utf-8")))
    new = [release for release in releases if release not in RELEASES]
    lines = [str(one) for one in left]
    lines += [f"{release}: a release that is not recorded; add it to RELEASES" for release in new]
    lines += [f"known, and not found any more: {entry.pattern}" for entry in unused]
    print(*lines, f"{len(left) + len(new)} not known", sep="\n")
    return int(bool(left or new))


def others(files: Sequence[str], contract: Contract) -> Iterator[Drift]:
    """Yield what documents of the vendor and recordings have otherwise, and the ledger does not explain."""
    for file in files:
        theirs = documents_drift.document(file)
        if theirs is None:
            yield from documents_drift.found(contract, [file])
            continue
        for fact in between(contract.document, theirs.document):
            if departure(fact) is None:
                yield Drift(fact.route, fact.where, fact.rule, f"theirs, {fact.effect}: {fact.message}")


def main(arguments: list[str]) -> int:
    """Compare, and print."""
    contract = Contract.load()
    folders = [argument for argument in arguments if Path(argument).is_dir()]
    more = list(others([argument for argument in arguments if argument not in folders], contract))
    if folders:
        return report([*drift(Path(folders[0]), contract), *more], [])
    with tempfile.TemporaryDirectory(prefix="drift-") as name:
        releases = [f"python-{_fetched(Path(name))}", f"js-{_newest_javascript()}"]
        return report([*drift(Path(name), contract), *more], releases)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
