"""The real commands, over a socket: what they print, how they stop, and with which status."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

KEY = "tlk_0123456789ABCDEF"


@contextmanager
def started(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run a command, and yield its process and the address that it prints."""
    command = [sys.executable, "-m", "twelvelabs_contract", *arguments, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            first = process.stderr.readline()
            assert " at http://127.0.0.1:" in first, first + process.stderr.read()
            yield process, first.rpartition(" at ")[2].split()[0]
        finally:
            process.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="signals are of POSIX")
def test_serve_answers_reports_and_stops_on_a_signal() -> None:
    with started("serve", "--fail-on-violation", "--format", "json") as (process, address):
        with httpx.Client(base_url=address, headers={"x-api-key": KEY}) as client:
            assert client.get("/indexes").status_code == 200
            assert client.get("/indexes", params={"page_limit": 51}).status_code == 400
            with pytest.raises(httpx.RemoteProtocolError):
                client.get("/indexes", headers={"x-contract-fault": "cut=5"})
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=20)
    found = json.loads(out)
    assert process.returncode == 1
    assert [(one["operation"], one["rule"], one["label"][:12]) for one in found["findings"]] == [
        ("indexes.list", "maximum", "exchange 2: ")
    ]
    assert found["summary"]["checked"] == 3
    assert "indexes.list: query.page_limit:" in err, "printed as it came"
    assert KEY not in out + err
    assert "Traceback" not in err


def test_an_address_that_is_taken_is_an_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "twelvelabs_contract", "serve", "--port", port]
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 2
    assert f"cannot listen on 127.0.0.1, port {port}" in done.stderr
