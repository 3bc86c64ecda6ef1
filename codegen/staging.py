"""The folder in which packages are built before they take their place, and what is done with one that was left."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

PREFIX = ".codegen-"
"""How its name begins; the number of the process comes next."""


def recover(out: Path) -> None:
    """Put back what a run left that was killed between two steps, and remove what it was staging."""
    for stage in sorted(out.glob(f"{PREFIX}*")):
        if not _is_running(stage.name.removeprefix(PREFIX).partition("-")[0]):
            for old in sorted((stage / "old").glob("*")):
                if not os.path.lexists(out / old.name):
                    os.rename(old, out / old.name)
            shutil.rmtree(stage, ignore_errors=True)


def _is_running(process: str) -> bool:
    """Whether a process is still there, as far as can be known."""
    if not process.isdecimal() or sys.platform == "win32":  # where asking could end it
        return process.isdecimal()
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
