"""Compare the newest edition with the newest SDKs on the registries: `python -m tests.witnesses.drift [DIR]`.

DIR is a folder that holds a package `twelvelabs`; without it the newest one is fetched. What is known is in
`spec/drift.txt`. The report goes to standard output; the exit status is 1 if anything is not known.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from apicontract.changes.drift import Drift, against_names, known_drift, unknown
from tests.witnesses.releases import RELEASES
from tests.witnesses.sdk_names import names
from twelvelabs_contract import Contract

KNOWN = Path(__file__).parents[2] / "spec" / "drift.txt"


def drift(folder: Path, contract: Contract) -> Iterator[Drift]:
    """Yield what the SDK in a folder has and a contract has not, or the other way."""
    yield from against_names(contract.document, names(folder / "twelvelabs"))


def _fetched(folder: Path) -> str:
    """Fetch the newest Python SDK into a folder; return its version."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), "twelvelabs"]
    subprocess.run(command, check=True)
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
    print(*left, *(f"{release}: a release that is not recorded; add it to RELEASES" for release in new), sep="\n")
    print(*(f"known, and not found any more: {entry.pattern}" for entry in unused), sep="\n")
    print(f"{len(left) + len(new)} not known")
    return int(bool(left or new))


def main(arguments: list[str]) -> int:
    """Compare, and print."""
    contract = Contract.load()
    if arguments:
        return report(list(drift(Path(arguments[0]), contract)), [])
    with tempfile.TemporaryDirectory(prefix="drift-") as name:
        releases = [f"python-{_fetched(Path(name))}", f"js-{_newest_javascript()}"]
        return report(list(drift(Path(name), contract)), releases)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
