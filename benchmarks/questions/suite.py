"""How long does the default run of the tests take?"""

from __future__ import annotations

import sys

from benchmarks.model import Effort, Question, Side, Work
from benchmarks.targets import TARGETS


def _tests(_: int) -> Work:
    command = (sys.executable, "-m", "pytest", "--quiet", "--numprocesses", "auto")
    return Work(command, dict)


QUESTIONS = (
    Question(
        "tests",
        "The whole default test run, as `make test`",
        (Side("ours", _tests, slow=True),),
        targets=TARGETS["tests"],
        effort=Effort(processes=1),
        small=(),  # a run of the tests within the tests
        note="One run on all cores; it fails if a test fails.",
    ),
)
