"""Files to upload, with names and contents that break careless clients."""

from __future__ import annotations

from typing import Any, NamedTuple

_SHOWN = 48
LARGE = 1 << 20


class Upload(NamedTuple):
    """A file to upload, in the form that clients accept: name, content, media type (`None` to let the client guess)."""

    filename: str
    content: bytes
    content_type: str | None = None

    def __repr__(self) -> str:
        """Show it so that it can be pasted; a large content is a repeated unit."""
        content = repr(self.content)
        unit = self.content[:1]
        if len(self.content) > _SHOWN and self.content == unit * len(self.content):
            content = f"{unit!r} * {len(self.content)}"
        media_type = "" if self.content_type is None else f", {self.content_type!r}"
        return f"Upload({self.filename!r}, {content}{media_type})"


def names_of_uploads(value: Any) -> Any:
    """Return a body as its schema validates it, with a file replaced by its name."""
    if isinstance(value, Upload):
        return value.filename
    if isinstance(value, dict):
        return {name: names_of_uploads(held) for name, held in value.items()}
    return [names_of_uploads(held) for held in value] if isinstance(value, list) else value


NAMES = (
    "a.mp4",
    "two words.png",
    'quote".mp4',
    "apostrophe'.wav",
    "naïve 日本語 🎬.mp4",
    "carriage\rreturn.mp4",
    "line\nfeed.mp4",
    'header\r\nContent-Type: text/html\r\n\r\n".mp4',
    "back\\slash.mp4",
    "semi;colon=.mp4",
    "100%.mp4",
    "..",
    "no extension",
)
"""File names. None contains %22, %0D or %0A, which stand for characters that cannot be sent in a name."""

CONTENTS = (b"a", b"", b"\x00\xff\r\n--boundary--\r\n\r\n", b"--", b"\r\n", "é".encode("latin-1"))
MEDIA_TYPES = (None, "video/mp4", "image/png", "audio/wav", "application/octet-stream")

SAMPLES = (
    Upload("a.mp4", b"a", "video/mp4"),
    Upload(NAMES[7], b"", None),
    Upload("large.mp4", b"x" * LARGE, "video/mp4"),
)
"""An ordinary file; an empty one whose name could end a header line; and a large one of 1 MiB."""
