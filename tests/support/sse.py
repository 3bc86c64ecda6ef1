"""A reader of server-sent events that follows the steps of the WHATWG standard literally: slow, for a whole stream."""

from __future__ import annotations

import re
from typing import TypeAlias

Plain: TypeAlias = tuple[int, str, str, str | None, int | None]
"""Line, type, data, id, retry."""


def by_the_text(stream: bytes) -> tuple[list[Plain], bool]:
    """Read as section 9.2.6 says: decode, split, interpret, dispatch; and whether the stream ends within an event."""
    text = stream.decode("utf-8-sig", errors="replace")
    lines = re.split("\r\n|\n|\r", text)
    found: list[Plain] = []
    begun, data, kind, id_, retry, open_ = 1, "", "", None, None, False
    for number, line in enumerate(lines[:-1], 1):
        if not line:
            if data:
                found.append((begun, kind or "message", data.removesuffix("\n"), id_, retry))
            begun, data, kind, id_, retry, open_ = number + 1, "", "", None, None, False
            continue
        name, _, value = line.partition(":")
        open_ = open_ or not line.startswith(":")
        value = value.removeprefix(" ")
        if name == "data":
            data += f"{value}\n"
        elif name == "event":
            kind = value
        elif name == "id" and "\0" not in value:
            id_ = value
        elif name == "retry" and re.fullmatch("[0-9]+", value):
            retry = int(value)
    return found, open_ or not (lines[-1].startswith(":") or not lines[-1])
