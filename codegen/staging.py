"""The folder in which packages are built before they replace the old ones, and the recovery of an old one."""

from __future__ import annotations

import os
import sys
from pathlib import Path

PREFIX = ".codegen-"
"""The prefix of its name; the process id follows."""


def recover(out: Path) -> None:
    """Restore the packages after a run that was killed between two steps, and remove its staging folder."""
    for stage in sorted(out.glob(f"{PREFIX}*")):
        if not _is_running(stage.name.removeprefix(PREFIX).partition("-")[0]):
            for old in sorted((stage / "old").glob("*")):
                if not os.path.lexists(out / old.name):
                    os.rename(old, out / old.name)
            import shutil  # noqa: PLC0415 - slow to import, and rarely needed

            shutil.rmtree(stage, ignore_errors=True)


def _is_running(process: str) -> bool:
    """Return whether a process is still running, as far as can be known."""
    if not process.isdecimal() or sys.platform == "win32":  # where checking could end it
        return process.isdecimal()
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
