"""Fail if a published edition breaks a client that it did not break before: `python -m tests.changes.gate BASE`.

The plain documents of the merge base with BASE (a branch) are compared with those of this tree on the same days. A
change of the API has a day of its own, so it does not affect earlier days. If an earlier day breaks a client all the
same, that is a correction of the past, which needs a line in `spec/corrections.txt` with its entry of the ledger.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from apicontract.changes import Difference, compare
from apicontract.changes.drift import Drift, known_drift, unknown
from apicontract.openapi.document import Document
from apicontract.openapi.editions import Editions
from apicontract.openapi.projection import project
from twelvelabs_contract.contract import bundled

ROOT = Path(__file__).parents[2]
CORRECTIONS = ROOT / "spec" / "corrections.txt"
MARKED = "generated/twelvelabs_api/editions.json"


def breaks(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Drift]:
    """Yield what of the editions of one marked document breaks a client in another, on the same day."""
    for edition in Editions.of(before).editions:
        old, new = (Document(project(raw, edition.day)) for raw in (before, after))
        for difference in compare(old, new).differences:
            if difference.severity in ("major", "undecided"):
                yield _named(difference, edition.name)


def _named(difference: Difference, edition: str) -> Drift:
    place = f"{difference.method} {difference.path}".strip() or "document"
    return Drift(
        place, difference.where, difference.rule, f"in {edition}: {difference.message} ({difference.severity})"
    )


def main(base: str) -> int:
    """Compare with the merge base, and print what breaks and is not explained."""
    command = ["git", "-C", str(ROOT), "merge-base", "HEAD", base]
    merge_base = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    command = ["git", "-C", str(ROOT), "show", f"{merge_base}:{MARKED}"]
    before = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    after = json.loads(bundled("editions.json").read_bytes())
    known = known_drift(CORRECTIONS.read_text(encoding="utf-8"))
    left, _ = unknown(breaks(before, after) if before != after else (), known)
    print(*left, *(["mark the change with its day, or explain it in spec/corrections.txt"] if left else []), sep="\n")
    print(f"{len(left)} breaks of published editions since {merge_base[:7]}")
    return int(bool(left))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if sys.argv[1:] else "origin/main"))
