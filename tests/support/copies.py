"""Copies of parts of the checkout, which a test may change although the checkout may be read-only."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path


def copied(source: Path, target: Path, *left_out: str) -> Path:
    """Copy a folder, without what matches a pattern, into a new or present one that can be written; return it."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", *left_out), dirs_exist_ok=True)
    for path in (target, *target.rglob("*")):
        path.chmod(path.stat().st_mode | stat.S_IWUSR)
    return target
