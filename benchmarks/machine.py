"""What the figures were measured on and with: no name of a host and no path."""

from __future__ import annotations

import os
import platform
import shutil
import statistics
import subprocess
import time
from importlib import metadata
from math import exp
from pathlib import Path

import psutil
import pyperf

PEERS = (
    *("twelvelabs", "httpx", "pydantic", "pydantic_core", "jsonschema", "jsonschema_rs", "msgspec", "openapi-core"),
    *("werkzeug", "hypothesis", "schemathesis", "datamodel-code-generator", "openapi-python-client", "pyperf"),
)


def described() -> dict[str, str]:
    """Name the processor, the cores, the memory, the system and the Python."""
    reported = pyperf.Run([1.0]).get_metadata()
    return {
        "processor": str(reported.get("cpu_model_name") or platform.processor() or platform.machine()),
        "cores": str(os.cpu_count()),
        "memory": f"{psutil.virtual_memory().total / 2**30:.0f} GiB",
        "system": f"{platform.system()} {platform.release().partition('-')[0]} ({platform.machine()})",
        "Python": f"{platform.python_version()} ({platform.python_implementation()})",
    }


def load(busy: float = 0.0) -> float:
    """Return how many processes wanted a core, on average over the last minute, less our own one of so many seconds.

    The system's average forgets with e to the power of -1/60 a second.
    """
    return max(0.0, float(psutil.getloadavg()[0]) - (1 - exp(-busy / 60)))


def unsteadiness() -> float:
    """Return how many times as long as the shortest of some runs of the same loop one in ten takes.

    That is 1 where nothing disturbs. The load tells of this system's processes; what shares a virtual machine's
    processor from outside shows here, and not always in the time that the system counts as stolen.
    """
    taken = []
    for _ in range(40):
        begun = time.perf_counter()
        sum(range(200_000))
        taken.append(time.perf_counter() - begun)
    return statistics.quantiles(taken, n=10)[-1] / min(taken)


def commit() -> str:
    """Name the commit that is measured, and whether files differ from it; empty where there is no repository."""
    git = shutil.which("git")
    if git is None:
        return ""
    command = (git, "describe", "--always", "--dirty")
    done = subprocess.run(command, cwd=Path(__file__).parent, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def versions() -> dict[str, str]:
    """Return the version of every peer."""
    return {name: metadata.version(name) for name in PEERS}
