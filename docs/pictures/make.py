"""Make the pictures of the manual: what a terminal shows as SVG, and the report of a run as PNG.

    .venv/bin/python docs/pictures/make.py

The second needs Chromium; without it that picture is left as it is.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

from rich.console import Console
from rich.text import Text

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CLIPS = ROOT / "examples" / "clips"
WRONG = ("/tasks?page_limit=51&status=ready,failed", "/indexes?page=first", "/asset")
COLOURS = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": "110"}


def terminal(name: str, title: str, text: str) -> None:
    """Write what a terminal shows."""
    console = Console(record=True, width=110, file=open(os.devnull, "w"), force_terminal=True)  # noqa: SIM115 - ends here
    console.print(Text.from_ansi(text.replace(str(ROOT), "…")), soft_wrap=False)
    picture = console.export_svg(title=title, unique_id=name)
    (HERE / f"{name}.svg").write_text(
        re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)
    )  # no font of others


def pytest(*arguments: str) -> str:
    """Run the tests of the example."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--color=yes", *arguments]
    return subprocess.run(command, cwd=CLIPS, env=COLOURS, capture_output=True, text=True, check=False).stdout


def serve() -> str:
    """Send wrong requests to `serve`, and return what its terminal shows."""
    command = [sys.executable, "-m", "twelvelabs_contract", "serve", "--port", "0"]
    with subprocess.Popen(command, env=COLOURS, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        first = server.stderr.readline()
        base = first.rpartition(" at ")[2].split()[0]
        for path in WRONG:
            request = urllib.request.Request(f"{base}{path}", headers={"x-api-key": "KEY"})  # noqa: S310 - this machine
            try:
                urllib.request.urlopen(request).close()  # noqa: S310 - as above
            except urllib.error.HTTPError:
                continue
        server.terminate()
        _, after = server.communicate(timeout=30)
    port = base.partition("//")[2].partition("/")[0].rpartition(":")[2]
    return f"$ twelvelabs-contract serve\n{first}{after}".replace(port, "8000")


def report() -> None:
    """Take the picture of a report."""
    chromium = shutil.which("chromium")
    if chromium is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "contract.html"
        pytest("--contract", f"--contract-report={page}", "test_clips.py", "test_with_the_mock.py")
        shot = [chromium, "--headless", "--no-sandbox", "--hide-scrollbars", "--window-size=1000,760"]
        subprocess.run([*shot, f"--screenshot={HERE / 'report.png'}", page.as_uri()], capture_output=True, check=True)


if __name__ == "__main__":
    terminal(
        "pytest",
        "pytest --contract",
        "$ pytest --contract -k found\n" + pytest("--no-header", "--contract", "-k", "found"),
    )
    terminal("serve", "twelvelabs-contract serve", serve())
    report()
