"""What does it cost to import the client? Each time in a fresh interpreter, whose own start `python alone` shows."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace

from benchmarks import inputs
from benchmarks.model import Answer, Effort, Question, Side, Work
from benchmarks.targets import TARGETS

IMPORTED = {
    "ours": ("twelvelabs_api_2025_08", "TwelveLabs"),
    "httpx": ("httpx", "Client"),
    "SDK": ("twelvelabs", "TwelveLabs"),
    "pydantic": ("pydantic", "BaseModel"),
    "twelvelabs_contract": ("twelvelabs_contract", "Contract"),
    "python alone": ("sys", "exit"),
}
"""What users import of each, by side: a module may load late what nobody has named yet."""


def importing(name: str, module: str, attribute: str) -> Side:
    """Import a class in a fresh interpreter."""
    program = f"from {module} import {attribute}"
    return Side(name, lambda _: _program(program, f"{program}; print(callable({attribute}))"))


def _program(timed: str, asked: str) -> Work:
    def answer() -> Answer:
        done = subprocess.run((sys.executable, "-c", asked), check=True, capture_output=True, text=True)
        return {"reported": done.stdout.strip()}

    return Work((sys.executable, "-c", timed), answer)


TASK = inputs.task(17)
_ANSWER = (
    "import httpx",
    f"transport = httpx.MockTransport(lambda request: httpx.Response(200, content={json.dumps(TASK)!r}))",
)
_RAW = (
    f"client = httpx.Client(transport=transport, headers={{'x-api-key': {inputs.KEY!r}}})",
    f"found = client.get('{inputs.BASE}/tasks/{TASK['_id']}').json()",
    "print(found['_id'], found['status'])",
)


def _client(module: str) -> tuple[str, ...]:
    return (
        f"from {module} import TwelveLabs",
        f"client = TwelveLabs(api_key={inputs.KEY!r}, httpx_client=httpx.Client(transport=transport))",
        f"found = client.tasks.retrieve(task_id={TASK['_id']!r})",
        "print(found.id, found.status)",
    )


def calling(name: str, program: tuple[str, ...]) -> Side:
    """Import a client and make its first call; pyperf keeps the command, and wants it in one line."""
    text = "; ".join((*_ANSWER, *program))
    return Side(name, lambda _: _program(text, text))


EFFORT = Effort(processes=5, values=2, min_time=0.01)

QUESTIONS = (
    Question(
        "import",
        "Import the client, in a fresh interpreter",
        tuple(importing(name, *what) for name, what in IMPORTED.items()),
        targets=TARGETS["import"],
        expected={"reported": "True"},
        effort=EFFORT,
        note="Every side includes the start of the interpreter, which `python alone` shows.",
    ),
    Question(
        "import-call",
        "Import the client and make a first call, in a fresh interpreter",
        (
            calling("ours", _client("twelvelabs_api_2025_08")),
            calling("raw httpx", _RAW),
            calling("SDK", _client("twelvelabs")),
        ),
        expected={"reported": f"{TASK['_id']} {TASK['status']}"},
        effort=replace(EFFORT, processes=3),
        note="Retrieve a task, over a mock transport: what an import puts off until the first call is in it.",
    ),
)
