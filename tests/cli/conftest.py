"""Run the command line in this process: arguments and standard input in, status and both outputs out."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from apicontract.cli.main import run
from tests.support.editions import DOCUMENT_2025_08
from twelvelabs_contract import Contract
from twelvelabs_contract.product import PRODUCT

HOST = "https://api.twelvelabs.io/v1.3"
KEY = "tlk_0123456789ABCDEF"
HEEDING_CTRL_C = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from twelvelabs_contract.cli import main; raise SystemExit(main())"
)
"""The command line as a program. A process started in the background ignores the signal, and so do those that it
starts, unless they say otherwise."""


@dataclass(frozen=True)
class Done:
    """The result of a command line."""

    status: int
    out: str
    err: str

    @property
    def findings(self) -> list[dict[str, Any]]:
        """The findings of `--format json`."""
        found: list[dict[str, Any]] = json.loads(self.out)["findings"]
        return found


Run = Callable[..., Done]


def _load(path: Path | None = None, *, edition: str | None = None, **named: Any) -> Contract:
    """Load the document of August 2025 if none is specified, without its other editions."""
    return Contract.load(DOCUMENT_2025_08 if not path and not edition else path, edition=edition, **named)


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Return a function that runs a command line in an empty directory."""
    monkeypatch.chdir(tmp_path)

    def started(*arguments: object, stdin: bytes = b"") -> Done:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        status = run(PRODUCT._replace(load=_load), [str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return Done(status, out, err)

    return started


def entry(url: str, body: object, *, status: int = 200) -> dict[str, Any]:
    """Return one entry of a HAR."""
    return {
        "startedDateTime": "2025-08-01T00:00:00Z",
        "time": 1,
        "request": {
            "method": "GET",
            "url": url,
            "httpVersion": "HTTP/1.1",
            "headers": [{"name": "x-api-key", "value": KEY}],
            "queryString": [],
            "cookies": [],
            "headersSize": -1,
            "bodySize": 0,
        },
        "response": {
            "status": status,
            "statusText": "",
            "httpVersion": "HTTP/1.1",
            "headers": [{"name": "content-type", "value": "application/json"}],
            "cookies": [],
            "content": {"size": 1, "mimeType": "application/json", "text": json.dumps(body)},
            "redirectURL": "",
            "headersSize": -1,
            "bodySize": -1,
        },
        "cache": {},
        "timings": {},
    }


def har(*entries: dict[str, Any], name: str = "calls.har") -> str:
    """Write a HAR with one entry on each line."""
    lines = ",\n".join(map(json.dumps, entries))
    log = '{"log": {"version": "1.2", "creator": {"name": "t", "version": "1"}, "entries": [\n'
    Path(name).write_text(f"{log}{lines}\n]}}}}", encoding="utf-8")
    return name
