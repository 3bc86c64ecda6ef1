"""Rows are read in batches of bounded size, whatever their number and size."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from apicontract.bulk import inputs


@pytest.mark.parametrize(
    ("count", "length", "most"), [(1, 1, 1), (1024, 1, 1024), (2500, 1, 1024), (40, 200_000, 5), (3, 3_000_000, 1)]
)
def test_no_more_rows_are_read_at_once_than_fit(tmp_path: Path, count: int, length: int, most: int) -> None:
    texts = [f"{number:<{length}}" for number in range(count)]
    path = str(tmp_path / "a.parquet")
    pq.write_table(pa.table({"payload": texts}), path, compression="none", use_dictionary=False)
    found = list(inputs.rows(path, 0, None))
    assert max(len(part.column) for part in found) == most
    assert [text for part in found for text in part.column.to_pylist()] == texts
    assert [part.first for part in found] == [sum(len(part.column) for part in found[:at]) for at in range(len(found))]


@pytest.mark.parametrize(
    ("names", "column", "found"),
    [
        (("body",), None, "body"),
        (("id", "payload"), None, "payload"),
        (("payload", "id"), None, "payload"),
        (("id", "payload"), "id", "id"),
        (("body",), "payload", "it has no column 'payload'; it has body"),
        (("id", "body"), None, "which column holds the payloads? give --column, one of id, body"),
        (("id", "payload"), "x", "it has no column 'x'; it has id, payload"),
    ],
)
def test_the_column_is_the_one_that_was_named_or_the_only_one_it_can_be(
    tmp_path: Path, names: tuple[str, ...], column: str | None, found: str
) -> None:
    path = str(tmp_path / "a.parquet")
    pq.write_table(pa.table({name: [name, f"{name} 2"] for name in names}), path, row_group_size=1)
    assert (inputs.row_groups(path), inputs.size(path)) == (2, Path(path).stat().st_size)
    if found in names:
        (rows,) = inputs.rows(path, 1, column)
        assert (rows.first, rows.column.to_pylist()) == (0, [f"{found} 2"])
    else:
        with pytest.raises(ValueError, match=f"^{re.escape(found)}$"):
            next(inputs.rows(path, 0, column))


def test_a_file_that_is_no_parquet_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    with pytest.raises(inputs.INVALID):
        inputs.row_groups(str(tmp_path / "a.parquet"))


PACKINGS: list[tuple[str | None, Callable[[bytes], bytes]]] = [
    (None, bytes),
    ("gzip", gzip.compress),
    ("zstd", zstandard.ZstdCompressor().compress),
]


@pytest.mark.parametrize(("packing", "pack"), PACKINGS)
def test_a_file_is_read_whatever_it_is_packed_with(
    tmp_path: Path, packing: str | None, pack: Callable[[bytes], bytes]
) -> None:
    """What cannot be unpacked, in whole or from some byte on, is an error of reading."""
    content = bytes(range(256)) * 10_000
    (tmp_path / "a").write_bytes(pack(content))
    with inputs.opened(str(tmp_path / "a"), packing) as file:
        assert file.read(10) + file.readline() + file.read() == content
        assert file.seekable() is (packing != "zstd")
        if file.seekable():
            assert (file.seek(5), file.read(5)) == (5, content[5:10])
            assert (file.seek(-5, 2), file.read()) == (len(content) - 5, content[-5:])
        inner: Any = file.raw
    assert inner.closed
    assert inner._file.closed
    if packing:
        (tmp_path / "a").write_bytes(b"no such thing")
        with inputs.opened(str(tmp_path / "a"), packing) as file, pytest.raises(OSError, match=r"decompress|gzip"):
            file.read()


@pytest.mark.parametrize("missing", [1, 9, 40_000])
@pytest.mark.parametrize(("packing", "pack"), PACKINGS[1:])
def test_a_file_that_breaks_off_in_its_compression_is_an_error_of_reading(
    tmp_path: Path, packing: str, pack: Callable[[bytes], bytes], missing: int
) -> None:
    noise = b"".join(sha256(b"%d" % number).digest() for number in range(3000))
    (tmp_path / "a").write_bytes(pack(b"before") + pack(noise)[:-missing])
    with inputs.opened(str(tmp_path / "a"), packing) as file, pytest.raises(OSError, match="cannot be decompressed: "):
        file.read()


@pytest.mark.parametrize(("packing", "pack"), PACKINGS)
def test_files_one_after_the_other_are_one(tmp_path: Path, packing: str | None, pack: Callable[[bytes], bytes]) -> None:
    """As they come from programs that pack on several cores; an empty one is none."""
    (tmp_path / "a").write_bytes(pack(b"a" * 5_000_000) + pack(b"") + pack(b"b"))
    with inputs.opened(str(tmp_path / "a"), packing) as file:
        assert file.read() == b"a" * 5_000_000 + b"b"
