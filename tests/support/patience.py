"""How long to wait for what must come: so long that on any machine only what never comes is late."""

from __future__ import annotations

PATIENCE = 120.0
"""Seconds."""
