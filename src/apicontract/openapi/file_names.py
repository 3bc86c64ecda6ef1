"""Names that a file cannot have, in a module without imports, so that it is cheap to load."""

from __future__ import annotations

RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
"""Device names, in lower case: on Windows a file cannot have such a name, whatever its suffix."""
