"""The vendor's newest Python SDK against `serve --state`; `make test-js` does the same with the JavaScript SDK."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.server import sdk_calls
from tests.server.conftest import started, stopped
from tests.support.patience import PATIENCE

SDK = Path(sys.prefix) / "sdk-1.3.6"
"""Where `make setup` installs it."""
STEPS = {
    "list": ["c", "b", "a", "from Python"],
    "asset": True,
    "statuses": ["pending", "queued", "indexing", "validating", "ready"],
    "search": True,
    "stream": ["stream_start", True, "stream_end"],
    "updated": "renamed",
    "deleted": 404,
    "wrong": [400, 400, 400, 401, 400, 400, 400, 400, 400, 400],
}
FINDINGS = [
    ("indexes.list", "query.page_limit", "maximum"),
    ("indexes.list", "query.page", "minimum"),
    ("indexes.list", "query.model_options", "pattern"),
    ("indexes.list", "header.x-api-key", "missing"),
    ("indexes.create", "body.models", "minItems"),
    ("indexes.create", "body.models[0].model_options[0]", "enum"),
    ("tasks.list", "query.status[0]", "enum"),
    ("assets.create", "form.file", "missing"),
    ("search.create", "form", "anyOf"),
    ("analyze", "body.temperature", "maximum"),
]


@pytest.mark.skipif(sys.platform == "win32", reason="signals are of POSIX")
def test_the_newest_sdk_reads_every_answer_and_each_of_its_wrong_calls_is_reported() -> None:
    with started("serve", "--state", "--job-seconds", "4000", "--format", "json") as (server, address):
        command = [sys.executable, str(Path(sdk_calls.__file__)), address]
        environment = {**os.environ, "PYTHONPATH": str(SDK)}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE)
        out, _ = stopped(server)
    assert done.returncode == 0, done.stderr
    assert {line["step"]: line["value"] for line in map(json.loads, done.stdout.splitlines())} == STEPS
    found = [(one["operation"], one["where"], one["rule"]) for one in json.loads(out)["findings"]]
    assert found == FINDINGS
