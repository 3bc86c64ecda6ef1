"""The size of uploads and streams that must use little memory: 64 MB, and 1 GB in `make test-deep`."""

from __future__ import annotations

from tests.support.deep import DEEP

SIZE = (1024 if DEEP else 64) * 1024 * 1024
MOST = 50 * 1024 * 1024
"""Bytes that a process may grow by."""
PIECE = 256 * 1024
