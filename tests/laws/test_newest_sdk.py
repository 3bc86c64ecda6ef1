"""The vendor's newest SDK under every law, in a separate process: two releases cannot be imported into one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.laws.laws import all_laws

ROOT = Path(__file__).parents[2]
RELEASE = "1.3.6"
SDK = Path(sys.prefix) / f"sdk-{RELEASE}"
"""Where `make setup` installs it, pinned in `newest-sdk.txt`."""


@pytest.mark.skipif(version("twelvelabs") == RELEASE, reason="this is the process of its own")
def test_the_newest_sdk_keeps_the_laws_but_for_named_defects(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Each law that it breaks for an operation is a defect of the ledger, and each defect shows."""
    report = tmp_path / "report.xml"
    files = sorted({sys.modules[law.check.__module__].__file__ or "" for law in all_laws() if law.subjects})
    options = ["-q", "-p", "no:cacheprovider", "-k", "newest and vendor", f"--junitxml={report}"]
    path = os.pathsep.join([str(SDK), str(ROOT)])
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *files],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert run.returncode == 0, run.stdout[-5000:] + run.stderr[-2000:]
    items = list(ET.parse(report).iter("testcase"))  # noqa: S314 - pytest has just written it
    reasons = [reason for item in items for skipped in item.iter("skipped") if (reason := skipped.get("message"))]
    defects = Counter(re.findall(r"^S[0-9]+", "\n".join(reasons), re.MULTILINE))
    assert defects.total() == len(reasons)
    ledger = (ROOT / "spec" / "DEVIATIONS.md").read_text(encoding="utf-8")
    assert [name for name in defects if f"**{name}." not in ledger] == []
    for name, count in sorted(defects.items()):
        record_property(name, count)
    print(f"SDK {RELEASE}: {len(items)} trials of laws, {len(reasons)} broken: {dict(defects.most_common())}")
