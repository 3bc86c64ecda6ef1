"""Names that a file cannot have; apart from `files`, so that who asks loads nothing else."""

from __future__ import annotations

RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
"""Device names, in lower case: on Windows a file cannot have such a name, whatever its suffix."""
