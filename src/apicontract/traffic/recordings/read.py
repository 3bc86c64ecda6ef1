"""Which recording a file is, recognised by its content."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from apicontract.traffic.recordings import json_items, kinds, yaml_items
from apicontract.traffic.recordings.model import Recorded, RecordingInvalid

_MARK = b"\xef\xbb\xbf"


def read(source: str | os.PathLike[str] | bytes) -> Iterator[Recorded]:
    """Yield the exchanges of a recording, in its order: of a file by its path, or of the content itself as bytes.

    A HAR 1.2, or a VCR cassette in YAML or JSON. Raises `OSError` for a file that cannot be read, and
    `RecordingInvalid` for one that is no recording, at the place where that shows: what came before is good.
    """
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RecordingInvalid("this is UTF-16; save it as UTF-8")
    begins = data[:1000].removeprefix(_MARK).lstrip()
    if not begins and not data.removeprefix(_MARK).strip():
        raise RecordingInvalid("the file is empty")
    if begins.startswith(b"\x1f\x8b"):
        raise RecordingInvalid("the file is in gzip; unpack it first")
    readers = kinds.readers()
    cut = json_items.entries if begins[:1] in (b"{", b"[") else yaml_items.entries
    for index, (place, entry) in enumerate(cut(data, readers), 1):
        yield readers[place](entry, index)
