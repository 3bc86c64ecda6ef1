"""What does it cost to check a file with one payload a line, and does a large one take more memory than a small one?"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import by_hand, inputs
from benchmarks.model import Answer, Effort, Growth, Question, Side, Work
from benchmarks.questions.generation import kept

SMALLEST, LARGEST = 1, 1024
MB = 1024 * 1024


def _lines() -> Iterator[bytes]:
    """Yield blocks of tasks, one a line, without end."""
    for start in count(0, 1000):
        yield b"".join(inputs.dumped(inputs.task(start + i)) + b"\n" for i in range(1000))


def write(path: Path, megabytes: int) -> None:
    """Write a file of about so many megabytes, of 1,000 lines at least.

    From the sixteenth megabyte on its lines come again: making them anew would take longer than checking them.
    """
    block: list[bytes] = []
    left = max(megabytes * MB, 1)
    with path.open("wb") as file:
        for lines in _lines():
            if left <= 0 or len(block) * len(lines) > 16 * MB:
                break
            block.append(lines)
            left -= file.write(lines)
        again = b"".join(block)
        while left > 0:
            left -= file.write(again)


def wrong(value: dict[str, Any]) -> bytes:
    """Break one rule of a task."""
    return inputs.dumped({**value, "system_metadata": {**value["system_metadata"], "duration": "long"}}) + b"\n"


def _work(command: tuple[str, ...], count: Callable[[Path], int], megabytes: int) -> Work:
    directory = TemporaryDirectory(prefix="bench-")
    path, bad = Path(directory.name) / "tasks.ndjson", Path(directory.name) / "wrong.ndjson"
    write(path, megabytes)
    bad.write_bytes(
        b"".join(wrong(inputs.task(i)) if i in (2, 5, 6) else inputs.dumped(inputs.task(i)) + b"\n" for i in range(9))
    )

    def answer() -> Answer:
        return {"wrong lines": count(bad), "wrong lines of the file that is timed": count(path)}

    return kept(directory, Work((*command, str(path)), answer))


def reported(command: tuple[str, ...], path: Path) -> str:
    """Ask a command about a file. Raises `ValueError` if the command cannot say whether it conforms."""
    done = subprocess.run((*command, str(path)), check=False, capture_output=True, text=True)
    if done.returncode > 1 or "Traceback" in done.stderr:
        raise ValueError(done.stderr.strip() or f"exit status {done.returncode}")
    return done.stdout


def by_a_user(checker: str) -> tuple[tuple[str, ...], Callable[[Path], int]]:
    """Return the command of a user of a peer, without its file, and what finds out how much is wrong with a file."""
    document = inputs.document_path()
    command = (sys.executable, "-m", "benchmarks.by_hand", checker, str(document))
    return command, partial(by_hand.PROGRAMS[checker], document)


def _ours(size: int) -> Work:
    options = ("--operation", "tasks.retrieve", "--status", "200", "--jobs", "1")
    command = (sys.executable, "-m", "twelvelabs_contract", "validate", *options)

    def count(path: Path) -> int:
        return len(
            {finding["line"] for finding in json.loads(reported((*command, "--format", "json"), path))["findings"]}
        )

    return _work(command, count, size)


def _by_hand(checker: str, size: int) -> Work:
    return _work(*by_a_user(checker), size)


QUESTIONS = (
    Question(
        "file",
        "Check a file of one task a line, by its size",
        (
            Side("ours", _ours, slow=True),
            Side("openapi-core", partial(_by_hand, "openapi-core"), slow=True, sizes=(1,)),
            Side("jsonschema", partial(_by_hand, "jsonschema"), slow=True, sizes=(1, 16)),
            Side("jsonschema-rs + from_json", partial(_by_hand, "jsonschema-rs"), slow=True),
        ),
        sizes=(1, 16, 128, LARGEST),
        once=(128, LARGEST),
        expected={"wrong lines": 3, "wrong lines of the file that is timed": 0},
        per=lambda size: (float(size), "MB"),
        growth=Growth("MB of the file"),
        effort=Effort(processes=3),
        note="Whole commands, their start included: `twelvelabs-contract validate`, and for the peers a program of ten "
        "lines, which says only whether a line conforms, and ends at one that is no JSON. Ours also tells line, place, "
        "rule, pointer and excerpt of each violation, counts them, goes on after broken lines, and bounds what a line "
        "may take. openapi-core and jsonschema are asked only about files that take them some seconds; files of 128 MB "
        "and more are read once.",
        judged=(SMALLEST,),  # a command that fails on a larger one is no figure either
        small=(0,),
    ),
)
