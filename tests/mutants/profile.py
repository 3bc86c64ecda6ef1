"""A pytest plugin for runs with a planted fault: nothing is shrunk, and no loop takes all time or memory."""

from __future__ import annotations

import resource
import signal

from hypothesis import HealthCheck, Phase, settings

NAME = "mutants"
SECONDS = 20
"""For one test; the longest takes a few."""
_MEMORY = 4 * 1024**3

settings.register_profile(
    NAME,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def pytest_runtest_logstart() -> None:
    """Give each test its time; the signal ends the run."""
    signal.alarm(SECONDS)
