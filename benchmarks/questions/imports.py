"""What does it cost to import the client? Each time in a fresh interpreter, whose own start `python alone` shows."""

from __future__ import annotations

import subprocess
import sys

from benchmarks.model import Answer, Effort, Question, Side, Target, Work

NAMES = {"twelvelabs_api": "ours", "twelvelabs": "SDK", "sys": "python alone"}


def importing(module: str) -> Side:
    """Import a module in a fresh interpreter."""

    def setup(_: int) -> Work:
        def answer() -> Answer:
            check = f"import {module}, sys; print({module!r} in sys.modules)"
            done = subprocess.run([sys.executable, "-c", check], check=True, capture_output=True, text=True)
            return {"imported": done.stdout.strip()}

        return Work((sys.executable, "-c", f"import {module}"), answer)

    return Side(NAMES.get(module, module), setup)


QUESTIONS = (
    Question(
        "import",
        "Import the client, in a fresh interpreter",
        tuple(map(importing, ("twelvelabs_api", "httpx", "twelvelabs", "pydantic", "twelvelabs_contract", "sys"))),
        targets=(Target("httpx", times=1, plus=0.1),),
        expected={"imported": "True"},
        effort=Effort(processes=5, values=2, min_time=0.01),
        note="Every side includes the start of the interpreter, which `python alone` shows.",
    ),
)
